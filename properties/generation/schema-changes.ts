/** Schemas that follow on another one: compatible and not (C2), refused by the data or not (C3), permissions or roles alone. */

import { isCompatible } from '../../model/schema/difference.ts';
import type { Attribute, CollectionSchema, Permissions, Roles, Schema } from '../../vocabulary/schemas.ts';
import type { Cast } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Drawing } from './context.ts';
import { drawRoles } from './permissions.ts';
import { castSchema, changeAttribute, sorted, spareNames, withAttribute, withPermissions } from './schemas.ts';
import { rowsFit } from './state/access.ts';
import type { ClientForecast } from './state/state.ts';

type Edit = (chance: Chance, cast: Cast, schema: Schema) => Schema;

interface Place {
  readonly collection: string;
  readonly name: string;
  readonly attribute: Attribute;
}

function placesOf(schema: Schema, suits: (attribute: Attribute) => boolean): readonly Place[] {
  return Object.entries(schema.collections).flatMap(([collection, { attributes }]) =>
    Object.entries(attributes).flatMap(([name, attribute]) => (suits(attribute) ? [{ collection, name, attribute }] : [])),
  );
}

interface AttributeEdit {
  readonly of: (attribute: Attribute) => boolean;
  readonly to: (chance: Chance, cast: Cast, attribute: Attribute) => Partial<Attribute>;
}

/** Changes one attribute of those that suit; the same schema where none does. */
function edit({ of: suits, to: change }: AttributeEdit): Edit {
  return (chance, cast, schema) => {
    const places = placesOf(schema, suits);
    if (places.length === 0) return schema;
    const { collection, name, attribute } = chance.pick(places);
    return changeAttribute(schema, collection, name, change(chance, cast, attribute));
  };
}

const plain: Attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
const newAttributes: readonly Attribute[] = [
  plain,
  { ...plain, type: 'number' },
  { ...plain, type: 'boolean' },
  { ...plain, type: 'set', items: 'number' },
];

function adding(optional: boolean): Edit {
  return (chance, _, schema) => {
    const collections = Object.keys(schema.collections);
    if (collections.length === 0) return schema;
    const attribute = { ...chance.pick(newAttributes), optional, nullable: chance.percent(25) };
    return withAttribute(schema, chance.pick(collections), chance.pick(spareNames), attribute);
  };
}

const compatibleEdits: readonly Edit[] = [
  adding(true),
  adding(true),
  edit({ of: ({ enum: values }) => values !== null, to: widened }),
  edit({ of: ({ optional }) => !optional, to: () => ({ optional: true }) }),
  edit({ of: ({ nullable }) => !nullable, to: () => ({ nullable: true }) }),
  (_chance, _cast, schema) => ({
    ...schema,
    collections: sorted({ ...schema.collections, lists: { attributes: { title: plain }, permissions: null } }),
  }),
];

function widened(chance: Chance, _: Cast, { enum: values }: Attribute): Partial<Attribute> {
  return { enum: values === null || chance.percent(40) ? null : [...new Set([...values, 'zoe'])] };
}

const otherTypes = ['string', 'number', 'boolean', 'date'] as const;

const incompatibleEdits: readonly Edit[] = [
  adding(false),
  (chance, _, schema) => {
    const places = placesOf(schema, () => true);
    if (places.length === 0) return schema;
    const { collection, name } = chance.pick(places);
    return withAttribute(schema, collection, name, undefined);
  },
  (chance, _, schema) => {
    const names = Object.keys(schema.collections);
    if (names.length < 2) return schema;
    const { [chance.pick(names)]: _gone, ...collections } = schema.collections;
    return { ...schema, collections };
  },
  edit({
    of: () => true,
    to: (chance, _, { type }) => ({ type: chance.pick(otherTypes.filter((other) => other !== type)), items: null, enum: null }),
  }),
  edit({ of: ({ type }) => type === 'set', to: () => ({ items: 'number' }) }),
  edit({ of: ({ optional }) => optional, to: () => ({ optional: false }) }),
  edit({ of: ({ nullable }) => nullable, to: () => ({ nullable: false }) }),
  edit({
    of: ({ type }) => type === 'string',
    to: (_, cast, { enum: values }) => ({ enum: values === null ? [...cast.people] : values.slice(1) }),
  }),
];

export function compatibleChange(chance: Chance, cast: Cast, schema: Schema): Schema {
  return firstOf(chance, cast, schema, compatibleEdits, (changed) => changed !== schema && isCompatible(schema, changed));
}

/** One that the data allow, or do not, where such a one is found. */
export function incompatibleChange({ chance, cast, forecast }: Drawing, schema: Schema, accepted: boolean): Schema {
  return firstOf(
    chance,
    cast,
    schema,
    incompatibleEdits,
    (changed) => !isCompatible(schema, changed) && rowsFit(forecast, changed) === accepted,
  );
}

/** A guess is enough: after a few draws the last one it is. */
function firstOf(chance: Chance, cast: Cast, schema: Schema, edits: readonly Edit[], wanted: (changed: Schema) => boolean): Schema {
  let changed = schema;
  for (let tries = 0; tries < 6; tries += 1) {
    changed = chance.pick(edits)(chance, cast, schema);
    if (wanted(changed)) return changed;
  }
  return changed;
}

/** The schema that a push would begin from. */
export function schemaNow({ forecast }: Drawing): Schema {
  return forecast.schema ?? castSchema;
}

/** The schema now, with other permissions for todos. */
export function todosPermitted(drawing: Drawing, permissions: Permissions, roles: Roles = castSchema.roles): Schema {
  const { collections } = schemaNow(drawing);
  const attributes = (collections.todos ?? castSchema.collections.todos)?.attributes ?? {};
  return { collections: { ...collections, todos: { attributes, permissions } }, roles };
}

export function drawPushed(drawing: Drawing): Schema {
  const { chance, cast, forecast, profile } = drawing;
  const now = schemaNow(drawing);
  const broken = forecast.clients.flatMap(({ schema }) => (schema !== null && !isCompatible(schema, now) ? [schema] : []));
  const permitted = profile.families.includes('permissions');
  const byPermissions = permitted ? { permissions: 7, roles: 2 } : { permissions: 1, roles: 1 };
  switch (chance.word({ compatible: 6, incompatible: 6, ...byPermissions, same: 2, back: broken.length > 0 ? 10 : 1 })) {
    case 'compatible':
      return compatibleChange(chance, cast, now);
    case 'incompatible':
      return incompatibleChange(drawing, now, chance.percent(60));
    case 'permissions':
      return withPermissions(chance, now);
    case 'roles':
      return { ...now, roles: drawRoles(chance) };
    case 'same':
      return now;
    case 'back':
      return broken.length > 0 ? { ...chance.pick(broken), roles: now.roles } : castSchema;
  }
}

/** What a client begins again with: the server's, or what follows on its own. */
export function drawUpgraded(drawing: Drawing, client: ClientForecast): Schema | null {
  const { chance, cast } = drawing;
  const own = client.schema ?? schemaNow(drawing);
  switch (chance.word({ server: 4, compatible: 2, incompatible: 4, none: 1 })) {
    case 'server':
      return schemaNow(drawing);
    case 'compatible':
      return compatibleChange(chance, cast, own);
    case 'incompatible':
      return incompatibleChange(drawing, own, false);
    case 'none':
      return null;
  }
}

/**
 * Schemas for clients beside the server's: the very same, one that can live with it, or one that cannot (C4). Where
 * schemas are pushed more of the clients have one, often such that a push may break one and not the other.
 */
export function drawClientSchemas(chance: Chance, cast: Cast, schema: Schema, count: number, pushes: boolean): readonly (Schema | null)[] {
  const contrast =
    pushes && count > 1 && chance.percent(50) ? [unpermitted(chance, schema), unpermitted(chance, older(chance, schema))] : [];
  const others = Array.from({ length: count - contrast.length }, () => drawClientSchema(chance, cast, schema, pushes));
  const schemas = chance.shuffled([...contrast, ...others]);
  return count === 1 ? schemas : schemas.map((drawn) => (drawn !== null && chance.percent(30) ? rewritten(chance, drawn) : drawn));
}

/** Collections, attributes and values in another order: to all who hash it the same schema (C4). */
function rewritten(chance: Chance, { collections, roles }: Schema): Schema {
  const attributeOf = (attribute: Attribute): Attribute =>
    attribute.enum === null ? attribute : { ...attribute, enum: chance.shuffled(attribute.enum) };
  const collectionOf = ({ attributes, permissions }: CollectionSchema): CollectionSchema => ({
    attributes: rearranged(chance, attributes, attributeOf),
    permissions,
  });
  return { collections: rearranged(chance, collections, collectionOf), roles };
}

function rearranged<Item>(
  chance: Chance,
  table: Readonly<Record<string, Item>>,
  change: (item: Item) => Item,
): Readonly<Record<string, Item>> {
  return Object.fromEntries(chance.shuffled(Object.entries(table)).map(([name, item]) => [name, change(item)]));
}

function drawClientSchema(chance: Chance, cast: Cast, schema: Schema, pushes: boolean): Schema | null {
  const draw = chance.weighted<() => Schema | null>([
    [pushes ? 2 : 5, () => null],
    [4, () => unpermitted(chance, schema)],
    [pushes ? 3 : 2, () => unpermitted(chance, older(chance, schema))],
    [1, () => unpermitted(chance, chance.percent(70) ? compatibleChange(chance, cast, schema) : adding(true)(chance, cast, schema))],
  ]);
  return draw();
}

/** Lacks an optional attribute: the server never had it, and gets along with it. */
function older(chance: Chance, schema: Schema): Schema {
  const places = placesOf(schema, ({ optional }) => optional);
  const spare = places.filter(isSpare);
  if (places.length === 0) return schema;
  const { collection, name } = chance.pick(spare.length > 0 && chance.percent(80) ? spare : places);
  return withAttribute(schema, collection, name, undefined);
}

function isSpare({ name }: Place): boolean {
  return spareNames.some((spare) => spare === name);
}

/** A change that one client cannot live with, but the others and the data can, where there is one of an optional attribute. */
export function changeThatBreaks(drawing: Drawing, client: ClientForecast): Schema | undefined {
  const { chance, forecast } = drawing;
  const now = schemaNow(drawing);
  const others = forecast.clients.filter((other) => other !== client);
  const suits = (changed: Schema): boolean =>
    !isCompatible(client.schema, changed) && others.every(({ schema }) => isCompatible(schema, changed)) && rowsFit(forecast, changed);
  for (const place of chance.shuffled(placesOf(now, ({ optional }) => optional))) {
    const { collection, name, attribute } = place;
    const retyped = changeAttribute(now, collection, name, {
      type: attribute.type === 'number' ? 'string' : 'number',
      items: null,
      enum: null,
    });
    const without = withAttribute(now, collection, name, undefined);
    for (const changed of chance.shuffled([retyped, without])) if (suits(changed)) return changed;
  }
  return undefined;
}

/** Permissions are no matter of the client's, and not hashed. */
function unpermitted(chance: Chance, schema: Schema): Schema {
  if (chance.percent(40)) return schema;
  const collections = Object.entries(schema.collections).map(([name, { attributes }]) => [name, { attributes, permissions: null }]);
  return { ...schema, collections: Object.fromEntries(collections) };
}
