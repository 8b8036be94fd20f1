/** The refresh handler (S7). */
import { describe, expect, test } from 'vitest';
import { settled, type TestWorld, testWorld } from './test-world.ts';

/** A handler that answers when told, and knows how often it was asked. */
function slowHandler() {
  const answers: ((token: string | null) => void)[] = [];
  return {
    refreshHandler: () => new Promise<string | null>((resolve) => answers.push(resolve)),
    asked: () => answers.length,
    answer: async (token: string | null) => {
      answers.at(-1)?.(token);
      await settled();
    },
  };
}

function refreshTimer({ time }: TestWorld): number | undefined {
  return time.scheduled().find(([name]) => name === 'refresh')?.[1];
}

describe('when it is asked', () => {
  test.each([
    ['a second before the token expires', 60_000, undefined, 59_000],
    ['never sooner than a second', 1_500, undefined, 1_000],
    ['after the interval', 60_000, 5_000, 5_000],
    ['beyond 2³¹ ms', 90 * 86_400_000, undefined, 90 * 86_400_000 - 1_000],
    ['not without interval and expiry', undefined, undefined, undefined],
  ])('%s', async (_case, expiresInMs, interval, expected) => {
    const world = await testWorld();
    await world.client.startSession(world.token('ann', expiresInMs), true, { ...slowHandler(), interval });
    expect(refreshTimer(world)).toBeUndefined();
    world.socket().accept();
    expect(refreshTimer(world)).toBe(expected);
  });

  test('one call at a time; its end schedules the next', async () => {
    const world = await testWorld();
    const { client, socket, token, time } = world;
    const handler = slowHandler();
    await client.startSession(token('ann', 60_000), true, handler);
    socket().accept();
    await time.pass(29_999);
    socket().say({ type: 'pong' });
    await time.pass(29_001);
    expect(handler.asked()).toBe(1);
    void client.updateSessionToken(token('ann', 90_000));
    socket().say({ type: 'tokenAccepted', request: 1 });
    expect(refreshTimer(world)).toBeUndefined();
    await handler.answer(token('ann', 180_000));
    socket().say({ type: 'tokenAccepted', request: 2 });
    expect(refreshTimer(world)).toBe(180_000 - 59_000 - 1_000);
  });

  test.each(['null', 'a throw', 'a token of other roles'])('%s: it is asked again after a second', async (answer) => {
    const world = await testWorld({ roles: { member: { match: { role: '$role' } } } });
    const { client, socket, token, time } = world;
    let calls = 0;
    const refreshHandler = async () => {
      calls += 1;
      if (answer === 'a throw') throw new Error('no network');
      return answer === 'null' ? null : token('ann', 60_000, 'guest');
    };
    await client.startSession(token('ann', 11_000), true, { refreshHandler });
    socket().accept();
    await time.pass(10_000);
    expect([calls, refreshTimer(world)]).toEqual([1, 1_000]);
    await time.pass(1_000);
    expect(calls).toBe(2);
  });
});

test('failures in a row are paid with ever longer pauses, up to a minute, whatever the interval', async () => {
  const world = await testWorld();
  const { client, socket, token, time } = world;
  await client.startSession(token('ann'), true, { refreshHandler: async () => null, interval: 5_000 });
  socket().accept();
  const delays: (number | undefined)[] = [];
  for (let call = 0; call < 9; call += 1) {
    delays.push(refreshTimer(world));
    await time.pass(refreshTimer(world) ?? 0);
    socket().say({ type: 'pong' });
  }
  expect(delays).toEqual([5_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test('the pauses start over with an acceptance', async () => {
  const world = await testWorld();
  const { client, socket, token, time } = world;
  const handler = slowHandler();
  await client.startSession(token('ann'), true, { ...handler, interval: 5_000 });
  socket().accept();
  const fail = async (afterMs: number): Promise<number | undefined> => {
    await time.pass(afterMs);
    await handler.answer(null);
    return refreshTimer(world);
  };
  expect([await fail(5_000), await fail(1_000)]).toEqual([1_000, 2_000]);
  socket().close();
  await time.pass(250);
  socket().accept();
  expect(refreshTimer(world)).toBe(5_000);
  expect(await fail(5_000)).toBe(1_000);
});

test('a call that has not answered within 30 s has failed, and its answer counts as nothing', async () => {
  const world = await testWorld();
  const { client, socket, token, time } = world;
  const handler = slowHandler();
  await client.startSession(token('ann', 11_000), true, handler);
  socket().accept();
  await time.pass(29_000);
  socket().say({ type: 'pong' });
  await time.pass(11_000);
  expect([handler.asked(), refreshTimer(world)]).toEqual([1, 1_000]);
  await handler.answer(token('ann', 90_000));
  expect(socket().types()).not.toContain('updateToken');
  await time.pass(1_000);
  expect(handler.asked()).toBe(2);
});

describe('after a close', () => {
  test('with TOKEN_EXPIRED it is asked at once, and its token reconnects', async () => {
    const { client, socket, sockets, token, statuses } = await testWorld();
    const handler = slowHandler();
    await client.startSession(token('ann', 60_000), true, handler);
    socket().accept();
    socket().close({ type: 'TOKEN_EXPIRED', retry: false });
    expect([handler.asked(), statuses.at(-1)]).toEqual([1, 'CLOSED']);
    await handler.answer(token('ann', 120_000));
    expect(sockets).toHaveLength(2);
    expect(client.connectionStatus).toBe('CONNECTING');
  });

  test('with TOKEN_EXPIRED again, a call that onSessionError took back does not count as asked', async () => {
    const { client, socket, token } = await testWorld();
    const handler = slowHandler();
    const off = client.onSessionError(() => client.disconnect());
    await client.startSession(token('ann', 60_000), true, handler);
    socket().accept();
    socket().close({ type: 'TOKEN_EXPIRED', retry: false });
    expect(handler.asked()).toBe(0);
    off();
    client.connect();
    socket().close({ type: 'TOKEN_EXPIRED', retry: false });
    expect(handler.asked()).toBe(1);
  });

  test('with TOKEN_EXPIRED of its own token, never accepted, it is given a pause', async () => {
    const world = await testWorld();
    const { client, socket, token } = world;
    const handler = slowHandler();
    await client.startSession(token('ann', 60_000), true, handler);
    socket().close({ type: 'TOKEN_EXPIRED', retry: false });
    await handler.answer(token('ann', 120_000));
    socket().close({ type: 'TOKEN_EXPIRED', retry: false });
    expect([handler.asked(), refreshTimer(world)]).toEqual([1, 1_000]);
  });

  test('with UNAUTHORIZED it is asked after a second; disconnect() in between keeps the client off', async () => {
    const { client, socket, sockets, token, time } = await testWorld();
    const handler = slowHandler();
    await client.startSession(token('ann'), true, handler);
    socket().close({ type: 'UNAUTHORIZED', retry: false });
    await time.pass(1_000);
    expect(handler.asked()).toBe(1);
    client.disconnect();
    await handler.answer(token('ann', 60_000));
    expect(sockets).toHaveLength(1);
    expect([client.connectionStatus, client.token]).toEqual(['CLOSED', token('ann')]);
    expect(time.scheduled()).toEqual([]);
  });

  test('with TOKEN_EXPIRED while it is to be asked again after a failure, that call counts', async () => {
    const world = await testWorld();
    const { client, socket, token, time } = world;
    const handler = slowHandler();
    await client.startSession(token('ann', 11_000), true, handler);
    socket().accept();
    await time.pass(10_000);
    await handler.answer(null);
    socket().close({ type: 'TOKEN_EXPIRED', retry: false });
    expect([handler.asked(), refreshTimer(world)]).toEqual([1, 1_000]);
    await time.pass(1_000);
    await handler.answer(token('ann', 60_000));
    expect(client.connectionStatus).toBe('CONNECTING');
  });
});

describe('an attempt with a token that the clock calls expired', () => {
  test('of the back-off asks first, and goes out with the token that there is then', async () => {
    const { client, socket, sockets, token, time, statuses } = await testWorld();
    const handler = slowHandler();
    await client.startSession(token('ann', 10_100), true, { ...handler, interval: 3_600_000 });
    socket().accept();
    await time.pass(10_000);
    socket().close();
    await time.pass(250);
    expect([handler.asked(), sockets.length, statuses.at(-1)]).toEqual([1, 1, 'CLOSED']);
    client.connect();
    await time.pass(10_000);
    expect([handler.asked(), sockets.length]).toEqual([1, 1]);
    await client.updateSessionToken(token('ann', 60_000));
    await handler.answer(null);
    socket().open();
    expect(socket().sent).toMatchObject([{ type: 'hello', token: token('ann', 60_000) }]);
    expect(handler.asked()).toBe(1);
  });

  test('goes out when the call has not answered within 30 s, and does not ask again', async () => {
    const { client, sockets, token, time } = await testWorld();
    const handler = slowHandler();
    const started = client.startSession(token('ann', 0), true, handler);
    await time.pass(29_999);
    expect(sockets).toHaveLength(0);
    await time.pass(1);
    expect([sockets.length, handler.asked()]).toEqual([1, 1]);
    await started;
  });

  test.each(['disconnect', 'endSession'] as const)(
    '%s while it is asked: nothing comes of the answer, and the start resolves',
    async (end) => {
      const { client, sockets, token, time } = await testWorld();
      const handler = slowHandler();
      const started = client.startSession(token('ann', 0), true, handler);
      await settled();
      await client[end]();
      await started;
      await handler.answer(token('ann', 60_000));
      expect(sockets).toHaveLength(0);
      expect(time.scheduled()).toEqual([]);
    },
  );

  test('begins after a clear() as well', async () => {
    const { client, socket, sockets, token, time, statuses } = await testWorld();
    const handler = slowHandler();
    await client.startSession(token('ann', 1_000), true, { ...handler, interval: 3_600_000 });
    socket().accept();
    await time.pass(1_000);
    await client.clear();
    expect([handler.asked(), socket().ended, statuses.at(-1)]).toEqual([1, 'closed', 'CLOSED']);
    await handler.answer(token('ann', 60_000));
    expect([sockets.length, statuses.at(-1)]).toEqual([2, 'CONNECTING']);
  });

  test('that the handler brought so does not ask, nor is a call scheduled by that clock', async () => {
    const world = await testWorld();
    const { client, socket, sockets, token, time } = world;
    const handler = slowHandler();
    void client.startSession(token('ann', -7_200_000), true, handler);
    await settled();
    await handler.answer(token('ann', -3_600_000));
    socket().accept();
    expect([client.connectionStatus, refreshTimer(world)]).toEqual(['OPEN', undefined]);
    socket().close();
    await time.pass(250);
    expect([sockets.length, handler.asked()]).toEqual([2, 1]);
  });
});

test('nobody is asked for a session that its user closed, nor for one that begins so', async () => {
  const { client, socket, token, time } = await testWorld();
  const handler = slowHandler();
  await client.startSession(token('ann', 0), false, { ...handler, interval: 5_000 });
  expect([handler.asked(), time.scheduled()]).toEqual([0, []]);
  await client.startSession(token('ann'), true, { ...handler, interval: 5_000 });
  socket().accept();
  client.disconnect();
  socket().close();
  await time.pass(60_000);
  expect([handler.asked(), time.scheduled()]).toEqual([0, []]);
});

test.each(['end', 'replace', 'start again'] as const)('an answer that comes after %s changes nothing', async (how) => {
  const world = await testWorld();
  const { client, socket, token, time } = world;
  const handler = slowHandler();
  await client.startSession(token('ann', 11_000), true, handler);
  socket().accept();
  await time.pass(10_000);
  if (how === 'end') await client.endSession();
  else if (how === 'replace') await client.startSession(token('bob', 60_000));
  else await client.startSession(token('ann', 11_000));
  const before = client.token;
  await handler.answer(token('ann', 90_000));
  expect(client.token).toBe(before);
  expect(socket().types()).not.toContain('updateToken');
  expect(refreshTimer(world)).toBeUndefined();
});
