/** Expiry to the millisecond (S5), and the server's heartbeat (S9), on clocks set by hand. */
import { describe, expect, test } from 'vitest';
import { insertion, nameOfEntry, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';

const expired = { type: 'TOKEN_EXPIRED', retry: false };
const types = (frames: readonly { readonly type: string }[]) => frames.map(({ type }) => type);

describe('S5', () => {
  test('data goes out one millisecond before exp, and the connection closes at exp', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    await world.advance(4999);
    await client.send(subscribeFrame('s1'));
    expect(types(client.fresh())).toEqual(['answer']);
    await world.advance(1);
    expect(client.closed()).toEqual(expired);
    expect(world.inspect()).toMatchObject({ connections: [], groups: [] });
    expect(world.timerNames()).toEqual([]);
  });

  test('a wall clock set forward stops data before the timer comes', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    world.jumpWallClock(5000);
    await client.send({ type: 'ping' });
    expect(types(client.fresh())).toEqual(['pong']);
    await client.send(subscribeFrame('s1'));
    expect(client.fresh()).toEqual([]);
    expect(client.closed()).toEqual(expired);
    expect(world.inspect().groups).toEqual([]);
  });

  test('a wall clock set back makes the timer wait for what remains', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    world.jumpWallClock(-2000);
    await world.advance(5000);
    expect(client.closed()).toBeUndefined();
    await world.advance(1999);
    expect(client.closed()).toBeUndefined();
    await world.advance(1);
    expect(client.closed()).toEqual(expired);
  });

  test('an expired member gets no update; the others do', async () => {
    const world = await startTestServer();
    const late = await world.connect('c1', { token: await world.token({}, 5000) });
    const other = await world.connect('c2');
    await late.send(subscribeFrame('s1'));
    await other.send(subscribeFrame('s1'));
    late.fresh();
    other.fresh();
    world.jumpWallClock(6000);
    await other.send(writeFrame(1, insertion('milk')));
    expect(late.fresh()).toEqual([]);
    expect(late.closed()).toEqual(expired);
    expect(types(other.fresh())).toEqual(['acknowledged', 'update', 'progress']);
  });

  test('no append begins on an expired token; one that began may end, unacknowledged', async () => {
    const world = await startTestServer();
    const watcher = await world.connect('c2');
    await watcher.send(subscribeFrame('s1'));
    watcher.fresh();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    world.appends.hold();
    await client.send(writeFrame(1, insertion('milk')));
    await client.send(writeFrame(2, insertion('bread')));
    await world.advance(5000);
    expect(client.closed()).toEqual(expired);
    world.appends.release();
    await world.settle();
    expect(world.observed.filter((line) => line.startsWith('append') || line.startsWith('commit'))).toEqual([
      'append c1:1 by c1',
      'commit c1:1 @1',
    ]);
    expect(client.fresh()).toEqual([]);
    expect(types(watcher.fresh())).toEqual(['update']);
  });

  test('no append begins when the turn comes after exp, though the timer has not come yet', async () => {
    const world = await startTestServer();
    const other = await world.connect('c2');
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    world.appends.hold();
    await other.send(writeFrame(1, insertion('milk')));
    await client.send(writeFrame(1, insertion('bread')));
    world.jumpWallClock(5000);
    world.appends.release();
    await world.settle();
    expect(world.log.map(nameOfEntry)).toEqual(['c2:1']);
    expect(client.closed()).toEqual(expired);
  });

  test('a refused update does not set the timer anew', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    world.jumpWallClock(2000);
    await client.send({ type: 'updateToken', request: 1, token: 'x.y.z' });
    await world.advance(4999);
    expect(client.closed()).toBeUndefined();
    await world.advance(1);
    expect(client.closed()).toEqual(expired);
  });

  test('a refused update leaves one timer', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    await client.send({ type: 'updateToken', request: 1, token: 'x.y.z' });
    expect(world.timerNames().filter((name) => name === 'expiry timer of c1')).toHaveLength(1);
    await world.advance(5000);
    expect(client.closed()).toEqual(expired);
  });
});

describe('S9: the heartbeat', () => {
  test('gives up a connection that said nothing more for 105 s; each frame moves that moment', async () => {
    const world = await startTestServer();
    const silent = await world.connect('c1');
    const client = await world.connect('c2');
    await client.send(subscribeFrame('s1'));
    await world.advance(60_000);
    await client.send({ type: 'ping' });
    await world.advance(44_999);
    expect(silent.closed()).toBeUndefined();
    await world.advance(1);
    expect(silent.closed()).toBe('terminated');
    await world.advance(59_999);
    expect(client.closed()).toBeUndefined();
    await world.advance(1);
    expect(client.closed()).toBe('terminated');
    expect(world.inspect()).toMatchObject({ connections: [], groups: [] });
    expect(world.timerNames()).toEqual([]);
  });
});
