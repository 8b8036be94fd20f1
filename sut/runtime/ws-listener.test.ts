/** The listener on real sockets: frames, close reasons, the health check, and that nothing is left open. */
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeCloseFrame } from '../protocol/codec.ts';
import { createServer } from '../server/server.ts';
import { silentLogger } from './loggers.ts';
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

  test('what comes in one piece is told one message a turn, so that others have theirs in between', async () => {
    const heard: string[] = [];
    const port = await listen((connection) => ({
      onMessage: (data) => {
        heard.push(data);
        setImmediate(() => {
          heard.push(`after ${data}`);
          if (data === 'c') connection.close(4000, 'enough');
        });
      },
      onClose: () => {},
    }));
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.on('open', () => {
      for (const message of ['a', 'b', 'c']) socket.send(message);
    });
    expect(await closeOf(socket)).toEqual([4000, 'enough']);
    expect(heard).toEqual(['a', 'after a', 'b', 'after b', 'c', 'after c']);
  });

  test('a binary message is told of in its place', async () => {
    const heard: string[] = [];
    const port = await listen((connection) => ({
      onMessage: (data) => {
        heard.push(data);
        if (data === 'end') connection.close(4000, 'enough');
      },
      onBinary: () => heard.push('binary'),
      onClose: () => {},
    }));
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.on('open', () => {
      for (const message of ['begin', Buffer.from([1]), 'end']) socket.send(message);
    });
    expect(await closeOf(socket)).toEqual([4000, 'enough']);
    expect(heard).toEqual(['begin', 'binary', 'end']);
  });

  test('the server behind it closes for good because of one', async () => {
    const server = createServer({ jwtSecret: 'a secret of these tests, long enough', logger: silentLogger });
    const { port } = await server.start(0);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.on('open', () => socket.send(Buffer.from([1])));
    const [code, reason] = await closeOf(socket);
    expect([code, decodeCloseFrame(reason)]).toEqual([4000, { type: 'INTERNAL_ERROR', retry: false, message: 'A frame is text.' }]);
    await server.close();
  });

  test.each([
    ['is taken where the server allows it', 10_000_000, 'a frame must be JSON'],
    ['is refused with a reason where it is too long', 4_000_000, 'over frameBytesMax: 4000000 bytes of a frame at most'],
  ])('a message of nine million bytes %s', async (_how, frameBytesMax, message) => {
    const server = createServer({ jwtSecret: 'a secret of these tests, long enough', logger: silentLogger, frameBytesMax });
    const { port } = await server.start(0);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.on('open', () => socket.send('x'.repeat(9_000_000)));
    expect(decodeCloseFrame((await closeOf(socket))[1])).toMatchObject({ message });
    await server.close();
  });

  test('what a connection sends that is not read waits with its sender', async () => {
    let heard = 0;
    const held: Connection[] = [];
    const port = await listen((connection) => {
      held.push(connection);
      return {
        onMessage: () => {
          heard += 1;
        },
        onClose: () => {},
      };
    });
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await opened(socket);
    const [connection] = held;
    connection?.pause?.();
    const message = 'x'.repeat(1_000_000);
    for (let count = 0; count < 64; count += 1) socket.send(message);
    // So many turns take what the machine buffers, and no more comes.
    for (let turns = 0; turns < 200; turns += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    expect(heard).toBe(0);
    expect(socket.bufferedAmount).toBeGreaterThan(32_000_000);
    connection?.resume?.();
    while (socket.bufferedAmount > 0) await new Promise<void>((resolve) => setImmediate(resolve));
    connection?.close(4000, 'enough');
    await closeOf(socket);
    expect(heard).toBe(64);
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
