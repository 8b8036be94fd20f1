/** Reading untrusted JSON: small checks that give back a typed value or throw one clear line with the path of what is wrong. */

/** A script that cannot be read. The message is one line, for people. */
import type { Scalar, Value } from '../../vocabulary/values.ts';
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

export type Fields = Readonly<Record<string, unknown>>;

export function wrong(path: string, expected: string): ScriptError {
  return new ScriptError(`${path}: expected ${expected}`);
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every key must be known and, unless optional, there: a misspelt key in a script written by hand must not pass unseen. */
export function readObject(value: unknown, path: string, keys: readonly string[], optional: readonly string[] = []): Fields {
  if (!isObject(value)) throw wrong(path, 'an object');
  for (const key of Object.keys(value)) {
    if (!keys.includes(key) && !optional.includes(key)) throw new ScriptError(`${join(path, key)}: unknown key`);
  }
  for (const key of keys) if (!Object.hasOwn(value, key)) throw new ScriptError(`${join(path, key)}: missing`);
  return value;
}

export function join(path: string, key: string): string {
  return path === 'script' ? key : `${path}.${key}`;
}

export function readList<Item>(value: unknown, path: string, read: (item: unknown, path: string) => Item): readonly Item[] {
  if (!Array.isArray(value)) throw wrong(path, 'a list');
  return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
}

/** An object of things of one kind by name; comes back in the order of the names, so that equal ones read equal. */
export function readTable<Item>(value: unknown, path: string, read: (item: unknown, path: string) => Item): Readonly<Record<string, Item>> {
  if (!isObject(value)) throw wrong(path, 'an object');
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, read(value[name], join(path, name))]));
}

/** Names as they were written, since their order may be the point. */
export function readTableAsWritten<Item>(
  value: unknown,
  path: string,
  read: (item: unknown, path: string) => Item,
): Readonly<Record<string, Item>> {
  if (!isObject(value)) throw wrong(path, 'an object');
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, read(held, join(path, name))]));
}

export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrong(path, 'a text');
  return value;
}

export function readName(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(path, 'a text that is not empty');
  return value;
}

export function readFlag(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false');
  return value;
}

export function readNumber(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(path, 'a number');
  return value;
}

export function readNumberOrNull(value: unknown, path: string): number | null {
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(path, 'a number or null');
  return value;
}

export function readWhole(value: unknown, path: string, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw wrong(path, `a whole number of at least ${least}`);
  }
  return value;
}

export function readChoice<Choice extends string>(value: unknown, path: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw wrong(path, `one of ${choices.join(', ')}`);
  return choice;
}

export function readPattern(value: unknown, path: string, pattern: RegExp, expected: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw wrong(path, expected);
  return value;
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

export function readValue(value: unknown, path: string): Value {
  if (isScalar(value)) return value;
  if (!Array.isArray(value)) throw wrong(path, 'a text, a number, true, false, null or a list of these');
  return readList(value, path, readScalar);
}

export function readScalar(value: unknown, path: string): Scalar {
  if (!isScalar(value)) throw wrong(path, 'a text, a number, true, false or null');
  return value;
}
