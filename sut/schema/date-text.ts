/** How an instant is spelled where it is sent and stored (C3): as `toISOString` does; years beyond 9999 have no such spelling. */

const pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Undefined where the instant has no spelling. */
export function dateTextOf(date: Date): string | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  const text = date.toISOString();
  return pattern.test(text) ? text : undefined;
}

/** The one spelling of an instant that exists: no thirteenth month, and no 30th of February. How others are read depends on the machine. */
export function isDateText(value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value) && dateTextOf(new Date(value)) === value;
}
