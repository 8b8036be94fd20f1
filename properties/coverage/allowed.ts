/**
 * How large the sets were that the model allowed. A model that allows much sees little, so what is large may be but a
 * small share: a change that widens the sets everywhere would otherwise pass unseen.
 */

export const allowedPrefix = 'allowed:';
const large = 'more than 8';

/** About twice what the pinned runs show. */
const mostLarge = 0.015;

export function bucketOf(size: number): string {
  if (size <= 2) return String(size);
  if (size <= 4) return '3–4';
  return size <= 8 ? '5–8' : large;
}

export interface LargeSets {
  /** Shares of all allowed sets, from 0 to 1. */
  readonly share: number;
  readonly most: number;
}

/** Null where few enough sets are large; where nothing was ever allowed, there is nothing to say. */
export function judgeAllowed(counts: Readonly<Record<string, number>>): LargeSets | null {
  const sizes = Object.entries(counts).filter(([name]) => name.startsWith(allowedPrefix));
  const whole = sizes.reduce((sum, [, times]) => sum + times, 0);
  const share = whole === 0 ? 0 : (counts[`${allowedPrefix}${large}`] ?? 0) / whole;
  return share > mostLarge ? { share, most: mostLarge } : null;
}
