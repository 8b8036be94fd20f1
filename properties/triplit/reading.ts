/** Reading untrusted JSON: small checks that give back a typed value or throw one clear line with the path of what is wrong. */

import { type Fields, isObject, ScriptError } from '../language/shapes.ts';

export function wrong(path: string, expected: string): ScriptError {
  return new ScriptError(`${path}: expected ${expected}`);
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

export function readName(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(path, 'a text that is not empty');
  return value;
}

export function readFlag(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false');
  return value;
}
