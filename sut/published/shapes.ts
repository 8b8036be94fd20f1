/** Queries, rows and schemas, as this project writes them and as the published packages do. */
import type { Filter, Query } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { Roles, Row } from '../system.ts';

export function queryOf({ collection, where, order, limit }: Query): object {
  return {
    collectionName: collection,
    ...(where.length > 0 && { where: where.map(filterOf) }),
    ...(order.length > 0 && { order: order.map(([attribute, direction]) => [attribute, direction]) }),
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

/** Roles are part of a schema there: without collections they stand in an empty one. */
export function schemaOptionsOf(schema: PlainSchema | undefined, roles: Roles | undefined): object {
  if (schema === undefined && roles === undefined) return {};
  return { schema: {}, roles: schema?.roles ?? roles };
}
