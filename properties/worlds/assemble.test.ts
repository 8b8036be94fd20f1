/** The scheduler: completions and timers as labelled tasks, clocks, ids, storages, quiescence. */
import { setImmediate } from 'node:timers';
import { afterEach, describe, expect, test } from 'vitest';
import type { AssembledWorld } from './assemble.ts';
import { wallEpochMs } from './clocks.ts';
import { createSimulatedWorld } from './simulated.ts';

const worlds: AssembledWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function start(seed = 1): Promise<AssembledWorld> {
  const clients = [
    { name: 'c1', wallClockSkewMs: 0 },
    { name: 'c2', wallClockSkewMs: -1_500 },
  ];
  const world = await createSimulatedWorld({ clients, initialLog: [], seed });
  worlds.push(world);
  return world;
}

const soon = (turns: number): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => resolve(turns <= 1 ? undefined : soon(turns - 1)));
  });

describe('completions', () => {
  test('reach the system in the order of their labels, whatever the real order', async () => {
    const world = await start();
    const seen: string[] = [];
    await world.run(() => {
      for (const [name, turns] of [['first', 5] as const, ['second', 1] as const]) {
        void world.complete(`c1 ${name}`, () => soon(turns)).then(() => seen.push(name));
      }
      void world.complete('c1 first', () => Promise.resolve()).then(() => seen.push('first again'));
    });
    expect(world.tasks()).toEqual([
      { label: 'c1 first', held: false },
      { label: 'c1 second', held: false },
    ]);
    for (const label of ['c1 first', 'c1 second', 'c1 first']) expect(await world.execute(label)).toBe(true);
    expect(seen).toEqual(['first', 'second', 'first again']);
    expect(await world.execute('c1 first')).toBe(false);
  });

  test('bring errors too, also those of work that throws at once', async () => {
    const world = await start();
    const { complete } = world.serverEnvironment();
    const seen: string[] = [];
    const note = (error: unknown) => seen.push(error instanceof Error ? error.message : 'no error');
    await world.run(() => {
      void complete('key set fetch', () => Promise.reject(new Error('unreachable'))).catch(note);
      const broken = (): Promise<void> => {
        throw new Error('broken');
      };
      void complete('key set fetch', broken).catch(note);
    });
    expect(seen).toEqual([]);
    await world.execute('server key set fetch');
    await world.execute('server key set fetch');
    expect(seen).toEqual(['unreachable', 'broken']);
  });

  test('can be held before they exist', async () => {
    const world = await start();
    expect(world.hold('server append')).toBe(true);
    expect(world.hold('server append')).toBe(false);
    await world.run(() => {
      void world
        .serverEnvironment()
        .storage.append([{ kind: 'write', version: 1, clientId: 'c1', sequence: 1, id: '', answered: 0, operations: [] }]);
    });
    expect(world.tasks()).toEqual([{ label: 'server append', held: true }]);
    expect(world.held()).toEqual(['server append']);
    expect(world.release('server append')).toBe(true);
    expect(world.release('server append')).toBe(false);
    expect(world.tasks()).toEqual([{ label: 'server append', held: false }]);
  });
});

describe('timers', () => {
  test('become tasks when due, by due time and then by the order of setting', async () => {
    const world = await start();
    const seen: string[] = [];
    const { timers } = world.clientEnvironment('c1');
    const server = world.serverEnvironment().timers;
    await world.run(() => {
      timers.schedule('refresh', 20, () => seen.push('late'));
      timers.schedule('refresh', 10, () => seen.push('early'));
      timers.schedule('refresh', 10, () => seen.push('early too'));
      server.schedule('expiry timer of c1', 10, () => seen.push('expiry'));
    });
    expect(world.tasks()).toEqual([]);
    expect(world.nextTimerMs()).toBe(10);
    expect(() => world.setTime(11)).toThrow(RangeError);
    world.setTime(10);
    expect(() => world.setTime(9)).toThrow(RangeError);
    expect(world.tasks().map((task) => task.label)).toEqual(['c1 refresh timer', 'server expiry timer of c1']);
    await world.execute('server expiry timer of c1');
    await world.execute('c1 refresh timer');
    await world.execute('c1 refresh timer');
    expect(await world.execute('c1 refresh timer')).toBe(false);
    expect(seen).toEqual(['expiry', 'early', 'early too']);
    expect(world.openTimers()).toEqual(['c1 refresh timer']);
  });

  test('that are held let time pass, and are due when it did', async () => {
    const world = await start();
    const seen: string[] = [];
    await world.run(() => void world.clientEnvironment('c1').timers.schedule('reconnect', 250, () => seen.push('fired')));
    world.hold('c1 reconnect timer');
    expect(world.nextTimerMs()).toBeUndefined();
    world.setTime(1_000);
    expect(world.tasks()).toEqual([{ label: 'c1 reconnect timer', held: true }]);
    await world.execute('c1 reconnect timer');
    expect(seen).toEqual(['fired']);
  });

  test('can be cancelled, also twice, also when due or fired', async () => {
    const world = await start();
    const { timers } = world.clientEnvironment('c1');
    const timer = timers.schedule('closing', 5, () => {});
    const other = timers.schedule('closing', 5, () => {});
    timer.cancel();
    timer.cancel();
    expect(world.openTimers()).toEqual(['c1 closing timer']);
    world.setTime(5);
    other.cancel();
    expect(world.tasks()).toEqual([]);
  });

  test('hold beyond 2³¹ ms, and refuse a delay that is no number', async () => {
    const world = await start();
    const { timers } = world.clientEnvironment('c1');
    timers.schedule('refresh', 2 ** 40, () => {});
    expect(world.nextTimerMs()).toBe(2 ** 40);
    expect(() => timers.schedule('refresh', Number.NaN, () => {})).toThrow(RangeError);
  });
});

test('wall clocks are skewed and jump each for itself; timers do not mind', async () => {
  const world = await start();
  world.clientEnvironment('c1').timers.schedule('refresh', 100, () => {});
  world.setTime(40);
  world.jumpWallClock('server', 60_000);
  const walls = () =>
    [world.trueWallMs(), world.wallMs('server'), world.wallMs('c1'), world.wallMs('c2')].map((wall) => wall - wallEpochMs);
  expect(walls()).toEqual([40, 60_040, 40, -1_460]);
  expect(world.serverEnvironment().wallClock.now()).toBe(world.wallMs('server'));
  expect(world.clientEnvironment('c2').wallClock.now()).toBe(world.wallMs('c2'));
  expect(world.nextTimerMs()).toBe(100);
  expect(() => world.wallMs('c9')).toThrow(RangeError);
  expect(new Date(wallEpochMs).toISOString()).toBe('2030-01-01T00:00:00.000Z');
});

test('ids follow from the seed, name their process, and are never the same twice', async () => {
  const draw = async (seed: number) => {
    const world = await start(seed);
    return ['c1', 'c2'].flatMap((client) => Array.from({ length: 500 }, () => world.clientEnvironment(client).random.uuid()));
  };
  const ids = await draw(7);
  expect(await draw(7)).toEqual(ids);
  expect(await draw(8)).not.toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]).toMatch(/^c1-[0-9a-f]{8}$/);
});

test('what moves by itself after a drain is named', async () => {
  const world = await start();
  await world.assertQuiescent();
  let busy = true;
  const { timers } = world.clientEnvironment('c1');
  const wander = async (): Promise<void> => {
    while (busy) {
      timers.schedule('heartbeat', 1, () => {}).cancel();
      await soon(1);
    }
  };
  const wandering = wander();
  await expect(world.assertQuiescent()).rejects.toThrow('not quiescent: c1 heartbeat timer moved by itself');
  busy = false;
  await wandering;
});

test('an error of the system reaches whoever ran it, after the drain', async () => {
  const world = await start();
  const seen: string[] = [];
  const failing = world.run(() => {
    void Promise.resolve().then(() => seen.push('drained'));
    throw new Error('callback failed');
  });
  await expect(failing).rejects.toThrow('callback failed');
  expect(seen).toEqual(['drained']);
  await world.assertQuiescent();
});
