/** Rows at the edge of the API, with a schema or without: checked and made plain on the way in, rich again on the way out. */

import type { Attributes, Value } from '../../../vocabulary/values.ts';
import { named } from '../../protocol/quoted.ts';
import { own } from '../../schema/lookup.ts';
import { CollectionNotFoundError, InvalidValueError } from '../errors.ts';
import type { Collections } from './collections.ts';
import type { Definition } from './definition.ts';
import { apiOf, barePlainOf, plainOf } from './values.ts';

/** The attributes of a collection; undefined without a schema. @throws InvalidValueError for no name at all, CollectionNotFoundError */
function definitionsOf(schema: Collections | undefined, collection: string): Readonly<Record<string, Definition>> | undefined {
  if (typeof collection !== 'string' || collection === '') throw new InvalidValueError('collection: expected a name');
  if (schema === undefined) return undefined;
  const found = Object.hasOwn(schema, collection) ? schema[collection] : undefined;
  if (found === undefined) throw new CollectionNotFoundError(collection);
  return found.schema;
}

function requireKnown(definitions: Readonly<Record<string, Definition>>, given: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(given).find((name) => given[name] !== undefined && !Object.hasOwn(definitions, name));
  if (unknown !== undefined) throw new InvalidValueError(`${named(unknown)}: the schema has no such attribute`);
}

/** One attribute of a row to be inserted: given, or by default, or left out where it may be. */
function insertedValue(name: string, definition: Definition, given: unknown, freshId: () => string): Value | undefined {
  if (given !== undefined) return plainOf(name, definition, given);
  if (definition.kind === 'id') return freshId();
  if (definition.default === undefined && !definition.optional) throw new InvalidValueError(`${named(name)}: a value is required`);
  return definition.default;
}

function withoutUndefined(entries: readonly (readonly [string, Value | undefined])[]): Attributes {
  const present = entries.flatMap(([name, value]): [string, Value][] => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(present);
}

/** A whole row, ready to be stored. @throws InvalidValueError */
export function insertedRow(
  schema: Collections | undefined,
  collection: string,
  given: Readonly<Record<string, unknown>>,
  freshId: () => string,
): Attributes & { readonly id: string } {
  const definitions = definitionsOf(schema, collection);
  const row = definitions === undefined ? bareRow(given) : definedRow(definitions, given, freshId);
  const id = own(row, 'id') ?? freshId();
  if (typeof id !== 'string' || id === '') throw new InvalidValueError('id: expected a string that is not empty');
  return { ...row, id };
}

function definedRow(
  definitions: Readonly<Record<string, Definition>>,
  given: Readonly<Record<string, unknown>>,
  freshId: () => string,
): Attributes {
  requireKnown(definitions, given);
  const entries = Object.entries(definitions);
  return withoutUndefined(entries.map(([name, definition]) => [name, insertedValue(name, definition, own(given, name), freshId)]));
}

function bareRow(given: Readonly<Record<string, unknown>>): Attributes {
  const entries = Object.entries(given);
  return withoutUndefined(entries.map(([name, value]) => [name, value === undefined ? undefined : barePlainOf(name, value)]));
}

/** What an update changes, ready to be stored. `undefined` changes nothing; the `id` of a row cannot change. @throws InvalidValueError */
export function changedAttributes(
  schema: Collections | undefined,
  collection: string,
  given: Readonly<Record<string, unknown>>,
): Attributes {
  if (own(given, 'id') !== undefined) throw new InvalidValueError('id: the id of an entity cannot be changed');
  const definitions = definitionsOf(schema, collection);
  if (definitions === undefined) return bareRow(given);
  requireKnown(definitions, given);
  const entries = Object.entries(definitions);
  return withoutUndefined(
    entries.map(([name, definition]) => {
      const value = own(given, name);
      return [name, value === undefined ? undefined : plainOf(name, definition, value)];
    }),
  );
}

/** A row as the user is given it: a copy, so that nobody can change what is held. */
export function apiRow(schema: Collections | undefined, collection: string, row: Attributes): Record<string, unknown> {
  const definitions = definitionsOf(schema, collection);
  const entries = Object.entries(row);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, apiOf(definitions === undefined ? undefined : own(definitions, name), value)]),
  );
}

export function requireCollection(schema: Collections | undefined, collection: string): void {
  definitionsOf(schema, collection);
}
