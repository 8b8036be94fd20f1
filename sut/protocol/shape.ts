/**
 * Checks of untrusted JSON, field by field. Each returns the value at its proper type or throws a ProtocolError that
 * names the field. Written by hand because they run for every frame.
 */
import { ProtocolError } from './protocol-error.ts';
import { quoted } from './quoted.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Fails with `what`, e.g. "subscribe.subscription must be a string". */
export function fail(what: string): never {
  throw new ProtocolError(what);
}

/** How to call what was found in a message: a text by itself, anything else, which may nest without end, by its type. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : typeof value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fields(value: unknown, where: string): Fields {
  return isFields(value) ? value : fail(`${where} must be an object`);
}

export function text(value: unknown, where: string): string {
  return typeof value === 'string' ? value : fail(`${where} must be a string`);
}

/** A name or an id: there must be something in it. */
export function nonEmptyText(value: unknown, where: string): string {
  return typeof value === 'string' && value !== '' ? value : fail(`${where} must be a string that is not empty`);
}

/** A whole number from `least` on that loses no precision. */
export function wholeNumber(value: unknown, least: number, where: string): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
    ? value
    : fail(`${where} must be a whole number, at least ${least}`);
}

export function list<Item>(value: unknown, where: string, read: (item: unknown, where: string) => Item): readonly Item[] {
  if (!Array.isArray(value)) return fail(`${where} must be a list`);
  return value.map((item: unknown) => read(item, where));
}

export function flag(value: unknown, where: string): boolean {
  return typeof value === 'boolean' ? value : fail(`${where} must be true or false`);
}
