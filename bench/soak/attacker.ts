/** Raw sockets of somebody who knows the protocol and means harm. */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { protocolVersion } from '../../sut/protocol/frames.ts';

export interface RawConnection {
  readonly socket: WebSocket;
  say(frame: unknown): void;
  sayText(text: string): void;
  /** The next frame of that type, or null once the connection is closed. */
  heard(type: string): Promise<unknown>;
  /** Why it was closed; waits for it. */
  readonly closed: Promise<string>;
}

const opened = new Set<WebSocket>();

/** All attackers leave. */
export function leaveAll(): void {
  for (const socket of opened) socket.terminate();
  opened.clear();
}

/** Opens, and says nothing. */
export async function dial(port: number): Promise<RawConnection> {
  const socket = new WebSocket(`ws://localhost:${port}`);
  opened.add(socket);
  socket.on('close', () => opened.delete(socket));
  const listeners = new Set<(frame: { readonly type?: unknown } | null) => void>();
  const tellAll = (frame: { readonly type?: unknown } | null): void => {
    for (const listener of [...listeners]) listener(frame);
  };
  socket.on('message', (data) => tellAll(JSON.parse(String(data))));
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => {
    socket.on('close', (code, reason) => {
      tellAll(null);
      resolve(reason.length === 0 ? `${code}` : String(reason));
    });
  });
  await new Promise<void>((resolve) => {
    socket.once('open', resolve);
    socket.once('close', () => resolve());
  });
  return {
    socket,
    say: (frame) => socket.send(JSON.stringify(frame), ignore),
    sayText: (text) => socket.send(text, ignore),
    heard: (type) =>
      new Promise((resolve) => {
        if (socket.readyState !== WebSocket.OPEN) resolve(null);
        const listen = (frame: { readonly type?: unknown } | null): void => {
          if (frame !== null && frame.type !== type) return;
          listeners.delete(listen);
          resolve(frame);
        };
        listeners.add(listen);
      }),
    closed,
  };
}

function ignore(): void {}

export function helloFrame(token: string): unknown {
  return { type: 'hello', versions: [protocolVersion], secret: randomBytes(16).toString('hex'), answered: 0, token, schema: null };
}

/** Opens, and is accepted. */
export async function enter(port: number, token: string): Promise<RawConnection> {
  const connection = await dial(port);
  const accepted = connection.heard('accepted');
  connection.say(helloFrame(token));
  await accepted;
  return connection;
}

export function writeFrame(sequence: number, operations: readonly unknown[]): unknown {
  return { type: 'write', sequence, id: randomBytes(16).toString('hex'), resent: false, answered: 0, operations };
}

export function subscribeFrame(subscription: string, where: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): unknown {
  return { type: 'subscribe', subscription, query: { collection: 'hoard', where, order: [], ...more } };
}
