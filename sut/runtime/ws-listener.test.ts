/** The listener on real sockets: frames, close reasons, the health check, and that nothing is left open. */
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Connection, ConnectionEvents, Listening } from './ports.ts';
import { wsListener } from './ws-listener.ts';

let listening: Listening | undefined;
afterEach(() => listening?.close());

async function listen(accept: (connection: Connection) => ConnectionEvents): Promise<number> {
  listening = await wsListener().listen(0, accept, () => '{"status":"ok"}');
  return listening.port;
}
const quiet: ConnectionEvents = { onMessage: () => {}, onClose: () => {} };
const closeOf = (socket: WebSocket) =>
  new Promise<readonly [code: number, reason: string]>((resolve) =>
    socket.once('close', (code, reason) => resolve([code, reason.toString()])),
  );
const opened = (socket: WebSocket) => new Promise<void>((resolve) => socket.once('open', () => resolve()));

describe('the listener', () => {
  test('answers the health check and nothing else over HTTP', async () => {
    const port = await listen(() => quiet);
    const health = await fetch(`http://127.0.0.1:${port}/healthcheck`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect((await fetch(`http://127.0.0.1:${port}/healthcheck`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });

  test('carries text both ways and the reason of a close', async () => {
    const heard: string[] = [];
    let onClosed: () => void = () => {};
    const serverClosed = new Promise<void>((resolve) => (onClosed = resolve));
    const port = await listen((connection) => ({
      onMessage: (data) => {
        heard.push(data);
        connection.send(`you said ${data}`);
        connection.close(4000, 'enough');
      },
      onClose: () => onClosed(),
    }));
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    const received: string[] = [];
    socket.on('message', (data) => received.push(String(data)));
    socket.on('open', () => socket.send('häé'));
    expect(await closeOf(socket)).toEqual([4000, 'enough']);
    await serverClosed;
    expect([heard, received]).toEqual([['häé'], ['you said häé']]);
  });

  test('a binary frame is refused', async () => {
    const port = await listen(() => quiet);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.on('open', () => socket.send(Buffer.from([1])));
    expect((await closeOf(socket))[0]).toBe(1003);
  });

  test('a port that is taken is said so', async () => {
    const port = await listen(() => quiet);
    await expect(
      wsListener().listen(
        port,
        () => quiet,
        () => '',
      ),
    ).rejects.toThrow(/EADDRINUSE/);
  });

  test('closing hangs up on everyone', async () => {
    const port = await listen(() => quiet);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await opened(socket);
    const closed = closeOf(socket);
    await listening?.close();
    await closed;
    listening = undefined;
    const refused = new WebSocket(`ws://127.0.0.1:${port}`);
    expect(await new Promise((resolve) => refused.once('error', (error) => resolve(String(error))))).toMatch(/ECONNREFUSED/);
  });
});
