/** The ratio of two measurements made in pairs, and how sure it is. */

export interface Ratio {
  /** The geometric mean of the pairs' own ratios. */
  readonly ratio: number;
  /** Of 95 %: Student's t on the logarithms, since a ratio and its inverse must tell the same. */
  readonly lower: number;
  readonly upper: number;
}

/** The 97.5th percentile of Student's t, by degrees of freedom from 1; from 30 on that of the last is a little wide, and is kept. */
const tOf95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** @throws RangeError for fewer than two: one pair says nothing of how sure it is */
export function ratioOf(pairs: readonly (readonly [before: number, after: number])[]): Ratio {
  if (pairs.length < 2) throw new RangeError(`at least two pairs are needed, not ${pairs.length}`);
  const logarithms = pairs.map(([before, after]) => Math.log(after / before));
  const mean = meanOf(logarithms);
  const variance = logarithms.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (pairs.length - 1);
  const t = tOf95[Math.min(pairs.length - 1, tOf95.length) - 1] ?? Number.NaN;
  const margin = t * Math.sqrt(variance / pairs.length);
  return { ratio: Math.exp(mean), lower: Math.exp(mean - margin), upper: Math.exp(mean + margin) };
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
