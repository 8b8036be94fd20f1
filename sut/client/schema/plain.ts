/** A schema of the API as plain data, which is how it is hashed, sent and stored (C4), and back. */
import type { Attribute, CollectionSchema, RolePermissions, Roles, Rule } from '../../../vocabulary/schemas.ts';
import { asSchema, InvalidSchemaError } from '../../schema/invalid-schema-error.ts';
import { copySchema } from '../../schema/read-schema.ts';
import type { PlainSchema } from '../../schema/types.ts';
import { InvalidValueError } from '../errors.ts';
import { plainFilter } from '../query-builder.ts';
import type { CollectionDefinition, Collections, RoleDefinition, RuleDefinition } from './collections.ts';
import type { Definition } from './definition.ts';

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function plainAttribute({ kind, items, nullable, optional, enum: texts }: Definition): Attribute {
  return { type: kind === 'id' ? 'string' : kind, items: items ?? null, nullable, optional, enum: texts ?? null };
}

/** Here as with roles, what does not belong there stays, to be refused by name. */
function plainRule(rule: RuleDefinition | undefined): Rule | undefined {
  return rule === undefined ? undefined : { ...rule, filter: rule.filter?.map(plainFilter) };
}

/** What is not one of the operations stays, to be refused by name. */
function plainRole(role: RoleDefinition): RolePermissions {
  return {
    ...role,
    read: plainRule(role.read),
    insert: plainRule(role.insert),
    update: plainRule(role.update),
    postUpdate: plainRule(role.postUpdate),
    delete: plainRule(role.delete),
  };
}

function plainCollection({ schema, permissions }: CollectionDefinition): CollectionSchema {
  const { id: _everyRowHasOne, ...attributes } = schema;
  return {
    attributes: mapValues(attributes, plainAttribute),
    permissions: permissions === undefined ? null : mapValues(permissions, plainRole),
  };
}

/** Shares nothing with what is given (C1). @throws InvalidSchemaError that names the place */
export function plainSchema(collections: Collections, roles: Roles | undefined): PlainSchema {
  try {
    return asSchema(() => copySchema({ collections: mapValues(collections, plainCollection), roles: roles ?? {} }));
  } catch (error) {
    throw error instanceof InvalidValueError ? new InvalidSchemaError(error.message) : error;
  }
}

function definitionOf({ type, items, nullable, optional, enum: texts }: Attribute): Definition {
  const more = { ...(items === null ? {} : { items }), ...(texts === null ? {} : { enum: texts }) };
  return { kind: type, nullable, optional, default: undefined, ...more };
}

/** What was read as a schema holds no other permissions (Q1). */
function requireRules(
  schema: PlainSchema,
): asserts schema is PlainSchema & { readonly collections: Readonly<Record<string, LawfulCollection>> } {
  asSchema(() => copySchema(schema));
}
type LawfulCollection = CollectionSchema & { readonly permissions: NonNullable<CollectionDefinition['permissions']> | null };

/** What `plainSchema` turns into the same again, but for the roles: they stand beside a schema of the API. @throws InvalidSchemaError */
export function collectionsOf(schema: PlainSchema): Collections {
  requireRules(schema);
  const id: Definition = { kind: 'id', nullable: false, optional: false, default: undefined };
  return mapValues(schema.collections, ({ attributes, permissions }) => ({
    schema: { id, ...mapValues(attributes, definitionOf) },
    ...(permissions === null ? {} : { permissions }),
  }));
}
