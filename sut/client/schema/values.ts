/**
 * Values at the edge of the API: dates and sets inside, ISO 8601 strings and sorted arrays outside, each checked
 * against its attribute. Without a schema the same rules hold, as far as a value tells its own type.
 */
import type { Scalar, Value } from '../../../vocabulary/values.ts';
import { named, quoted } from '../../protocol/quoted.ts';
import { isSet } from '../../query/value.ts';
import { dateTextOf, isDateText } from '../../schema/date-text.ts';
import { InvalidValueError } from '../errors.ts';
import type { Definition, ItemKind } from './definition.ts';

/** Not every object can be made a text. */
function say(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? 'an object' : named(String(value));
}

function fail(name: string, expected: string, value: unknown): never {
  throw new InvalidValueError(`${named(name)}: expected ${expected}, not ${say(value)}`);
}

function finite(name: string, value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(name, 'a finite number', value);
}

function isoOf(name: string, value: unknown): string {
  const text = value instanceof Date ? dateTextOf(value) : isDateText(value) ? value : undefined;
  return text ?? fail(name, 'a date', value);
}

function textOf(name: string, { enum: texts }: Definition, value: unknown): string {
  const text = typeof value === 'string' ? value : fail(name, 'a string', value);
  return texts === undefined || texts.includes(text) ? text : fail(name, `one of ${texts.map(say).join(', ')}`, value);
}

function scalarOf(name: string, kind: ItemKind, value: unknown): string | number | boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? value : fail(name, 'a string', value);
    case 'number':
      return finite(name, value);
    case 'boolean':
      return typeof value === 'boolean' ? value : fail(name, 'true or false', value);
  }
}

/** By UTF-16 code unit for strings, by value for the rest. */
function compareMembers(left: Scalar, right: Scalar): number {
  if (left === right || left === null || right === null) return 0;
  return left < right ? -1 : 1;
}

const sorted = <Member extends Scalar>(members: Iterable<Member>): readonly Member[] => [...new Set(members)].sort(compareMembers);

function setOf(name: string, items: ItemKind, value: unknown): Value {
  if (!(value instanceof Set) && !Array.isArray(value)) return fail(name, 'a set', value);
  const members: readonly unknown[] = [...value];
  return sorted(members.map((member) => scalarOf(name, items, member)));
}

/** As it is sent and stored. @throws InvalidValueError where it is no value of that attribute. */
export function plainOf(name: string, definition: Definition, value: unknown): Value {
  if (value === null) return definition.nullable ? null : fail(name, `a value (it is not nullable)`, value);
  switch (definition.kind) {
    case 'id':
      return typeof value === 'string' && value !== '' ? value : fail(name, 'a string that is not empty', value);
    case 'string':
      return textOf(name, definition, value);
    case 'number':
    case 'boolean':
      return scalarOf(name, definition.kind, value);
    case 'date':
      return isoOf(name, value);
    case 'set':
      return setOf(name, definition.items ?? 'string', value);
  }
}

export function defaultValue(definition: Definition, value: unknown): Value | undefined {
  return value === undefined ? undefined : plainOf('default', definition, value);
}

function bareScalar(name: string, value: unknown): Scalar {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return value instanceof Date ? isoOf(name, value) : typeof value === 'number' ? finite(name, value) : fail(name, 'a plain value', value);
}

/** Without a schema, and in filters: any plain value, dates and sets as they are sent. Arrays stay in their order. */
export function barePlainOf(name: string, value: unknown): Value {
  if (value instanceof Set) return sorted([...value].map((member) => bareScalar(name, member)));
  if (!Array.isArray(value)) return bareScalar(name, value);
  const members: readonly unknown[] = value;
  return members.map((member) => bareScalar(name, member));
}

/** What the user is given for a stored value: never the held one itself. One that does not fit (another client's schema) stays what it is. */
export function apiOf(definition: Definition | undefined, value: Value): unknown {
  if (isSet(value)) return definition?.kind === 'set' ? new Set(value) : [...value];
  return definition?.kind === 'date' && isDateText(value) ? new Date(value) : value;
}
