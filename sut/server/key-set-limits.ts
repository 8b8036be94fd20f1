/** How long a key set is gone by and how often it is asked for, unless the user of the server says something else (S11). */
import type { KeySetLimits } from './key-ring.ts';

/**
 * Ten minutes bound the life of a key that was withdrawn. An hour of failures is longer than the tokens of most providers live. One server
 * that asks once a second burdens nobody, and a pause that grew would keep clients waiting after the provider is back.
 */
export const usualLimits: KeySetLimits = {
  fetchTimeoutMs: 10_000,
  coolDownMs: 30_000,
  retryAfterMs: 1_000,
  maxAgeMs: 600_000,
  maxStaleMs: 3_600_000,
};

/** Throws where a limit is no duration. */
export function keySetLimitsOf(given: Partial<KeySetLimits>): KeySetLimits {
  const limits = { ...usualLimits, ...definedOf(given) };
  for (const [name, ms] of Object.entries(limits)) {
    if (!(typeof ms === 'number' && Number.isFinite(ms) && ms >= 0)) throw new Error(`${name} is a number of milliseconds, not below 0.`);
  }
  return limits;
}

function definedOf(given: Partial<KeySetLimits>): Partial<KeySetLimits> {
  return Object.fromEntries(Object.entries(given).filter(([, ms]) => ms !== undefined));
}
