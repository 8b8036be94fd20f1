/**
 * The judgement of tokens (S11): signature first, then the claims path, then `nbf`, then `exp`. Time is read at the
 * moment of judgement, after the signature was checked, and so are the keys: a key set may have been replaced meanwhile.
 */
import { decodeJwt, decodeProtectedHeader, type JSONWebKeySet, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { claimsAt } from '../protocol/roles.ts';
import type { WallClock } from '../runtime/ports.ts';
import { isSecret } from '../schema/permissions.ts';
import { type HeldKeys, isKeySet, keysOf, secretKey } from './keys.ts';
import { isSignedBy, type VerificationKey } from './signature.ts';
import { isForUs, lifetimeOf, type TokenRules, tokenLengthMax } from './token-rules.ts';

/** Where keys come from. */
export type KeySource =
  | { readonly kind: 'secret'; readonly secret: string }
  /** `fetch` brings the key set; called again when a token names a key that is not held (S11). */
  | { readonly kind: 'keySet'; readonly fetch: () => Promise<JSONWebKeySet> };

/** What an accepted token gives its connection. Which roles its claims match is asked when it matters: a schema may bring others (C5). */
export interface AcceptedToken {
  readonly claims: Readonly<Record<string, unknown>>;
  /** The first millisecond of the wall clock at which it is expired; undefined: never. */
  readonly expiresAtMs: number | undefined;
}
export type Verdict =
  | { readonly verdict: 'accepted'; readonly token: AcceptedToken }
  | { readonly verdict: 'refused'; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' };

/** The key set could not be had, so nothing can be said of the token. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

export interface TokenVerifierOptions {
  readonly keys: KeySource;
  readonly claimsPath: string | undefined;
  readonly rules?: TokenRules | undefined;
  readonly wallClock: WallClock;
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly onKeysFetched: (keys: readonly string[]) => void;
}
export interface TokenVerifier {
  /** `label` names the connection in completions. Throws KeySetError. */
  verify(token: string, label: string): Promise<Verdict>;
}

/** Where the key of a token is looked up, now. */
interface KeyRing {
  /** Undefined where the token names no key that is held, or one that its algorithm does not fit. */
  find(header: ProtectedHeaderParameters): VerificationKey | undefined;
  /** Brings in what may be missing to find the key of this token. */
  prepare(header: ProtectedHeaderParameters): Promise<void>;
}

const refused: Verdict = { verdict: 'refused', reason: 'UNAUTHORIZED' };
const expired: Verdict = { verdict: 'refused', reason: 'TOKEN_EXPIRED' };

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** An extension that must be understood (`crit`, RFC 7515 section 4.1.11) is not, so such a token has no readable header. */
function headerOf(token: string): ProtectedHeaderParameters | undefined {
  const header = attempt(() => decodeProtectedHeader(token));
  return header?.crit === undefined ? header : undefined;
}

function secretRing(secret: string): KeyRing {
  const key = secretKey(secret);
  return { find: (header) => (header.alg === key.algorithm ? key : undefined), prepare: () => Promise.resolve() };
}

function keySetRing(fetch: () => Promise<JSONWebKeySet>, { complete, onKeysFetched }: TokenVerifierOptions): KeyRing {
  let held: HeldKeys = new Map();
  async function refetch(): Promise<void> {
    const set = await complete('key set fetch', async () => fetch()).catch((error: unknown) => {
      throw new KeySetError('The key set could not be fetched.', { cause: error });
    });
    if (!isKeySet(set)) throw new KeySetError('What was fetched is no key set.');
    held = keysOf(set);
    onKeysFetched([...held.keys()]);
  }
  return {
    find: ({ kid, alg }) => {
      const key = kid === undefined ? undefined : held.get(kid);
      return key?.algorithm === alg ? key : undefined;
    },
    prepare: async ({ kid }) => {
      if (kid !== undefined && !held.has(kid)) await refetch();
    },
  };
}

/** Of a token whose signature holds. */
function judgeClaims(header: ProtectedHeaderParameters, payload: JWTPayload, options: TokenVerifierOptions): Verdict {
  const { keys, claimsPath, wallClock, rules = {} } = options;
  const claims = claimsAt(payload, claimsPath);
  const lifetime = lifetimeOf(rules, payload);
  if (claims === undefined || lifetime === undefined || !isForUs(rules, header, payload)) return refused;
  if (isSecret(claims) && !(rules.secretTokens ?? keys.kind === 'secret')) return refused;
  const nowMs = wallClock.now();
  if (nowMs < lifetime.fromMs) return refused;
  const expiresAtMs = lifetime.untilMs;
  if (expiresAtMs !== undefined && nowMs >= expiresAtMs) return expired;
  return { verdict: 'accepted', token: { claims, expiresAtMs } };
}

/** The signature is checked again in the rare case that the key went, came or changed while it was checked. */
async function isSigned(
  token: string,
  label: string,
  findKey: () => VerificationKey | undefined,
  options: TokenVerifierOptions,
): Promise<boolean> {
  for (;;) {
    const key = findKey();
    const isValid = await options.complete(`verify of ${label}`, async () => key !== undefined && isSignedBy(token, key));
    if (findKey()?.identity === key?.identity) return isValid;
  }
}

export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { keys } = options;
  const ring = keys.kind === 'secret' ? secretRing(keys.secret) : keySetRing(keys.fetch, options);
  return {
    async verify(token, label) {
      if (token.length > tokenLengthMax) return refused;
      const header = headerOf(token);
      if (header !== undefined) await ring.prepare(header);
      const findKey = () => (header === undefined ? undefined : ring.find(header));
      if (!(await isSigned(token, label, findKey, options))) return refused;
      const payload = attempt(() => decodeJwt(token));
      return header === undefined || payload === undefined ? refused : judgeClaims(header, payload, options);
    },
  };
}
