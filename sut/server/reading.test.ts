/** What of a connection waits for its turn is bounded: beyond that the server reads no more of it, and does not call that silence (B5, S9). */
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../protocol/bounds.ts';
import { insertion, startTestServer, writeFrame } from '../testing/server-environment.ts';
import { createReading } from './reading.ts';

function watched(bounds: Parameters<typeof boundsOf>[0]) {
  const told: string[] = [];
  const reading = createReading(boundsOf(bounds), { pause: () => told.push('pause'), resume: () => told.push('resume') });
  return { reading, told };
}

describe('what waits', () => {
  test('is as many frames as the bound says, and none more before the acceptance', () => {
    const accepted = watched({ framesWaitingMax: 2 });
    for (const _ of [1, 2]) accepted.reading.came(10);
    accepted.reading.judge(true);
    expect(accepted.told).toEqual([]);
    accepted.reading.came(10);
    accepted.reading.judge(true);
    expect(accepted.told).toEqual(['pause']);
    const greeting = watched({ framesWaitingMax: 2 });
    greeting.reading.came(0);
    greeting.reading.judge(false);
    expect(greeting.told).toEqual(['pause']);
  });

  test('is as many bytes as the bound says, and is read on when all of it had its turn', () => {
    const { reading, told } = watched({ bytesWaitingMax: 100 });
    for (const bytes of [60, 40]) reading.came(bytes);
    reading.judge(true);
    expect(told).toEqual([]);
    reading.came(1);
    reading.judge(true);
    reading.judge(true);
    for (const bytes of [60, 40]) reading.taken(bytes);
    expect(told).toEqual(['pause']);
    reading.taken(1);
    expect(told).toEqual(['pause', 'resume']);
  });
});

describe('a server', () => {
  test('reads no more while an append takes its time, handles all in order, and reads on', async () => {
    const world = await startTestServer({ bounds: { framesWaitingMax: 1 } });
    const client = await world.connect('c1');
    world.appends.hold();
    for (const sequence of [1, 2]) await client.send(writeFrame(sequence, insertion(`t${sequence}`)));
    expect(client.isPaused()).toBe(false);
    await client.send(writeFrame(3, insertion('t3')));
    expect(client.isPaused()).toBe(true);
    world.appends.release();
    await world.settle();
    expect(client.isPaused()).toBe(false);
    expect(client.fresh().flatMap((frame) => (frame.type === 'acknowledged' ? [frame.sequence] : []))).toEqual([1, 2, 3]);
  });

  test('keeps of a stranger whose token is judged one frame beside the hello', async () => {
    const world = await startTestServer();
    world.completions.hold();
    const client = world.dial('c1');
    const greeting = client.send({ type: 'hello', versions: [2], secret: 'c1', answered: 0, token: await world.token() });
    expect(client.isPaused()).toBe(false);
    const more = client.send({ type: 'ping' });
    expect(client.isPaused()).toBe(true);
    world.completions.release();
    await Promise.all([greeting, more]);
    await world.settle();
    expect([client.isPaused(), client.received.map(({ type }) => type)]).toEqual([false, ['accepted', 'pong']]);
  });

  test('does not take that for silence, and counts it from where it reads on', async () => {
    const world = await startTestServer({ bounds: { framesWaitingMax: 1 } });
    const client = await world.connect('c1');
    world.appends.hold();
    for (const sequence of [1, 2, 3]) await client.send(writeFrame(sequence, insertion(`t${sequence}`)));
    await world.advance(200_000);
    expect(client.closed()).toBeUndefined();
    world.appends.release();
    await world.settle();
    await world.advance(104_999);
    expect(client.closed()).toBeUndefined();
    await world.advance(1);
    expect(client.closed()).toBe('terminated');
    expect(world.timerNames()).toEqual([]);
  });

  test('that closes such a connection reads on, so that the end of it is heard', async () => {
    const world = await startTestServer({ bounds: { framesWaitingMax: 1 } });
    const client = await world.connect('c1', { token: await world.token({}, 5_000) });
    world.appends.hold();
    for (const sequence of [1, 2, 3]) await client.send(writeFrame(sequence, insertion(`t${sequence}`)));
    await world.advance(5_000);
    expect([client.closed(), client.isPaused()]).toEqual([{ type: 'TOKEN_EXPIRED', retry: false }, false]);
  });
});
