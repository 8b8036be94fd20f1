/** Reads schemas: attributes, permissions and roles, permissions and roles in the order of their names, collections and attributes as written: their order is not hashed (C4). */
import type { Attribute, CollectionSchema, Permissions, RolePermissions, Rule, Schema } from '../../vocabulary/schemas.ts';
import {
  isObject,
  readChoice,
  readFlag,
  readList,
  readName,
  readObject,
  readTable,
  readTableAsWritten,
  readText,
  wrong,
} from './checks.ts';
import { readRuleFilter } from './queries.ts';

const types = ['string', 'number', 'boolean', 'date', 'set'] as const;
const itemTypes = ['string', 'number', 'boolean'] as const;
export const permittedOperations = ['read', 'insert', 'update', 'postUpdate', 'delete'] as const;

/** @throws {ScriptError} */
export function readSchema(value: unknown, path: string): Schema {
  const fields = readObject(value, path, ['collections', 'roles']);
  return {
    collections: readTableAsWritten(fields.collections, `${path}.collections`, readCollection),
    roles: readTable(fields.roles, `${path}.roles`, readRole),
  };
}

function readCollection(value: unknown, path: string): CollectionSchema {
  const fields = readObject(value, path, ['attributes', 'permissions']);
  const attributes = readTableAsWritten(fields.attributes, `${path}.attributes`, readAttribute);
  if (Object.hasOwn(attributes, 'id')) throw wrong(`${path}.attributes`, 'no id: every row has one');
  return { attributes, permissions: fields.permissions === null ? null : readPermissions(fields.permissions, `${path}.permissions`) };
}

function readAttribute(value: unknown, path: string): Attribute {
  const fields = readObject(value, path, ['type', 'items', 'nullable', 'optional', 'enum']);
  const type = readChoice(fields.type, `${path}.type`, types);
  return {
    type,
    items: readItems(type, fields.items, `${path}.items`),
    nullable: readFlag(fields.nullable, `${path}.nullable`),
    optional: readFlag(fields.optional, `${path}.optional`),
    enum: readEnumeration(type, fields.enum, `${path}.enum`),
  };
}

function readItems(type: Attribute['type'], value: unknown, path: string): Attribute['items'] {
  if (type === 'set') return readChoice(value, path, itemTypes);
  if (value !== null) throw wrong(path, 'null: only sets have items');
  return null;
}

function readEnumeration(type: Attribute['type'], value: unknown, path: string): Attribute['enum'] {
  if (value === null) return null;
  if (type !== 'string') throw wrong(path, 'null: only strings have an enumeration');
  const texts = readList(value, path, readText);
  if (new Set(texts).size < texts.length) throw wrong(path, 'a list without duplicates');
  return texts;
}

function readPermissions(value: unknown, path: string): Permissions {
  return readTable(value, path, readRolePermissions);
}

function readRolePermissions(value: unknown, path: string): RolePermissions {
  const fields = readObject(value, path, [], permittedOperations);
  const given = permittedOperations.filter((operation) => fields[operation] !== undefined);
  return Object.fromEntries(given.map((operation) => [operation, readRule(fields[operation], `${path}.${operation}`)]));
}

function readRule(value: unknown, path: string): Rule {
  const fields = readObject(value, path, [], ['filter']);
  return fields.filter === undefined ? {} : { filter: readList(fields.filter, `${path}.filter`, readRuleFilter) };
}

function readRole(value: unknown, path: string): Schema['roles'][string] {
  const fields = readObject(value, path, ['match']);
  if (!isObject(fields.match)) throw wrong(`${path}.match`, 'an object');
  for (const claim of Object.keys(fields.match)) readName(claim, `${path}.match`);
  return { match: fields.match };
}
