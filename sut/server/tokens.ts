/**
 * The judgement of tokens (S11): signature first, then the claims path, then `nbf`, then `exp`. Time is read at the
 * moment of judgement, after the signature was checked, and so are the keys: a key set may have been replaced meanwhile.
 */
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { claimsAt } from '../protocol/roles.ts';
import type { WallClock } from '../runtime/ports.ts';
import { isSecret } from '../schema/permissions.ts';
import type { KeyHolder } from './key-holder.ts';
import { isSignedBy, type VerificationKey } from './signature.ts';
import { isForUs, lifetimeOf, type TokenRules, tokenLengthMax } from './token-rules.ts';

/** What an accepted token gives its connection. Which roles its claims match is asked when it matters: a schema may bring others (C5). */
export interface AcceptedToken {
  readonly claims: Readonly<Record<string, unknown>>;
  /** The first millisecond of the wall clock at which it is expired; undefined: never. */
  readonly expiresAtMs: number | undefined;
}
export type Verdict =
  | { readonly verdict: 'accepted'; readonly token: AcceptedToken }
  | { readonly verdict: 'refused'; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' };

export interface TokenVerifierOptions {
  readonly keys: KeyHolder;
  readonly claimsPath: string | undefined;
  readonly rules?: TokenRules | undefined;
  readonly wallClock: WallClock;
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
}
export interface TokenVerifier {
  /** `label` names the connection in completions. Throws KeySetError. */
  verify(token: string, label: string): Promise<Verdict>;
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

/** Of a token whose signature holds. */
function judgeClaims(header: ProtectedHeaderParameters, payload: JWTPayload, options: TokenVerifierOptions): Verdict {
  const { keys, claimsPath, wallClock, rules = {} } = options;
  const claims = claimsAt(payload, claimsPath);
  const lifetime = lifetimeOf(rules, payload);
  if (claims === undefined || lifetime === undefined || !isForUs(rules, header, payload)) return refused;
  if (isSecret(claims) && !(rules.secretTokens ?? keys.isSecret)) return refused;
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
  return {
    async verify(token, label) {
      if (token.length > tokenLengthMax) return refused;
      const header = headerOf(token);
      if (header !== undefined) await keys.prepare(header);
      const findKey = () => (header === undefined ? undefined : keys.find(header));
      if (!(await isSigned(token, label, findKey, options))) return refused;
      const payload = attempt(() => decodeJwt(token));
      return header === undefined || payload === undefined ? refused : judgeClaims(header, payload, options);
    },
  };
}
