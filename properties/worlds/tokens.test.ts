/** Every flaw is refused by plain jose, so that a server that lets one pass is at fault and not the forgery. */
import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Token, TokenFlaw } from '../../model/actions.ts';
import { isKeySet, type KeySource } from '../../sut/server/keys.ts';
import { type Authentication, createMint, type Issuer, type Mint } from './tokens.ts';

const authentications: readonly Authentication[] = ['HS256', 'RS256', 'ES256', 'EdDSA'];
const flaws: Readonly<Record<Exclude<TokenFlaw, 'none'>, true>> = {
  undecodable: true,
  wrongSignature: true,
  wrongAlgorithm: true,
  missingAlgorithm: true,
  noneAlgorithm: true,
  keyConfusion: true,
  tampered: true,
  forgedKeyName: true,
  wrongClaimsPath: true,
};
const isFlaw = (name: string): name is Exclude<TokenFlaw, 'none'> => name in flaws;
const flawNames = Object.keys(flaws).filter(isFlaw);

function tokenOf(mint: Mint, changes: Partial<Token>): Token {
  const plain = { label: 't1', user: 'ada', role: 'member', plan: 'free', expiresAtMs: null, notBeforeMs: null } as const;
  return { ...plain, flaw: 'none', key: mint.currentKey(), ...changes };
}

async function fetched({ fetch }: Extract<KeySource, { kind: 'keySet' }>): Promise<JSONWebKeySet> {
  const set = await fetch();
  if (!isKeySet(set)) throw new Error('a key set was expected');
  return set;
}

async function verify(bytes: string, mint: Mint) {
  const source = mint.keySource();
  if (source.kind === 'secret') return jwtVerify(bytes, new TextEncoder().encode(source.secret), { algorithms: ['HS256'] });
  const keySet = createLocalJWKSet(await fetched(source));
  return jwtVerify(bytes, keySet, { algorithms: ['RS256', 'ES256', 'EdDSA'] });
}

async function isRefused(bytes: string, mint: Mint): Promise<boolean> {
  return verify(bytes, mint).then(
    () => false,
    () => true,
  );
}

describe.each(authentications)('tokens signed by %s', (authentication) => {
  const issuer: Issuer = { authentication, claimsPath: null };
  /** Where there is no claims path, none can be missed. */
  const withoutPath = flawNames.filter((flaw) => flaw !== 'wrongClaimsPath');

  test('a token without a flaw is accepted, with its claims and times', async () => {
    const mint = createMint(issuer);
    const bytes = mint.mint(tokenOf(mint, { expiresAtMs: 4_000_000_000_250, notBeforeMs: 1_500 }));
    const { payload } = await verify(bytes, mint);
    expect(payload).toEqual({ sub: 'ada', role: 'member', plan: 'free', jti: 't1', exp: 4_000_000_000.25, nbf: 1.5 });
  });

  test('claims stand under the claims path, times do not', async () => {
    const mint = createMint({ authentication, claimsPath: 'app.claims' });
    const { payload } = await verify(mint.mint(tokenOf(mint, { expiresAtMs: 4_000_000_000_000 })), mint);
    expect(payload).toEqual({ app: { claims: { sub: 'ada', role: 'member', plan: 'free' } }, jti: 't1', exp: 4_000_000_000 });
  });

  test.each(withoutPath)('%s is refused', async (flaw) => {
    const mint = createMint(issuer);
    const bytes = mint.mint(tokenOf(mint, { flaw }));
    expect(await isRefused(bytes, mint)).toBe(true);
    expect(await isRefused(mint.mint(tokenOf(mint, { label: 't2' })), mint)).toBe(false);
  });

  test('a wrong claims path is well signed and lacks the claims', async () => {
    const mint = createMint({ authentication, claimsPath: 'app.claims' });
    const { payload } = await verify(mint.mint(tokenOf(mint, { flaw: 'wrongClaimsPath' })), mint);
    expect(payload.app).toBeUndefined();
    expect(() => createMint(issuer).mint(tokenOf(mint, { flaw: 'wrongClaimsPath' }))).toThrow(RangeError);
  });

  test('what a flawed token claims can be read, except of an undecodable one', async () => {
    const mint = createMint(issuer);
    for (const flaw of withoutPath) {
      const bytes = mint.mint(tokenOf(mint, { label: flaw, flaw }));
      if (flaw === 'undecodable') expect(() => decodeJwt(bytes)).toThrow();
      else expect(decodeJwt(bytes)).toMatchObject({ sub: 'ada', role: 'member', plan: 'free', jti: flaw });
    }
  });

  test('a token of an old key is refused after a rotation, even when its key material comes back', async () => {
    const mint = createMint(issuer);
    const old = mint.mint(tokenOf(mint, {}));
    for (let rotation = 0; rotation < 3; rotation += 1) {
      mint.rotate();
      expect(await isRefused(old, mint)).toBe(authentication !== 'HS256');
      expect(await isRefused(mint.mint(tokenOf(mint, { label: `t${rotation + 2}` })), mint)).toBe(false);
    }
  });
});

test('a missing algorithm is the only fault of such a token', async () => {
  const mint = createMint({ authentication: 'HS256', claimsPath: null });
  const bytes = mint.mint(tokenOf(mint, { flaw: 'missingAlgorithm' }));
  expect(decodeProtectedHeader(bytes)).toEqual({ typ: 'JWT' });
});

test('key confusion would succeed against a verifier that takes the published key for a secret', async () => {
  const mint = createMint({ authentication: 'ES256', claimsPath: null });
  const bytes = mint.mint(tokenOf(mint, { flaw: 'keyConfusion' }));
  const source = mint.keySource();
  if (source.kind !== 'keySet') throw new Error('a key set was expected');
  const { exportSPKI, importJWK } = await import('jose');
  const [jwk] = (await fetched(source)).keys;
  const key = await importJWK(jwk ?? {}, 'ES256', { extractable: true });
  if (key instanceof Uint8Array) throw new Error('a key pair was expected');
  await expect(compactVerify(bytes, new TextEncoder().encode(await exportSPKI(key)))).resolves.toBeDefined();
});

test('no private part is ever published', async () => {
  for (const authentication of authentications) {
    const source = createMint({ authentication, claimsPath: null }).keySource();
    if (source.kind === 'secret') continue;
    for (const jwk of (await fetched(source)).keys)
      for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(jwk).not.toHaveProperty(part);
  }
});

test('the same label is the same bytes; other labels are other bytes', () => {
  const mint = createMint({ authentication: 'ES256', claimsPath: null });
  const one = mint.mint(tokenOf(mint, {}));
  expect(mint.mint(tokenOf(mint, {}))).toBe(one);
  expect(mint.mint(tokenOf(mint, { label: 't2' }))).not.toBe(one);
});
