/** Every flaw of a token against real keys (S11), and time to the millisecond (S5). */
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createManualTimers } from '../testing/server-environment.ts';
import { createKeyHolder, KeySetError } from './key-holder.ts';
import { usualLimits } from './key-set-limits.ts';
import type { KeySource } from './keys.ts';
import { createTokenVerifier, type TokenVerifierOptions, type Verdict } from './tokens.ts';

const secret = 'a secret that is long enough for HS256';
const bytes = new TextEncoder().encode(secret);
const nowMs = 1_900_000_000_000;
const exp = nowMs / 1000 + 60;

const keySetAlgorithms = ['RS256', 'ES256', 'EdDSA'] as const;
type KeyName = (typeof keySetAlgorithms)[number] | 'strange';
type Pair = { readonly privateKey: CryptoKeyOf; readonly jwk: JWK };
type CryptoKeyOf = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
const pairs = new Map<KeyName, Pair>();

beforeAll(async () => {
  for (const name of [...keySetAlgorithms, 'strange'] as const) {
    const { privateKey, publicKey } = await generateKeyPair(name === 'strange' ? 'ES256' : name, { extractable: true });
    pairs.set(name, { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: name } });
  }
});

function pair(name: KeyName): Pair {
  const found = pairs.get(name);
  if (found === undefined) throw new Error(`no key ${name}`);
  return found;
}

interface World {
  readonly verify: (token: string) => Promise<Verdict>;
  readonly completions: string[];
  readonly fetched: (readonly string[])[];
  /** On the monotonic clock. */
  readonly advance: (byMs: number) => void;
  now: number;
}

function worldWith(keys: KeySource, options: Partial<Pick<TokenVerifierOptions, 'claimsPath' | 'complete' | 'rules'>> = {}): World {
  const completions: string[] = [];
  const fetched: (readonly string[])[] = [];
  const { timers, advance } = createManualTimers();
  const complete: TokenVerifierOptions['complete'] = (name, work) => {
    completions.push(name);
    return options.complete === undefined ? work() : options.complete(name, work);
  };
  const verifier = createTokenVerifier({
    claimsPath: undefined,
    wallClock: { now: () => world.now },
    ...options,
    keys: createKeyHolder(keys, { timers, limits: usualLimits, complete, onKeysFetched: (kids) => fetched.push(kids) }),
    complete,
  });
  const world: World = { verify: (token) => verifier.verify(token, 'c1'), completions, fetched, advance, now: nowMs };
  return world;
}

const withSecret = (options: Partial<Pick<TokenVerifierOptions, 'claimsPath'>> = {}) => worldWith({ kind: 'secret', secret }, options);
const setOf = (...names: readonly KeyName[]): JSONWebKeySet => ({ keys: names.map((name) => pair(name).jwk) });
const withSet = (...names: readonly KeyName[]) => worldWith({ kind: 'keySet', fetch: async () => setOf(...names) });

const sign = (claims: Record<string, unknown>, alg = 'HS256', key: Uint8Array = bytes) =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
const signBy = (name: KeyName, alg: string, kid: string | undefined = name) =>
  new SignJWT({ exp, role: 'guest' }).setProtectedHeader(kid === '' ? { alg } : { alg, kid }).sign(pair(name).privateKey);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header, payload, signature };
};

const unauthorized = { verdict: 'refused', reason: 'UNAUTHORIZED' };
const expired = { verdict: 'refused', reason: 'TOKEN_EXPIRED' };
const accepted = expect.objectContaining({ verdict: 'accepted' });

describe('a shared secret', () => {
  test('accepts HS256, with claims and expiry', async () => {
    expect(await withSecret().verify(await sign({ exp, role: 'guest' }))).toEqual({
      verdict: 'accepted',
      token: { claims: { exp, role: 'guest' }, expiresAtMs: exp * 1000 },
    });
  });

  test('a secret of any length will do', async () => {
    const short = new TextEncoder().encode('secret');
    expect(await worldWith({ kind: 'secret', secret: 'secret' }).verify(await sign({}, 'HS256', short))).toEqual(accepted);
  });

  test.each<readonly [flaw: string, token: () => Promise<string> | string]>([
    ['nothing', () => ''],
    ['no token at all', () => 'not a token'],
    ['dots alone', () => '..'],
    ['a token of many parts', async () => `${await sign({ exp })}.more`],
    ['a wrong signature', () => sign({ exp }, 'HS256', new TextEncoder().encode('another secret, long enough too'))],
    ['another algorithm with the right secret', () => sign({ exp }, 'HS512')],
    ['none', () => new UnsecuredJWT({ exp }).encode()],
    [
      'none, with a signature',
      async () => `${encode({ alg: 'none' })}.${parts(await sign({ exp })).payload}.${parts(await sign({ exp })).signature}`,
    ],
    ['no algorithm', async () => `${encode({ typ: 'JWT' })}.${parts(await sign({ exp })).payload}.${parts(await sign({ exp })).signature}`],
    ['no signature', async () => `${parts(await sign({ exp })).header}.${parts(await sign({ exp })).payload}.`],
    [
      'a payload put in later',
      async () => `${parts(await sign({ exp })).header}.${encode({ exp: exp + 1 })}.${parts(await sign({ exp })).signature}`,
    ],
    ['an algorithm of public keys', () => signBy('RS256', 'RS256', '')],
    [
      'an extension that must be understood',
      () => new SignJWT({ exp }).setProtectedHeader({ alg: 'HS256', crit: ['b64'], b64: true }).sign(bytes),
    ],
    ['an exp that is text', () => sign({ exp: String(exp) })],
    ['an exp that is null', () => sign({ exp: null })],
    ['an nbf that is text', () => sign({ nbf: 'now' })],
  ])('refuses %s', async (_flaw, token) => {
    expect(await withSecret().verify(await token())).toEqual(unauthorized);
  });

  test('remembers signatures and nothing else', async () => {
    const world = withSecret();
    const token = await sign({ exp });
    expect(await world.verify(token)).toEqual(accepted);
    world.now = exp * 1000;
    expect(await world.verify(token)).toEqual(expired);
    expect(await worldWith({ kind: 'secret', secret: `${secret}!` }).verify(token)).toEqual(unauthorized);
    expect(world.completions).toEqual(['verify of c1', 'verify of c1']);
  });
});

describe('time', () => {
  const verdictAt = async (now: number, claims: Record<string, unknown>) => {
    const world = withSecret();
    world.now = now;
    return world.verify(await sign(claims));
  };

  test('expired from the very millisecond of exp on', async () => {
    expect(await verdictAt(exp * 1000 - 1, { exp })).toEqual(accepted);
    expect(await verdictAt(exp * 1000, { exp })).toEqual(expired);
  });

  test('fractional seconds mean the milliseconds that they were written for', async () => {
    for (let offset = 0; offset < 1000; offset += 37) {
      const at = nowMs + offset;
      expect(await verdictAt(at - 1, { exp: at / 1000 })).toEqual(accepted);
      expect(await verdictAt(at, { exp: at / 1000 })).toEqual(expired);
      expect(await verdictAt(at - 1, { nbf: at / 1000 })).toEqual(unauthorized);
      expect(await verdictAt(at, { nbf: at / 1000 })).toEqual(accepted);
    }
  });

  test('not yet valid comes before expired, and the claims path before both', async () => {
    expect(await verdictAt(nowMs, { nbf: nowMs / 1000 + 1, exp: nowMs / 1000 - 1 })).toEqual(unauthorized);
    const world = withSecret({ claimsPath: 'app' });
    expect(await world.verify(await sign({ exp: nowMs / 1000 - 1 }))).toEqual(unauthorized);
    expect(await world.verify(await sign({ exp: nowMs / 1000 - 1, app: {} }))).toEqual(expired);
    expect(await world.verify(await sign({ exp, app: { role: 'guest' } }))).toMatchObject({ token: { claims: { role: 'guest' } } });
  });

  test('a token without exp never expires, nor does one of the end of time', async () => {
    expect(await verdictAt(nowMs, {})).toMatchObject({ token: { expiresAtMs: undefined } });
    expect(await verdictAt(nowMs, { exp: Number.MAX_VALUE })).toEqual(accepted);
  });

  test('is read after the signature was checked', async () => {
    const world = worldWith(
      { kind: 'secret', secret },
      {
        complete: async (_name, work) => {
          const result = await work();
          world.now = exp * 1000;
          return result;
        },
      },
    );
    expect(await world.verify(await sign({ exp }))).toEqual(expired);
  });
});

describe('a key set', () => {
  test.each(keySetAlgorithms)('accepts %s', async (algorithm) => {
    const world = withSet(...keySetAlgorithms);
    expect(await world.verify(await signBy(algorithm, algorithm))).toEqual(accepted);
    expect(world.fetched).toEqual([[...keySetAlgorithms]]);
    expect(world.completions).toEqual(['key set fetch', 'verify of c1']);
  });

  test.each<readonly [flaw: string, token: () => Promise<string>]>([
    ['no kid', () => signBy('ES256', 'ES256', '')],
    ['an unknown kid', () => signBy('strange', 'ES256')],
    ['a key of another owner under a known name', () => signBy('strange', 'ES256', 'ES256')],
    ['an algorithm that the key could do, but not ours', () => signBy('RS256', 'RS256', 'ES256')],
    [
      'a public key taken for a secret',
      () => {
        const text = new TextEncoder().encode(JSON.stringify(pair('RS256').jwk));
        return new SignJWT({ exp }).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(text);
      },
    ],
    ['none under a known name', async () => `${encode({ alg: 'none', kid: 'ES256' })}.${encode({ exp })}.`],
  ])('refuses %s', async (_flaw, token) => {
    expect(await withSet(...keySetAlgorithms).verify(await token())).toEqual(unauthorized);
  });

  test('keys that say another use or algorithm, or are secret, are no keys', async () => {
    const { jwk } = pair('ES256');
    const verdict = async (key: JWK) =>
      worldWith({ kind: 'keySet', fetch: async () => ({ keys: [key, pair('EdDSA').jwk] }) }).verify(await signBy('ES256', 'ES256'));
    expect(await verdict({ ...jwk, use: 'sig', alg: 'ES256' })).toEqual(accepted);
    expect(await verdict({ ...jwk, use: 'enc' })).toEqual(unauthorized);
    expect(await verdict({ ...jwk, alg: 'ES384' })).toEqual(unauthorized);
    expect(await verdict({ kty: 'oct', k: 'AAAA', kid: 'ES256' })).toEqual(unauthorized);
  });

  test.each([
    [undefined, unauthorized],
    [{ secretTokens: false }, unauthorized],
    [{ secretTokens: true }, expect.objectContaining({ verdict: 'accepted' })],
  ])('a secret token of a provider, under the rules %j', async (rules, verdict) => {
    const claims = { exp, 'x-triplit-token-type': 'secret' };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'ES256' }).sign(pair('ES256').privateKey);
    const world = worldWith({ kind: 'keySet', fetch: async () => setOf('ES256') }, { rules });
    expect(await world.verify(token)).toEqual(verdict);
  });

  test('rotation: what is fetched replaces what was held', async () => {
    let published = setOf('RS256');
    const world = worldWith({ kind: 'keySet', fetch: async () => published });
    const old = await signBy('RS256', 'RS256');
    expect(await world.verify(old)).toEqual(accepted);
    expect(await world.verify(old)).toEqual(accepted);
    expect(world.fetched).toEqual([['RS256']]);
    published = setOf('ES256');
    expect(await world.verify(old)).toEqual(accepted);
    expect(await world.verify(await signBy('ES256', 'ES256'))).toEqual(accepted);
    expect(await world.verify(old)).toEqual(unauthorized);
    expect(world.fetched).toEqual([['RS256'], ['ES256']]);
    world.advance(usualLimits.coolDownMs);
    expect(await world.verify(old)).toEqual(unauthorized);
    expect(world.fetched).toEqual([['RS256'], ['ES256'], ['ES256']]);
  });

  test('a key that is replaced while its signature is checked is a key no more', async () => {
    let published = setOf('RS256');
    let inTheMeantime: (() => Promise<unknown>) | undefined;
    const world = worldWith(
      { kind: 'keySet', fetch: async () => published },
      {
        complete: async (_name, work) => {
          const result = await work();
          const run = inTheMeantime;
          inTheMeantime = undefined;
          await run?.();
          return result;
        },
      },
    );
    const old = await signBy('RS256', 'RS256');
    expect(await world.verify(old)).toEqual(accepted);
    published = setOf('ES256');
    const young = await signBy('ES256', 'ES256');
    inTheMeantime = () => world.verify(young);
    expect(await world.verify(old)).toEqual(unauthorized);
  });

  test.each<readonly [name: string, fetch: () => Promise<JSONWebKeySet>]>([
    ['a failing fetch', () => Promise.reject(new Error('no network'))],
    [
      'a fetch that throws',
      () => {
        throw new Error('at once');
      },
    ],
  ])('%s says nothing of the token', async (_name, fetch) => {
    await expect(worldWith({ kind: 'keySet', fetch }).verify(await signBy('RS256', 'RS256'))).rejects.toThrow(KeySetError);
  });
});
