/** Queries, rows and schemas, as this project writes them and as the published packages do. */

import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Attribute, Permissions, Roles, Rule } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import type { PlainSchema } from '../schema/types.ts';

export function queryOf({ collection, where, order, limit }: Query): object {
  return {
    collectionName: collection,
    ...(where.length > 0 && { where: where.map(filterOf) }),
    // Ties are left open there: they are asked for as they fall here.
    order: [...order.map(([attribute, direction]) => [attribute, direction]), ['id', 'ASC']],
    ...(limit !== undefined && { limit }),
  };
}

function filterOf(filter: Filter): unknown {
  if ('mod' in filter) return { mod: filter.mod, filters: filter.filters.map(filterOf) };
  return [...filter];
}

export function rowsOf(rows: unknown): readonly Row[] {
  if (!Array.isArray(rows)) throw new TypeError('results are a list of rows');
  return rows.map(rowOf);
}

function rowOf(row: unknown): Row {
  if (typeof row !== 'object' || row === null || !('id' in row) || typeof row.id !== 'string') throw new TypeError('a row has an id');
  const { id } = row;
  const attributes = Object.entries(row).map(([name, value]): [string, Row[string]] => [name, plainValueOf(value)]);
  return { ...Object.fromEntries(attributes), id };
}

/** Sets travel as sorted lists here, dates as texts. */
function plainValueOf(value: unknown): Row[string] {
  if (value instanceof Set) return [...value].map(scalarOf).sort();
  return scalarOf(value);
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`a value of which nothing is known: ${String(value)}`);
}

/** A row as the packages take it: sets are `Set`s. */
export function writableOf(attributes: Readonly<Record<string, Value>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, isList(value) ? new Set(value) : value]));
}

function isList(value: Value): value is Extract<Value, readonly unknown[]> {
  return typeof value === 'object' && value !== null;
}

export interface SchemaOptions {
  readonly schema?: object;
  readonly roles?: Roles | undefined;
}

/** Roles are part of a schema there, and sets need one: where a run has none, a schema of all that rows may hold stands in. */
export function schemaOptionsOf(schema: PlainSchema, roles: Roles | undefined): SchemaOptions {
  const collections = Object.entries(schema.collections).map(([name, { attributes, permissions }]) => [
    name,
    { schema: recordOf(attributes), ...(permissions !== null && { permissions: permissionsOf(permissions) }) },
  ]);
  return { schema: Object.fromEntries(collections), roles };
}

const operations = ['read', 'insert', 'update', 'postUpdate', 'delete'] as const;

function permissionsOf(permissions: Permissions): object {
  const roles = Object.entries(permissions).map(([role, own]) => [
    role,
    Object.fromEntries(operations.flatMap((operation) => (own[operation] === undefined ? [] : [[operation, ruleOf(own[operation])]]))),
  ]);
  return Object.fromEntries(roles);
}

/** A list without filters denies there; what allows says so. */
function ruleOf({ filter }: Rule): object {
  if (filter === undefined) return {};
  return { filter: filter.length === 0 ? [true] : filter.map(filterOf) };
}

function recordOf(attributes: Readonly<Record<string, Attribute>>): object {
  const properties = Object.entries(attributes).map(([name, attribute]) => [name, typeOf(attribute)]);
  const id = { type: 'string', config: { nullable: false } };
  return { type: 'record', config: {}, properties: { id, ...Object.fromEntries(properties) } };
}

/** Dates are texts here and there: as ISO 8601 they order alike. */
function typeOf({ type, items, nullable, optional, enum: allowed }: Attribute): object {
  const config = { ...(nullable && { nullable }), ...(optional && { optional }), ...(allowed !== null && { enum: allowed }) };
  if (type === 'set') return { type, items: { type: items, config: {} }, config };
  return { type: type === 'date' ? 'string' : type, config };
}
