/** Ambient time and chance throw while system code runs, at every depth of it, and work again after. */
import { setImmediate as schedule } from 'node:timers';
import { compactVerify, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { AmbientAccessError } from './guard.ts';
import { createSimulatedWorld } from './simulated.ts';

const create = () => createSimulatedWorld({ clients: [{ name: 'c1', wallClockSkewMs: 0 }], initialLog: [], seed: 1 });

const ambient: Readonly<Record<string, () => unknown>> = {
  'Date.now': () => Date.now(),
  'new Date()': () => new Date(),
  'Date()': () => Date(),
  'performance.now': () => performance.now(),
  'Math.random': () => Math.random(),
  setTimeout: () => clearTimeout(setTimeout(() => {}, 0)),
  setInterval: () => clearInterval(setInterval(() => {}, 1)),
  setImmediate: () => clearImmediate(setImmediate(() => {})),
  'crypto.randomUUID': () => crypto.randomUUID(),
  'crypto.getRandomValues': () => crypto.getRandomValues(new Uint8Array(1)),
};

test.each(Object.entries(ambient))('%s', async (name, call) => {
  const world = await create();
  call();
  await expect(world.run(() => void call())).rejects.toThrow(AmbientAccessError);
  await expect(world.assertQuiescent()).rejects.toThrow(`system code called ${name}: use the`);
  await expect(world.close()).rejects.toThrow(name);
  expect(call).not.toThrow();
});

test('is caught in a microtask far behind the call, though the system swallows it', async () => {
  const world = await create();
  await world.run(() => {
    const late = async () => {
      for (let tick = 0; tick < 100; tick += 1) await null;
      return Date.now();
    };
    void late().catch(() => {});
  });
  await expect(world.assertQuiescent()).rejects.toThrow('system code called Date.now: use the wall clock port');
  await expect(world.close()).rejects.toThrow('Date.now');
});

test('one world does not answer for another', async () => {
  const guilty = await create();
  await guilty.run(() => Math.random()).catch(() => {});
  await expect(guilty.close()).rejects.toThrow('Math.random');
  const innocent = await create();
  await innocent.assertQuiescent();
  await innocent.close();
});

test('what else runs in the process meanwhile is free', async () => {
  const world = await create();
  let foreign = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    schedule(() => {
      foreign += Math.sign(Date.now());
    });
    await world.run(() => {});
  }
  expect(foreign).toBeGreaterThan(0);
  await world.assertQuiescent();
  await world.close();
});

test('dates that are given a time stay as they were', async () => {
  const world = await create();
  await world.run(() => {
    const date = new Date(0);
    expect(date instanceof Date && date.constructor === Date).toBe(true);
    expect(date.toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(Date.parse('1970-01-02') - Date.UTC(1970, 0, 1)).toBe(86_400_000);
    class Later extends Date {}
    expect(new Later(5).getTime()).toBe(5);
  });
  await world.assertQuiescent();
  await world.close();
});

test('signing and verifying do not need ambient time', async () => {
  const world = await create();
  const secret = new Uint8Array(32);
  const verified: string[] = [];
  await world.run(() => {
    const sign = () => new SignJWT({ exp: 1 }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    const verify = async () => {
      const token = await world.complete('c1 refresh handler', sign);
      const { protectedHeader } = await world.serverEnvironment().complete('verify of c1', () => compactVerify(token, secret));
      verified.push(protectedHeader.alg);
    };
    void verify();
  });
  expect(await world.execute('c1 refresh handler')).toBe(true);
  expect(await world.execute('server verify of c1')).toBe(true);
  expect(verified).toEqual(['HS256']);
  await world.assertQuiescent();
  await world.close();
});
