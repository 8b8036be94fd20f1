/** Plainer schemas: fewer collections, attributes and roles, permissions that say less. */

import { entryOf } from '../../model/entry-of.ts';
import type { Attribute, CollectionSchema, Permissions, Rule, Schema } from '../../vocabulary/schemas.ts';
import { plainerLists } from './plainer-queries.ts';

export function* plainerSchemas(schema: Schema): Generator<Schema> {
  yield opened(schema);
  for (const name of Object.keys(schema.collections)) yield withoutCollection(schema, name);
  for (const role of Object.keys(schema.roles)) yield { ...schema, roles: without(schema.roles, role) };
  for (const [name, collection] of Object.entries(schema.collections)) {
    for (const plainer of plainerCollections(collection)) yield changedCollection(schema, name, () => plainer);
  }
  for (const [role, { match }] of Object.entries(schema.roles)) {
    for (const claim of Object.keys(match)) yield { ...schema, roles: { ...schema.roles, [role]: { match: without(match, claim) } } };
  }
}

function* plainerCollections(collection: CollectionSchema): Generator<CollectionSchema> {
  const { attributes, permissions } = collection;
  if (permissions !== null) {
    yield { attributes, permissions: null };
    for (const plainer of plainerPermissions(permissions)) yield { attributes, permissions: plainer };
  }
  if (Object.keys(attributes).length > 1) yield { attributes: {}, permissions };
  for (const name of Object.keys(attributes)) yield { attributes: without(attributes, name), permissions };
  for (const [name, attribute] of Object.entries(attributes)) {
    for (const plainer of plainerAttribute(attribute)) yield { attributes: { ...attributes, [name]: plainer }, permissions };
  }
}

function* plainerAttribute(attribute: Attribute): Generator<Attribute> {
  if (attribute.enum !== null) {
    yield { ...attribute, enum: null };
    for (const value of attribute.enum) yield { ...attribute, enum: attribute.enum.filter((other) => other !== value) };
  }
  if (attribute.type !== 'string') yield { ...attribute, type: 'string', items: null };
  if (attribute.optional) yield { ...attribute, optional: false };
  if (attribute.nullable) yield { ...attribute, nullable: false };
}

function* plainerPermissions(permissions: Permissions): Generator<Permissions> {
  const roles = Object.keys(permissions);
  if (roles.length > 1) yield {};
  for (const role of roles) yield without(permissions, role);
  for (const [role, own] of Object.entries(permissions)) {
    const rules: Readonly<Record<string, Rule | undefined>> = { ...own };
    for (const operation of Object.keys(rules)) yield { ...permissions, [role]: without(rules, operation) };
    for (const [operation, rule] of Object.entries(rules)) {
      for (const plainer of plainerRules(rule)) yield { ...permissions, [role]: { ...rules, [operation]: plainer } };
    }
  }
}

function* plainerRules(rule: Rule | undefined): Generator<Rule> {
  if (rule?.filter === undefined) return;
  if (rule.filter.length > 0) yield { filter: [] };
  for (const filter of plainerLists(rule.filter)) yield { filter };
}

export function opened(schema: Schema): Schema {
  const collections = Object.entries(schema.collections).map(([name, collection]) => [name, { ...collection, permissions: null }]);
  return { ...schema, collections: Object.fromEntries(collections) };
}

export function withoutCollection(schema: Schema, collection: string): Schema {
  return { ...schema, collections: without(schema.collections, collection) };
}

export function changedCollection(schema: Schema, name: string, change: (collection: CollectionSchema) => CollectionSchema): Schema {
  const collection = entryOf(schema.collections, name);
  return collection === undefined ? schema : { ...schema, collections: { ...schema.collections, [name]: change(collection) } };
}

export function without<Item>(table: Readonly<Record<string, Item>>, key: string): Readonly<Record<string, Item>> {
  const { [key]: _, ...others } = table;
  return others;
}
