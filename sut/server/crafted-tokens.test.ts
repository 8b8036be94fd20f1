/** Crafted tokens, row by row: what each must lead to, and where that is written. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secretHolder } from './key-holder.ts';
import type { TokenRules } from './token-rules.ts';
import { createTokenVerifier } from './tokens.ts';

const secret = 'the secret of these tests, long enough';
const nowSeconds = 1_900_000_000;
const exp = nowSeconds + 60;

const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
function signed(header: unknown, payload: unknown, key: string = secret, hash = 'sha256'): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac(hash, key).update(input).digest('base64url')}`;
}
const plain = { alg: 'HS256', typ: 'JWT' };

async function outcomeOf(token: string, rules: TokenRules = {}, nowMs = nowSeconds * 1000): Promise<string> {
  const verifier = createTokenVerifier({
    keys: secretHolder(secret),
    claimsPath: undefined,
    rules,
    wallClock: { now: () => nowMs },
    complete: (_name, work) => work(),
  });
  const verdict = await verifier.verify(token, 'c1');
  return verdict.verdict === 'accepted' ? 'accepted' : verdict.reason;
}

type Row = readonly [
  outcome: 'accepted' | 'UNAUTHORIZED' | 'TOKEN_EXPIRED',
  what: string,
  where: string,
  token: string,
  rules?: TokenRules,
];

const rows: readonly Row[] = [
  ['accepted', 'a secret token under a shared secret', 'P1', signed(plain, { exp, 'x-triplit-token-type': 'secret' })],
  [
    'UNAUTHORIZED',
    'a secret token where none may be',
    'P1',
    signed(plain, { exp, 'x-triplit-token-type': 'secret' }),
    { secretTokens: false },
  ],
  ['accepted', 'a sound token', 'RFC 7519, section 7.2', signed(plain, { exp })],
  ['UNAUTHORIZED', 'none for an algorithm', 'RFC 8725, section 3.2', `${encode({ alg: 'none' })}.${encode({ exp })}.`],
  ['UNAUTHORIZED', 'None for an algorithm', 'RFC 8725, section 2.1', `${encode({ alg: 'None' })}.${encode({ exp })}.`],
  ['UNAUTHORIZED', 'no algorithm', 'RFC 7515, section 4.1.1', signed({ typ: 'JWT' }, { exp })],
  ['UNAUTHORIZED', 'another algorithm under the same key', 'RFC 8725, section 3.1', signed({ alg: 'HS512' }, { exp }, secret, 'sha512')],
  ['UNAUTHORIZED', 'another key', 'RFC 7515, section 5.2', signed(plain, { exp }, 'another secret of these tests')],
  ['UNAUTHORIZED', 'the text null for a key', 'RFC 7518, section 3.2', signed(plain, { exp }, 'null')],
  ['UNAUTHORIZED', 'an empty key', 'RFC 7518, section 3.2', signed(plain, { exp }, '')],
  ['UNAUTHORIZED', 'no signature', 'RFC 7515, section 5.2', `${encode(plain)}.${encode({ exp })}.`],
  ['UNAUTHORIZED', 'an extension that must be understood', 'RFC 7515, section 4.1.11', signed({ ...plain, crit: ['x'], x: 1 }, { exp })],
  ['UNAUTHORIZED', 'a key in its own header', 'RFC 7515, section 4.1.3', signed({ ...plain, jwk: { kty: 'oct', k: 'AA' } }, { exp }, '\0')],
  ['UNAUTHORIZED', 'two parts', 'RFC 7515, section 7.1', `${encode(plain)}.${encode({ exp })}`],
  ['UNAUTHORIZED', 'five parts', 'RFC 7516, section 9', `${signed(plain, { exp })}.AA.AA`],
  ['UNAUTHORIZED', 'a header that is no JSON', 'RFC 7515, section 4', signed('no header', { exp })],
  ['UNAUTHORIZED', 'a payload that is no JSON', 'RFC 7519, section 7.2', signed(plain, 'no payload')],
  ['UNAUTHORIZED', 'a payload that is a list', 'RFC 7519, section 7.2', signed(plain, [1])],
  ['UNAUTHORIZED', 'an expiry that is a text', 'RFC 7519, section 4.1.4', signed(plain, { exp: String(exp) })],
  ['TOKEN_EXPIRED', 'an expiry of this very moment', 'RFC 7519, section 4.1.4', signed(plain, { exp: nowSeconds })],
  ['UNAUTHORIZED', 'a beginning to come', 'RFC 7519, section 4.1.5', signed(plain, { exp, nbf: nowSeconds + 1 })],
  ['UNAUTHORIZED', 'a beginning that is a text', 'RFC 7519, section 4.1.5', signed(plain, { exp, nbf: '0' })],
  ['accepted', 'a token of 8 KiB', 'S11', lengthened(8_192)],
  ['UNAUTHORIZED', 'a token over 8 KiB', 'S11', lengthened(8_193)],

  ['accepted', 'our audience', 'RFC 8725, section 3.9', signed(plain, { exp, aud: 'us' }), { audience: 'us' }],
  [
    'accepted',
    'our audience among others',
    'RFC 7519, section 4.1.3',
    signed(plain, { exp, aud: ['them', 'us'] }),
    { audience: ['us', 'we'] },
  ],
  ['UNAUTHORIZED', 'another audience', 'RFC 8725, section 3.9', signed(plain, { exp, aud: 'them' }), { audience: 'us' }],
  ['UNAUTHORIZED', 'no audience', 'RFC 8725, section 3.9', signed(plain, { exp }), { audience: 'us' }],
  ['accepted', 'the issuer', 'RFC 8725, section 3.8', signed(plain, { exp, iss: 'https://id' }), { issuer: 'https://id' }],
  ['UNAUTHORIZED', 'another issuer', 'RFC 8725, section 3.8', signed(plain, { exp, iss: 'https://id/' }), { issuer: 'https://id' }],
  ['UNAUTHORIZED', 'no issuer', 'RFC 8725, section 3.8', signed(plain, { exp }), { issuer: ['https://id'] }],
  ['accepted', 'the type', 'RFC 8725, section 3.11', signed({ alg: 'HS256', typ: 'at+jwt' }, { exp }), { type: 'at+jwt' }],
  [
    'accepted',
    'the type in full',
    'RFC 7515, section 4.1.9',
    signed({ alg: 'HS256', typ: 'application/AT+JWT' }, { exp }),
    { type: 'at+jwt' },
  ],
  ['UNAUTHORIZED', 'another type', 'RFC 8725, section 3.11', signed(plain, { exp }), { type: 'at+jwt' }],
  ['UNAUTHORIZED', 'no type', 'RFC 8725, section 3.11', signed({ alg: 'HS256' }, { exp }), { type: 'JWT' }],
  ['accepted', 'young enough', 'RFC 7519, section 4.1.6', signed(plain, { iat: nowSeconds - 9 }), { maxAgeMs: 10_000 }],
  ['TOKEN_EXPIRED', 'too old', 'RFC 7519, section 4.1.6', signed(plain, { exp, iat: nowSeconds - 10 }), { maxAgeMs: 10_000 }],
  ['UNAUTHORIZED', 'of no known age', 'RFC 7519, section 4.1.6', signed(plain, { exp }), { maxAgeMs: 10_000 }],
  ['UNAUTHORIZED', 'issued in the future', 'RFC 7519, section 4.1.6', signed(plain, { exp, iat: nowSeconds + 1 }), { maxAgeMs: 10_000 }],
  [
    'accepted',
    'expired within the tolerance',
    'RFC 7519, section 4.1.4',
    signed(plain, { exp: nowSeconds - 4 }),
    { clockToleranceMs: 5_000 },
  ],
  ['TOKEN_EXPIRED', 'expired beyond it', 'RFC 7519, section 4.1.4', signed(plain, { exp: nowSeconds - 5 }), { clockToleranceMs: 5_000 }],
  ['accepted', 'valid soon enough', 'RFC 7519, section 4.1.5', signed(plain, { exp, nbf: nowSeconds + 5 }), { clockToleranceMs: 5_000 }],
  ['UNAUTHORIZED', 'valid too late', 'RFC 7519, section 4.1.5', signed(plain, { exp, nbf: nowSeconds + 6 }), { clockToleranceMs: 5_000 }],
];

/** A sound token of that length: base64 skips some lengths, so both parts are filled. */
function lengthened(length: number): string {
  const least = Math.floor(length * 0.75) - 150;
  for (let filled = 0; filled < 600; filled += 1) {
    const token = signed({ ...plain, x: 'x'.repeat(filled % 3) }, { exp, fill: 'x'.repeat(least + Math.floor(filled / 3)) });
    if (token.length === length) return token;
  }
  throw new Error(`no token has ${length} characters`);
}

const named = rows.map(([outcome, what, where, token, rules]) => ({ outcome, what, where, token, rules }));

describe('a token', () => {
  test.each(named)('$outcome: $what ($where)', async ({ outcome, token, rules }) => {
    expect(await outcomeOf(token, rules)).toBe(outcome);
  });
});
