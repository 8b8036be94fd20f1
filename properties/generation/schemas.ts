/** Schemas as runs begin with them: the collections as the cast has them, so that the rows fit. */

import { entryOf } from '../../model/entry-of.ts';
import type { CollectionSchema, Schema, Attribute as SchemaAttribute } from '../../vocabulary/schemas.ts';
import { roles } from '../language/roles.ts';
import { type Attribute, attributes, type Cast, typeOfKind } from './cast.ts';
import type { Chance } from './chance.ts';
import { drawPermissions, drawRoles } from './permissions.ts';

function typed({ kind, nullable, optional }: Attribute): SchemaAttribute {
  const type = typeOfKind[kind];
  return { type, items: type === 'set' ? 'string' : null, nullable, optional, enum: null };
}

/** Names in order, as a script that was read has them. */
function collectionOf(known: readonly Attribute[]): CollectionSchema {
  const named = [...known].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { attributes: Object.fromEntries(named.map((attribute) => [attribute.name, typed(attribute)])), permissions: null };
}

export function sorted<Item>(table: Readonly<Record<string, Item>>): Readonly<Record<string, Item>> {
  return Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Open to all. */
export const castSchema: Schema = {
  collections: { notes: collectionOf(attributes.notes ?? []), todos: collectionOf(attributes.todos ?? []) },
  roles: sorted<Schema['roles'][string]>(roles),
};

const spare: SchemaAttribute = { type: 'string', items: null, nullable: false, optional: true, enum: null };

/** Attributes that no row of the cast has: what a schema may gain and lose while the rows look on. */
export const spareNames = ['color', 'constructor', 'size', 'starred'] as const;

export function drawSchema(chance: Chance, cast: Cast, permitted: boolean): Schema {
  const spared = chance.percent(60)
    ? withAttribute(castSchema, chance.pick(['notes', 'todos']), chance.pick(spareNames), spare)
    : castSchema;
  const enumerated = chance.percent(25) ? changeAttribute(spared, 'todos', 'assignee', { enum: [...cast.people] }) : spared;
  return permitted ? withPermissions(chance, { ...enumerated, roles: drawRoles(chance) }) : enumerated;
}

/** Other permissions for every collection, or for one of them. */
export function withPermissions(chance: Chance, schema: Schema): Schema {
  const names = Object.keys(schema.collections);
  const changing = names.length > 1 && chance.percent(30) ? [chance.pick(names)] : names;
  const permitted = changing.map((name): [string, CollectionSchema] => [
    name,
    { attributes: entryOf(schema.collections, name)?.attributes ?? {}, permissions: drawPermissions(chance, Object.keys(schema.roles)) },
  ]);
  return { ...schema, collections: { ...schema.collections, ...Object.fromEntries(permitted) } };
}

export function changeAttribute(schema: Schema, collection: string, name: string, change: Partial<SchemaAttribute>): Schema {
  const before = entryOf(entryOf(schema.collections, collection)?.attributes, name);
  return before === undefined ? schema : withAttribute(schema, collection, name, { ...before, ...change });
}

export function withAttribute(schema: Schema, collection: string, name: string, attribute: SchemaAttribute | undefined): Schema {
  const before = entryOf(schema.collections, collection);
  if (before === undefined) return schema;
  const { [name]: _, ...others } = before.attributes;
  const changed = attribute === undefined ? others : sorted({ ...others, [name]: attribute });
  return { ...schema, collections: { ...schema.collections, [collection]: { ...before, attributes: changed } } };
}
