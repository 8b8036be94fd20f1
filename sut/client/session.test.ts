/** One session, the last call wins, reconnecting (S1, S2, S9, S10). */
import { describe, expect, test } from 'vitest';
import { reconnectDelayMs } from './backoff.ts';
import { settled, testWorld } from './test-world.ts';

const expired = { type: 'TOKEN_EXPIRED', retry: false } as const;

describe('S2: the last call wins', () => {
  test('a late message and a late close of a replaced connection change nothing', async () => {
    const { client, sockets, statuses, errors, token, time } = await testWorld();
    await client.startSession(token('ann'));
    sockets[0]?.open();
    await client.startSession(token('bob'));
    expect(sockets[0]?.ended).toBe('closed');
    sockets[0]?.say({ type: 'accepted', version: 0, incarnation: 'first', diverged: false });
    sockets[0]?.close(expired);
    expect(client.connectionStatus).toBe('CONNECTING');
    sockets[1]?.accept();
    expect(statuses).toEqual(['CONNECTING', 'OPEN']);
    expect(errors).toEqual([]);
    expect(time.scheduled()).toEqual([['heartbeat', 30_000]]);
  });

  test('a socket that opens after its session ended says no hello', async () => {
    const { client, socket, token } = await testWorld();
    await client.startSession(token('ann'));
    await client.endSession();
    socket().open();
    expect(socket().sent).toEqual([]);
  });

  test('the same token keeps a live connection; with connect = false it closes it', async () => {
    const { client, sockets, statuses, token } = await testWorld();
    await client.startSession(token('ann'));
    sockets[0]?.accept();
    await client.startSession(token('ann'));
    expect(sockets).toHaveLength(1);
    await client.startSession(token('ann'), false);
    expect(statuses).toEqual(['CONNECTING', 'OPEN', 'CLOSING']);
    sockets[0]?.close();
    expect(client.connectionStatus).toBe('CLOSED');
  });

  test('with a token update pending, the same token is a replacement like any other', async () => {
    const { client, sockets, token } = await testWorld();
    await client.startSession(token('ann'));
    const update = client.updateSessionToken(token('ann', 60_000));
    await client.startSession(token('ann'));
    await expect(update).rejects.toMatchObject({ name: 'NoActiveSessionError' });
    expect(sockets).toHaveLength(2);
  });

  test('a token expired by the own clock asks the handler first', async () => {
    const { client, sockets, statuses, token } = await testWorld();
    let answer: (token: string | null) => void = () => {};
    const refreshHandler = () => new Promise<string | null>((resolve) => (answer = resolve));
    let isStarted = false;
    const started = client.startSession(token('ann', 0), true, { refreshHandler }).then(() => {
      isStarted = true;
    });
    await settled();
    expect([statuses, sockets.length, isStarted]).toEqual([['CLOSED'], 0, false]);
    answer(token('ann', 60_000));
    await started;
    expect(client.connectionStatus).toBe('CONNECTING');
    sockets[0]?.open();
    expect(sockets[0]?.sent).toMatchObject([{ type: 'hello', token: token('ann', 60_000) }]);
  });
});

describe('S1: disconnecting', () => {
  test('lasts until the close event is heard, at most 5 s, and never reconnects', async () => {
    const { client, socket, token, time, statuses } = await testWorld();
    await client.startSession(token('ann'));
    client.disconnect();
    await time.pass(4_999);
    expect(client.connectionStatus).toBe('CLOSING');
    await time.pass(1);
    expect(statuses).toEqual(['CONNECTING', 'CLOSING', 'CLOSED']);
    expect(socket().ended).toBe('given up');
    socket().close();
    expect(time.scheduled()).toEqual([]);
  });

  test('connect() from CLOSING begins at once, and the old close event is not the new one’s', async () => {
    const { client, sockets, token, statuses } = await testWorld();
    await client.startSession(token('ann'));
    client.disconnect();
    client.connect();
    sockets[0]?.close();
    expect(statuses).toEqual(['CONNECTING', 'CLOSING', 'CONNECTING']);
  });
});

describe('S9: reconnecting', () => {
  test('doubles with each failure in a row up to 5 min, and starts over after 10 s of OPEN', async () => {
    const { client, socket, token, time } = await testWorld();
    await client.startSession(token('ann'));
    const delays: number[] = [];
    const loseOnce = async (): Promise<void> => {
      socket().close();
      const delayMs = time.scheduled()[0]?.[1] ?? 0;
      delays.push(delayMs);
      await time.pass(delayMs);
    };
    for (let failure = 0; failure < 12; failure += 1) await loseOnce();
    socket().accept();
    await time.pass(9_999);
    await loseOnce();
    socket().accept();
    await time.pass(10_000);
    await loseOnce();
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000, 250]);
  });

  test('chance spreads a delay over the upper half of the back-off', () => {
    expect([0, 0.25, 0.5, 1 - 2 ** -32].map((fraction) => reconnectDelayMs(0, fraction))).toEqual([125, 157, 188, 250]);
    const delays = Array.from({ length: 150 }, (_, client) => reconnectDelayMs(2, client / 150));
    expect(new Set(delays).size).toBe(150);
  });

  test('gives up a connection on which a whole beat brought nothing, and pings one that is open', async () => {
    const { client, socket, sockets, token, time, statuses } = await testWorld();
    await client.startSession(token('ann'));
    socket().accept();
    await time.pass(30_000);
    expect(socket().types()).toEqual(['hello', 'ping']);
    socket().say({ type: 'pong' });
    await time.pass(30_000);
    await time.pass(30_000);
    expect(sockets[0]?.ended).toBe('given up');
    expect(statuses.slice(2)).toEqual(['CLOSED']);
    await time.pass(250);
    expect(sockets).toHaveLength(2);
  });

  test('a frame that is none is a network loss', async () => {
    const { client, socket, token, time } = await testWorld();
    await client.startSession(token('ann'));
    socket().accept();
    socket().say({ type: 'progress', version: -1 });
    expect(socket().ended).toBe('given up');
    expect(time.scheduled()).toEqual([['reconnect', 250]]);
  });
});

test('S8: a session error is told once, and a network loss is none', async () => {
  const { client, socket, token, errors, time } = await testWorld();
  await client.startSession(token('ann'));
  socket().close();
  await time.pass(250);
  socket().close({ type: 'UNAUTHORIZED', retry: false });
  socket().close({ type: 'UNAUTHORIZED', retry: false });
  expect(errors).toEqual(['UNAUTHORIZED']);
  expect(time.scheduled()).toEqual([]);
});

test('S10: ending a session leaves no timer, whatever was going on', async () => {
  const { client, socket, token, time, statuses } = await testWorld();
  const refreshHandler = () => Promise.resolve(null);
  for (const prepare of [() => {}, () => socket().accept(), () => socket().close(), () => client.disconnect()]) {
    await client.startSession(token('ann', 60_000), true, { refreshHandler, interval: 5_000 });
    prepare();
    await client.endSession();
    expect(time.scheduled()).toEqual([]);
    expect(statuses.at(-1)).toBe('UNINITIALIZED');
  }
});

test('a callback that throws, or that calls back in, breaks nothing', async () => {
  const { client, token, statuses } = await testWorld();
  client.onConnectionStatusChange(() => {
    throw new Error('not my day');
  });
  client.onConnectionStatusChange((status) => {
    if (status === 'CONNECTING') client.disconnect();
  });
  await client.startSession(token('ann'));
  expect(statuses).toEqual(['CONNECTING', 'CLOSING']);
});
