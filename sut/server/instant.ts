/** Points in time of a token (RFC 7519, NumericDate: seconds, perhaps fractional) on a wall clock of whole milliseconds. */

/** Multiplying seconds by 1000 may miss a whole millisecond by less than this, at any date of this era. */
const roundingErrorMs = 0.001;

/** The first millisecond that is not before the instant. */
export function instantMs(seconds: number): number {
  return Math.ceil(seconds * 1000 - roundingErrorMs);
}
