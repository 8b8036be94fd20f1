/** Raw sockets of somebody who knows the protocol and means harm. */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { protocolVersion } from '../../sut/protocol/frames.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface RawConnection {
  readonly socket: WebSocket;
  say(frame: unknown): void;
  sayText(text: string): void;
  /** The next frame of one of these types; null: the connection is closed. */
  next(...types: readonly string[]): Promise<Fields | null>;
  /** So many frames of that type have come from now on: true; false: the connection is closed before. */
  heard(type: string, count: number): Promise<boolean>;
  /** Called with each frame that comes. */
  listen(listener: (frame: Fields) => void): void;
  /** Why it was closed; waits for it. */
  readonly closed: Promise<string>;
}

const opened = new Set<WebSocket>();

/** All attackers leave. */
export function leaveAll(): void {
  for (const socket of opened) socket.terminate();
  opened.clear();
}

function readFields(text: string): Fields {
  const frame: unknown = JSON.parse(text);
  return typeof frame === 'object' && frame !== null ? Object.fromEntries(Object.entries(frame)) : {};
}

/** Opens, and says nothing. */
export async function dial(port: number): Promise<RawConnection> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  opened.add(socket);
  socket.on('close', () => opened.delete(socket));
  const listeners = new Set<(frame: Fields | null) => void>();
  const tellAll = (frame: Fields | null): void => {
    for (const listener of [...listeners]) listener(frame);
  };
  socket.on('message', (data) => {
    if (listeners.size > 0) tellAll(readFields(String(data)));
  });
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
    next: (...types) =>
      new Promise((resolve) => {
        if (socket.readyState !== WebSocket.OPEN) resolve(null);
        const listen = (frame: Fields | null): void => {
          if (frame !== null && !types.includes(String(frame.type))) return;
          listeners.delete(listen);
          resolve(frame);
        };
        listeners.add(listen);
      }),
    heard: (type, count) =>
      new Promise((resolve) => {
        let left = count;
        if (socket.readyState !== WebSocket.OPEN) resolve(false);
        // Several may come in one breath: whoever listened for one after the other would miss some.
        const listen = (frame: Fields | null): void => {
          if (frame !== null && frame.type !== type) return;
          left -= 1;
          if (frame !== null && left > 0) return;
          listeners.delete(listen);
          resolve(frame !== null);
        };
        listeners.add(listen);
      }),
    listen: (listener) => void listeners.add((frame) => frame !== null && listener(frame)),
    closed,
  };
}

function ignore(): void {}

export function newSecret(): string {
  return randomBytes(16).toString('hex');
}

export function helloFrame(token: string, secret = newSecret()): Fields {
  return { type: 'hello', versions: [protocolVersion], secret, answered: 0, token, schema: null };
}

/** Opens, and is accepted, or closed. */
export async function enter(port: number, token: string, secret?: string): Promise<RawConnection> {
  const connection = await dial(port);
  const accepted = connection.next('accepted');
  connection.say(helloFrame(token, secret));
  await accepted;
  return connection;
}

export function writeFrame(sequence: number, operations: readonly unknown[]): Fields {
  return { type: 'write', sequence, id: newSecret(), resent: false, answered: 0, operations };
}

export function insertOf(collection: string, id: string, attributes: Fields): Fields {
  return { kind: 'insert', collection, id, attributes: { id, ...attributes } };
}

export function subscribeFrame(subscription: string, where: readonly unknown[], more: Fields = {}): Fields {
  return { type: 'subscribe', subscription, query: { collection: 'hoard', where, order: [], ...more } };
}

/** In a few words, what an error says: the bound that it names, or else its name. */
function sayError(error: unknown): string {
  const { name = '?', message = '' } = typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {};
  const [, bound] = /^over (\w+):/u.exec(String(message)) ?? [];
  return bound ?? String(name);
}

async function answerTo(connection: RawConnection, frame: Fields, good: string, bad: string): Promise<string> {
  const next = connection.next(good, bad);
  connection.say(frame);
  const answer = await next;
  if (answer === null) return `closed: ${await connection.closed}`;
  return answer.type === good ? 'taken' : `refused (${sayError(answer.error)})`;
}

/** What became of a subscription, or of a write: taken, refused by which bound or error, closed. */
export function asked(connection: RawConnection, frame: Fields): Promise<string> {
  return answerTo(connection, frame, 'answer', 'subscriptionFailed');
}
export function written(connection: RawConnection, frame: Fields): Promise<string> {
  return answerTo(connection, frame, 'acknowledged', 'rejected');
}
