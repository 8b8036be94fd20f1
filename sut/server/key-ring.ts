/**
 * What the server knows of a key set, and what that says at a moment of the monotonic clock (S11): whether a token can be judged by
 * what is held, whether the set is to be fetched first, or whether nothing can be said. Plain data; nothing here waits or asks.
 */
import type { HeldKeys } from './keys.ts';

/** When a key set is fetched, and how long one is gone by. */
export interface KeySetLimits {
  /** A fetch that has not answered by then has failed (`timeoutDuration` of jose). */
  readonly fetchTimeoutMs: number;
  /** How long after a set that was fetched for an unknown name no other is fetched for one (`cooldownDuration` of jose). */
  readonly coolDownMs: number;
  /** How long after a failed fetch none begins. */
  readonly retryAfterMs: number;
  /** From this age on a set is fetched anew before it is gone by (`cacheMaxAge` of jose). */
  readonly maxAgeMs: number;
  /** From this age on a set is not gone by even while fetches fail. */
  readonly maxStaleMs: number;
}

export interface KeyRing {
  /** The last good set. It is as old as its fetch: whatever was published later is not in it. */
  readonly held: { readonly keys: HeldKeys; readonly sinceMs: number } | null;
  /** The one fetch under way. `forName`: for the sake of a name alone, since the set was young. */
  readonly fetching: { readonly sinceMs: number; readonly forName: boolean } | null;
  /** When the last fetch ended, where it failed. */
  readonly failedMs: number | null;
  /** When the last fetch for the sake of a name ended well. */
  readonly cooledMs: number | null;
}

/** `settled`: what is held decides. `wanting`: nothing can be said, for want of keys. */
export type Standing = 'settled' | 'fetch' | 'wanting';

export const emptyRing: KeyRing = { held: null, fetching: null, failedMs: null, cooledMs: null };

function isWithin(sinceMs: number | undefined | null, lengthMs: number, nowMs: number): boolean {
  return sinceMs !== undefined && sinceMs !== null && nowMs - sinceMs < lengthMs;
}

function isYoung({ held }: KeyRing, { maxAgeMs }: KeySetLimits, nowMs: number): boolean {
  return isWithin(held?.sinceMs, maxAgeMs, nowMs);
}

/** The key is held, and the set may be gone by although it could not be fetched again. */
export function isKept({ held }: KeyRing, { maxStaleMs }: KeySetLimits, kid: string, nowMs: number): boolean {
  return held !== null && held.keys.has(kid) && isWithin(held.sinceMs, maxStaleMs, nowMs);
}

/** Of a token that names this key and comes to be judged now. */
export function standingOf(ring: KeyRing, limits: KeySetLimits, kid: string, nowMs: number): Standing {
  const isCurrent = isYoung(ring, limits, nowMs);
  if (isCurrent && ring.held?.keys.has(kid) === true) return 'settled';
  if (ring.fetching !== null) return 'fetch';
  if (isWithin(ring.failedMs, limits.retryAfterMs, nowMs)) return isKept(ring, limits, kid, nowMs) ? 'settled' : 'wanting';
  return isCurrent && isWithin(ring.cooledMs, limits.coolDownMs, nowMs) ? 'settled' : 'fetch';
}

export function beginFetch(ring: KeyRing, limits: KeySetLimits, nowMs: number): KeyRing {
  return { ...ring, fetching: { sinceMs: nowMs, forName: isYoung(ring, limits, nowMs) } };
}

export function takeSet(ring: KeyRing, keys: HeldKeys, nowMs: number): KeyRing {
  const { fetching, cooledMs } = ring;
  const sinceMs = fetching?.sinceMs ?? nowMs;
  return { held: { keys, sinceMs }, fetching: null, failedMs: null, cooledMs: fetching?.forName === true ? nowMs : cooledMs };
}

/** What was held stays. */
export function failFetch(ring: KeyRing, nowMs: number): KeyRing {
  return { ...ring, fetching: null, failedMs: nowMs };
}
