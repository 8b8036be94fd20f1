/** `update` takes the attributes that change, or a function that changes a copy of the row in place or returns what changes. */

import type { Attributes } from '../../vocabulary/values.ts';
import { named } from '../protocol/quoted.ts';
import { sameValue } from '../query/value.ts';
import { own } from '../schema/lookup.ts';
import { InvalidValueError } from './errors.ts';
import type { Collections } from './schema/collections.ts';
import { apiRow, changedAttributes } from './schema/shape.ts';

type Change = (draft: Record<string, unknown>) => unknown;
type Changes = Readonly<Record<string, unknown>>;

function isChange(value: unknown): value is Change {
  return typeof value === 'function';
}
function isChanges(value: unknown): value is Changes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** From the row as it is to what changes of it. @throws InvalidValueError for what the schema does not take. */
export function updateBy(changes: unknown, schema: Collections | undefined, collection: string): (row: Attributes) => Attributes {
  if (isChange(changes)) return (row) => changesBy(changes, schema, collection, row);
  if (!isChanges(changes)) throw new InvalidValueError('an update takes attributes, or a function');
  const changed = changedAttributes(schema, collection, changes);
  return () => changed;
}

function changesBy(change: Change, schema: Collections | undefined, collection: string, row: Attributes): Attributes {
  const draft = apiRow(schema, collection, row);
  const returned = change(draft);
  const gone = Object.keys(row).find((name) => !Object.hasOwn(draft, name));
  if (gone !== undefined) throw new InvalidValueError(`${named(gone)}: an attribute cannot be removed by an update`);
  const { id, ...others } = isChanges(returned) ? { ...draft, ...returned } : draft;
  if (id !== row.id) throw new InvalidValueError('id: the id of an entity cannot be changed');
  const touched = withoutUntouched(others, apiRow(schema, collection, row));
  return differing(changedAttributes(schema, collection, touched), row);
}

/** What the user left alone is not judged: a row of another client's schema may hold what has no place in this one. */
function withoutUntouched(draft: Changes, before: Changes): Changes {
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => !isUntouched(value, own(before, name))));
}

function isUntouched(value: unknown, before: unknown): boolean {
  if (value instanceof Date && before instanceof Date) return value.getTime() === before.getTime();
  if (value instanceof Set && before instanceof Set) return sameMembers([...value], [...before]);
  if (Array.isArray(value) && Array.isArray(before)) return sameMembers(value, before);
  return value === before;
}

function sameMembers(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((member, index) => member === right[index]);
}

function differing(wanted: Attributes, row: Attributes): Attributes {
  const entries = Object.entries(wanted).filter(([name, value]) => {
    const held = own(row, name);
    return held === undefined || !sameValue(held, value);
  });
  return Object.fromEntries(entries);
}
