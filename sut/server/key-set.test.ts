/** When a key set is fetched and how long one is gone by (S11): many clients, a provider that fails, and time, over fake connections. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/server-environment.ts';
import { usualLimits } from './key-set-limits.ts';

const pair = await generateKeyPair('ES256');
const jwk = await exportJWK(pair.publicKey);
const tryAgain = { type: 'INTERNAL_ERROR', retry: true, message: expect.stringContaining('key set') };
const unauthorized = { type: 'UNAUTHORIZED', retry: false };

function tokenBy(kid: string): Promise<string> {
  return new SignJWT({ sub: 'ann' }).setProtectedHeader({ alg: 'ES256', kid }).sign(pair.privateKey);
}
const setOf = (...kids: readonly string[]) => ({ keys: kids.map((kid) => ({ ...jwk, kid })) });
const broken: readonly (readonly [name: string, answer: () => Promise<unknown>])[] = [
  ['an empty set', async () => ({ keys: [] })],
  ['a set of keys that are not for verifying', async () => ({ keys: [{ ...jwk, kid: 'k1', use: 'enc' }] })],
  ['what is no set', async () => '<html>'],
  ['a failure', () => Promise.reject(new Error('503'))],
  [
    'a throw',
    () => {
      throw new Error('at once');
    },
  ],
];

interface Provider {
  readonly world: TestServer;
  /** How it answers from now on. */
  answer: () => Promise<unknown>;
  readonly fetches: () => number;
  /** The close that a client hears who says hello with a token by that key; undefined: it is let in. */
  readonly greet: (kid: string) => Promise<unknown>;
}

async function provider(keySet: NonNullable<Parameters<typeof startTestServer>[0]>['keySet'] = {}): Promise<Provider> {
  let fetches = 0;
  let clients = 0;
  const jwks = (): Promise<unknown> => {
    fetches += 1;
    return given.answer();
  };
  const world = await startTestServer({ jwks, keySet });
  const given: Provider = {
    world,
    answer: async () => setOf('k1'),
    fetches: () => fetches,
    greet: async (kid) => {
      clients += 1;
      const client = await world.connect(`c${clients}`, { token: await tokenBy(kid) });
      return client.closed();
    },
  };
  return given;
}

describe('unknown names', () => {
  test('fifty of them cause one fetch, and those that come later none until the cool-down is over', async () => {
    const given = await provider();
    expect(await given.greet('k1')).toBeUndefined();
    expect(given.fetches()).toBe(1);
    for (let count = 0; count < 50; count += 1) expect(await given.greet(`nonsense ${count}`)).toEqual(unauthorized);
    expect(given.fetches()).toBe(2);
    await given.world.advance(usualLimits.coolDownMs - 1);
    expect(await given.greet('nonsense')).toEqual(unauthorized);
    expect(given.fetches()).toBe(2);
    await given.world.advance(1);
    given.answer = async () => setOf('k1', 'k2');
    expect(await given.greet('k2')).toBeUndefined();
    expect(given.fetches()).toBe(3);
  });

  test('those that come together wait for one fetch', async () => {
    const given = await provider();
    let serve = (_set: unknown): void => {};
    given.answer = () =>
      new Promise((resolve) => {
        serve = resolve;
      });
    const good = await given.world.connect('good', { token: await tokenBy('k1') });
    const bad = await Promise.all(['k2', 'k3', 'k4'].map(async (kid) => given.world.connect(kid, { token: await tokenBy(kid) })));
    expect(given.fetches()).toBe(1);
    serve(setOf('k1'));
    await given.world.settle();
    expect(good.received.map(({ type }) => type)).toEqual(['accepted']);
    expect(bad.map((client) => client.closed())).toEqual([unauthorized, unauthorized, unauthorized]);
    expect(given.fetches()).toBe(1);
  });
});

describe.each(broken)('%s', (_name, answer) => {
  test('leaves the last good set in its place, and tells who needs another to come back', async () => {
    const given = await provider();
    expect(await given.greet('k1')).toBeUndefined();
    given.answer = answer;
    expect(await given.greet('k2')).toEqual(tryAgain);
    expect(await given.greet('k1')).toBeUndefined();
    expect(await given.greet('k3')).toEqual(tryAgain);
    expect(given.fetches()).toBe(2);
    given.answer = async () => setOf('k1', 'k2');
    await given.world.advance(usualLimits.retryAfterMs);
    expect(await given.greet('k2')).toBeUndefined();
    expect(given.fetches()).toBe(3);
  });

  test('is tried again once a second at most while nothing is held', async () => {
    const given = await provider();
    given.answer = answer;
    for (let count = 0; count < 5; count += 1) expect(await given.greet('k1')).toEqual(tryAgain);
    expect(given.fetches()).toBe(1);
    await given.world.advance(usualLimits.retryAfterMs);
    expect(await given.greet('k1')).toEqual(tryAgain);
    expect(given.fetches()).toBe(2);
  });

  test('closes a live connection whose new token cannot be judged, for another try', async () => {
    const given = await provider();
    const client = await given.world.connect('c1', { token: await tokenBy('k1') });
    given.answer = answer;
    await client.send({ type: 'updateToken', request: 1, token: await tokenBy('k2') });
    expect(client.closed()).toEqual(tryAgain);
    expect(client.fresh()).toEqual([]);
  });
});

describe('age', () => {
  test('a key that was withdrawn ends with the maximum age of the set', async () => {
    const given = await provider();
    expect(await given.greet('k1')).toBeUndefined();
    given.answer = async () => setOf('k2');
    await given.world.advance(usualLimits.maxAgeMs - 1);
    expect(await given.greet('k1')).toBeUndefined();
    await given.world.advance(1);
    expect(await given.greet('k1')).toEqual(unauthorized);
    expect(given.fetches()).toBe(2);
  });

  test('while fetches fail a key serves on until the set is too stale', async () => {
    const given = await provider();
    expect(await given.greet('k1')).toBeUndefined();
    given.answer = () => Promise.reject(new Error('503'));
    await given.world.advance(usualLimits.maxStaleMs - 1);
    expect(await given.greet('k1')).toBeUndefined();
    await given.world.advance(1);
    expect(await given.greet('k1')).toEqual(tryAgain);
  });

  test('a set is as old as its fetch, however long that took', async () => {
    const given = await provider();
    let serve = (_set: unknown): void => {};
    given.answer = () =>
      new Promise((resolve) => {
        serve = resolve;
      });
    await given.greet('k1');
    await given.world.advance(9_000);
    serve(setOf('k1'));
    await given.world.settle();
    given.answer = async () => setOf('k2');
    await given.world.advance(usualLimits.maxAgeMs - 9_000);
    expect(await given.greet('k1')).toEqual(unauthorized);
  });
});

describe('a fetch that takes too long', () => {
  test('has failed, and its late answer counts as nothing', async () => {
    const given = await provider();
    let serve = (_set: unknown): void => {};
    given.answer = () =>
      new Promise((resolve) => {
        serve = resolve;
      });
    const client = await given.world.connect('c1', { token: await tokenBy('k1') });
    await given.world.advance(usualLimits.fetchTimeoutMs - 1);
    expect(client.closed()).toBeUndefined();
    await given.world.advance(1);
    expect(client.closed()).toEqual(tryAgain);
    given.answer = async () => setOf('k2');
    await given.world.advance(usualLimits.retryAfterMs);
    expect(await given.greet('k2')).toBeUndefined();
    serve(setOf('k1'));
    await given.world.settle();
    expect(await given.greet('k2')).toBeUndefined();
    expect(given.world.observed).toEqual(['keys k2']);
  });

  test('leaves no timer when it ends, nor when the server is closed', async () => {
    const given = await provider();
    await given.greet('k1');
    const ofFetch = (): readonly string[] => given.world.timerNames().filter((name) => name.startsWith('key set'));
    expect(ofFetch()).toEqual([]);
    given.answer = () => new Promise(() => {});
    await given.greet('k2');
    expect(ofFetch()).toHaveLength(1);
    await given.world.server.close();
    expect(given.world.timerNames()).toEqual([]);
  });
});

test('limits may be others, and what is no duration is refused', async () => {
  const given = await provider({ coolDownMs: 0 });
  await given.greet('k1');
  for (let count = 0; count < 3; count += 1) expect(await given.greet('nonsense')).toEqual(unauthorized);
  expect(given.fetches()).toBe(4);
  await expect(provider({ maxAgeMs: -1 })).rejects.toThrow('maxAgeMs');
});

test('a failed append does not make the server forget its keys', async () => {
  const given = await provider();
  const client = await given.world.connect('c1', { token: await tokenBy('k1') });
  given.world.appends.fail();
  await client.send({
    type: 'write',
    sequence: 1,
    id: '1'.padStart(32, '0'),
    resent: false,
    answered: 0,
    operations: [{ kind: 'insert', collection: 'todos', id: 'milk', attributes: { id: 'milk' } }],
  });
  await given.world.settle();
  expect(await given.greet('k1')).toBeUndefined();
  expect(given.fetches()).toBe(1);
});
