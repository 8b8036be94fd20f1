/** What a server may demand of the tokens of its provider beyond signature and time (RFC 8725): for whom, by whom, of which type, how old. */
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import { instantMs } from './instant.ts';

export interface TokenRules {
  /** One of them must be among the audiences (`aud`) of a token; absent: `aud` is not looked at. */
  readonly audience?: string | readonly string[] | undefined;
  /** The issuer (`iss`) must be one of them. */
  readonly issuer?: string | readonly string[] | undefined;
  /** The type in the header (`typ`), such as `at+jwt`; case does not count, nor does `application/` before it (RFC 7515, section 4.1.9). */
  readonly type?: string | undefined;
  /** A token is expired so long after it was issued (`iat`), whatever its `exp`; one that does not say when is refused. */
  readonly maxAgeMs?: number | undefined;
  /**
   * Whether a token may be secret, and so bypass all permissions (P1); one that is, and may not be, is refused. Yes with a shared secret,
   * no with a key set, unless told otherwise: a provider lets other people decide what its tokens say.
   */
  readonly secretTokens?: boolean | undefined;
  /** How far the clock of the issuer may be off: counts for `nbf`, `exp` and `iat`. None unless told otherwise. */
  readonly clockToleranceMs?: number | undefined;
}

/** Longer tokens are refused unread. */
export const tokenLengthMax = 8_192;

function textsOf(wanted: string | readonly string[]): readonly string[] {
  return typeof wanted === 'string' ? [wanted] : wanted;
}

function requireTexts(name: string, wanted: unknown): void {
  const texts: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  const areTexts = texts.length > 0 && texts.every((text) => typeof text === 'string' && text !== '');
  if (wanted !== undefined && !areTexts) throw new Error(`${name} is a text that is not empty, or a list of such.`);
}

function requireDuration(name: string, ms: unknown): void {
  if (ms !== undefined && !(typeof ms === 'number' && Number.isFinite(ms) && ms >= 0))
    throw new Error(`${name} is a number of milliseconds, not below 0.`);
}

/** Throws where a rule is none. */
export function checkTokenRules({ audience, issuer, type, maxAgeMs, secretTokens, clockToleranceMs }: TokenRules): void {
  requireTexts('audience', audience);
  requireTexts('issuer', issuer);
  if (type !== undefined && (typeof type !== 'string' || type === '')) throw new Error('type is a text that is not empty.');
  if (secretTokens !== undefined && typeof secretTokens !== 'boolean') throw new Error('secretTokens is true or false.');
  requireDuration('maxAgeMs', maxAgeMs);
  requireDuration('clockToleranceMs', clockToleranceMs);
}

function plainType(type: string): string {
  return type.toLowerCase().replace(/^application\//u, '');
}

/** For whom, by whom and of which type the token is. */
export function isForUs({ audience, issuer, type }: TokenRules, header: ProtectedHeaderParameters, { aud, iss }: JWTPayload): boolean {
  const { typ } = header;
  if (type !== undefined && (typeof typ !== 'string' || plainType(typ) !== plainType(type))) return false;
  if (issuer !== undefined && (typeof iss !== 'string' || !textsOf(issuer).includes(iss))) return false;
  if (audience === undefined) return true;
  const said: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return textsOf(audience).some((wanted) => said.includes(wanted));
}

function isInstant(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}

export type Lifetime = { readonly fromMs: number; readonly untilMs: number | undefined };

/** From when until when the token is good, by `nbf`, `exp` and `iat`; undefined where it does not say so in a way that can be read. */
export function lifetimeOf({ maxAgeMs, clockToleranceMs = 0 }: TokenRules, { nbf, exp, iat }: JWTPayload): Lifetime | undefined {
  if (!isInstant(nbf) || !isInstant(exp)) return undefined;
  const beginnings = nbf === undefined ? [] : [instantMs(nbf)];
  const ends = exp === undefined ? [] : [instantMs(exp)];
  if (maxAgeMs !== undefined) {
    if (iat === undefined || !isInstant(iat)) return undefined;
    beginnings.push(instantMs(iat));
    ends.push(instantMs(iat) + maxAgeMs);
  }
  const fromMs = Math.max(Number.NEGATIVE_INFINITY, ...beginnings) - clockToleranceMs;
  return { fromMs, untilMs: ends.length === 0 ? undefined : Math.min(...ends) + clockToleranceMs };
}
