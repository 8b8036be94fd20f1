/**
 * Reading a schema out of untrusted JSON: the frames of clients, the log, the options of a user. What comes out is built
 * anew and shares nothing with what went in, so that nobody who holds the one can change the other (C1).
 */

import type { Filter } from '../../vocabulary/queries.ts';
import type { Attribute, CollectionSchema, Permissions, RolePermissions, Roles, Rule } from '../../vocabulary/schemas.ts';
import { named, quoted } from '../protocol/quoted.ts';
import { readFilter } from '../protocol/read-data.ts';
import { type Fields, fail, fields, list, text } from '../protocol/shape.ts';
import { isStatement } from '../query/statement.ts';
import type { PlainSchema } from './types.ts';
import { variableIn } from './variables.ts';

/** How deep the pattern of a role may nest. */
const patternDepthLimit = 50;

/** Every entry read, under names that mean nothing to the language (`__proto__` is a name like any other). */
function readRecord<Held>(value: unknown, where: string, read: (held: unknown, where: string) => Held): Readonly<Record<string, Held>> {
  const entries = Object.entries(fields(value, where));
  return Object.fromEntries(entries.map(([name, held]) => [name, read(held, `${where}.${named(name)}`)]));
}

function bool(value: unknown, where: string): boolean {
  return typeof value === 'boolean' ? value : fail(`${where} must be true or false`);
}

function readType(value: unknown, where: string): Attribute['type'] {
  switch (value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'date':
    case 'set':
      return value;
    default:
      return fail(`${where} must be "string", "number", "boolean", "date" or "set"`);
  }
}

function readItems(value: unknown, type: Attribute['type'], where: string): Attribute['items'] {
  if (type !== 'set') return value === null ? null : fail(`${where} must be null: only a set has items`);
  return value === 'string' || value === 'number' || value === 'boolean' ? value : fail(`${where} must be "string", "number" or "boolean"`);
}

function readEnum(value: unknown, type: Attribute['type'], where: string): Attribute['enum'] {
  if (value === null) return null;
  return type === 'string' ? list(value, where, text) : fail(`${where} must be null: only a string has an enumeration`);
}

function readAttribute(value: unknown, where: string): Attribute {
  const attribute = fields(value, where);
  const type = readType(attribute.type, `${where}.type`);
  return {
    type,
    items: readItems(attribute.items, type, `${where}.items`),
    nullable: bool(attribute.nullable, `${where}.nullable`),
    optional: bool(attribute.optional, `${where}.optional`),
    enum: readEnum(attribute.enum, type, `${where}.enum`),
  };
}

function readAttributes(value: unknown, where: string): CollectionSchema['attributes'] {
  const attributes = readRecord(value, where, readAttribute);
  return Object.hasOwn(attributes, 'id') ? fail(`${where}.id: every row has an id, so it is not listed`) : attributes;
}

/** A filter of permissions: where a query has a value, it may have a variable (P1). */
function readClause(value: unknown, where: string): Filter {
  return copyFilter(readFilter(value, where, { depth: 1, standsForAny: (operand) => variableIn(operand) !== undefined }));
}

/** A list that is a value is shared by nobody either. */
function copyFilter(filter: Filter): Filter {
  if (!isStatement(filter)) return { mod: filter.mod, filters: filter.filters.map(copyFilter) };
  const [attribute, operator, value] = filter;
  return [attribute, operator, typeof value === 'object' && value !== null ? [...value] : value];
}

/** A rule without its filter denies, so a filter misspelt is refused. */
function readRule(value: unknown, where: string): Rule {
  const { filter, ...others } = fields(value, where);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return fail(`${where}: a rule has a filter, not ${quoted(unknown)}`);
  return filter === undefined ? {} : { filter: list(filter, `${where}.filter`, readClause) };
}

const operations = ['read', 'insert', 'update', 'postUpdate', 'delete'] as const satisfies readonly (keyof RolePermissions)[];

/** An operation misspelt would deny in silence, so it is refused. */
function readRolePermissions(value: unknown, where: string): RolePermissions {
  const given: Fields = fields(value, where);
  const unknown = Object.keys(given).find((name) => !operations.some((operation) => operation === name));
  if (unknown !== undefined) return fail(`${where}: there is no operation ${quoted(unknown)}`);
  const present = operations.filter((operation) => given[operation] !== undefined);
  return Object.fromEntries(present.map((operation) => [operation, readRule(given[operation], `${where}.${operation}`)]));
}

function readPermissions(value: unknown, where: string): Permissions | null {
  return value === null ? null : readRecord(value, where, readRolePermissions);
}

function readCollection(value: unknown, where: string): CollectionSchema {
  const collection = fields(value, where);
  return {
    attributes: readAttributes(collection.attributes, `${where}.attributes`),
    permissions: readPermissions(collection.permissions, `${where}.permissions`),
  };
}

/** Plain JSON of any shape: what claims can be. */
function readPattern(value: unknown, where: string, depth: number): unknown {
  if (depth > patternDepthLimit) return fail(`${where}: patterns nest deeper than ${patternDepthLimit}`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : fail(`${where} must be a finite number`);
  if (Array.isArray(value)) return list(value, where, (part, place) => readPattern(part, place, depth + 1));
  return readRecord(value, where, (part, place) => readPattern(part, place, depth + 1));
}

function readRoles(value: unknown, where: string): Roles {
  return readRecord(value, where, (role, place) => ({
    match: readRecord(fields(role, place).match, `${place}.match`, (pattern, spot) => readPattern(pattern, spot, 1)),
  }));
}

/** Throws a ProtocolError that names the place, beginning with `where`. Fields that a schema does not have are left out. */
export function readSchema(value: unknown, where: string): PlainSchema {
  const schema = fields(value, where);
  return {
    collections: readRecord(schema.collections, `${where}.collections`, readCollection),
    roles: readRoles(schema.roles, `${where}.roles`),
  };
}

/** The same schema, sharing nothing with what was given (C1). Throws a ProtocolError where it is none. */
export function copySchema(schema: PlainSchema): PlainSchema {
  return readSchema(schema, 'schema');
}
