/** Over real sockets: a client that stops reading costs the server no more than its bound, and is current again when it reads (B6). */
import { SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SyncClient } from '../client/client.ts';
import { decodeServerFrame } from '../protocol/codec.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import { silentLogger } from '../runtime/loggers.ts';
import { createServer, type Server } from '../server/server.ts';
import { subscribeFrame } from './server-environment.ts';

const jwtSecret = 'a secret of these tests alone, long enough';
const queueBytesMax = 500_000;
const writes = 400;
const text = 'x'.repeat(50_000);

let end: () => Promise<void>;
afterEach(() => end());

async function tokenOf(): Promise<string> {
  return new SignJWT({ sub: 'ann' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(new TextEncoder().encode(jwtSecret));
}

/** A socket that says hello, follows all todos, and keeps what it hears. */
function follower(port: number, token: string) {
  const socket = new WebSocket(`ws://localhost:${port}`);
  const heard: ServerFrame[] = [];
  let wake = (): void => {};
  socket.on('message', (data) => {
    heard.push(decodeServerFrame(String(data)));
    wake();
  });
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'hello', versions: [2], secret: 'f'.repeat(32), answered: 0, token, schema: null }));
    socket.send(JSON.stringify(subscribeFrame('all')));
  });
  const until = async (isThere: (frame: ServerFrame) => boolean): Promise<ServerFrame> => {
    for (;;) {
      const found = heard.find(isThere);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { socket, until, heard };
}

/** The rows of an answer, those of its parts included (Q7): its frames follow each other. */
function rowsOf(heard: readonly ServerFrame[], answer: ServerFrame): number {
  const end = heard.indexOf(answer);
  const start = heard.findLastIndex(({ type }, index) => index < end && type !== 'answerPart');
  return heard
    .slice(start + 1, end + 1)
    .reduce((count, frame) => count + (frame.type === 'answer' || frame.type === 'answerPart' ? frame.rows.length : 0), 0);
}

function buffered(server: Server): number {
  const [, bytes] = /sync_send_buffer_bytes (\d+)/.exec(server.metrics()) ?? [];
  return Number(bytes);
}

test('its queue stays within the bound and one frame, and its next answer holds everything', async () => {
  const server = createServer({ jwtSecret, logger: silentLogger, bounds: { queueBytesMax } });
  const { port } = await server.start(0);
  const token = await tokenOf();
  const { socket, until, heard } = follower(port, token);
  const author = new SyncClient({ serverUrl: `http://localhost:${port}`, token, logger: silentLogger });
  end = async () => {
    socket.terminate();
    await author.endSession();
    await server.close();
  };
  await until(({ type }) => type === 'answer');
  socket.pause();
  let mostBytes = 0;
  for (let count = 1; count <= writes; count += 1) {
    const done = new Promise<void>((resolve) => author.onEntitySyncSuccess('todos', `t${count}`, resolve));
    await author.insert('todos', { id: `t${count}`, text });
    await done;
    mostBytes = Math.max(mostBytes, buffered(server));
  }
  expect(mostBytes).toBeGreaterThan(0);
  expect(mostBytes).toBeLessThan(queueBytesMax + 2 * text.length);
  socket.resume();
  const answer = await until((frame) => frame.type === 'answer' && frame.version === writes);
  expect(rowsOf(heard, answer)).toBe(writes);
});
