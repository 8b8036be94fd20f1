/**
 * Plain data as text and back, exactly: JSON, but for −0, which JSON.stringify writes as 0. JSON escapes lone surrogates
 * and U+0000, so that the text is pure Unicode and UTF-8 holds it; its reader takes `__proto__` for a name like any other.
 */

/** Leaves out what is undefined, as JSON does. Throws a TypeError for what is no plain data. */
export function exactJson(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(exactJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`What is kept is plain data, not a ${typeof value}.`);
  const members = Object.entries(value).filter(([, held]) => held !== undefined);
  return `{${members.map(([name, held]) => `${JSON.stringify(name)}:${exactJson(held)}`).join(',')}}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`What is kept is plain data, not ${value}.`);
  return Object.is(value, -0) ? '-0' : String(value);
}

export function bytesOf(value: unknown): Buffer {
  return Buffer.from(exactJson(value));
}

/** Throws a SyntaxError for what is no JSON, and a TypeError for what is not UTF-8. */
export function dataOf(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
}
