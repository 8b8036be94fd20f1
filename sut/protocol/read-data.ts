/**
 * Reading rows and queries out of untrusted JSON. What has the right shape is handed on as it is, not copied: it came
 * fresh from the parser and belongs to nobody else.
 */

import type { Cursor, Filter, FilterGroup, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import { fitsOperator, isOperator, isScalar, isValue, sayOperand } from '../query/operand.ts';
import type { StoredRow } from '../query/types.ts';
import { isSet } from '../query/value.ts';
import { named } from './quoted.ts';
import { fail, fields, isFields, list, nameOf, nonEmptyText, text, wholeNumber } from './shape.ts';

/** How deep filters may nest. Deeper than anyone writes by hand, shallow enough for recursion to be safe. */
export const filterDepthLimit = 200;

function isAttributes(value: unknown): value is Attributes {
  if (!isFields(value)) return false;
  for (const name in value) if (!isValue(value[name])) return false;
  return true;
}

export function readAttributes(value: unknown, where: string): Attributes {
  return isAttributes(value) ? value : fail(`${where} must be an object of strings, finite numbers, booleans, nulls or lists of those`);
}

export function readStoredRow(value: unknown, where: string): StoredRow {
  const row = fields(value, where);
  const attributes = readAttributes(row.attributes, `${where}.attributes`);
  nonEmptyText(attributes.id, `${where}.attributes.id`);
  return { generation: nonEmptyText(row.generation, `${where}.generation`), attributes };
}

/** What the reading of a filter depends on. */
export interface FilterContext {
  /** How deep this filter is nested, from 1. */
  readonly depth: number;
  /** Whether a value stands for another one that is not known yet, so that the operator cannot be held to it. */
  readonly standsForAny: (value: Value) => boolean;
}

function kindOf(value: Value): string {
  if (value === null) return 'null';
  return isSet(value) ? 'a list' : `a ${typeof value}`;
}

function readStatement(parts: readonly unknown[], where: string, { standsForAny }: FilterContext): Statement {
  const [given, operator, value] = parts;
  if (parts.length !== 3) return fail(`${where}: a statement is [attribute, operator, value]`);
  const attribute = text(given, `${where}: an attribute`);
  if (!isOperator(operator)) return fail(`${where}: unknown operator ${nameOf(operator)}`);
  if (!isValue(value)) return fail(`${where}: a value must be a string, a finite number, a boolean, null or a list of those`);
  if (standsForAny(value) || fitsOperator(operator, value)) return [attribute, operator, value];
  return fail(`${where}, ${named(attribute)}: ${sayOperand(operator)}, not ${kindOf(value)}`);
}

export function readFilter(value: unknown, where: string, context: FilterContext): Filter {
  if (context.depth > filterDepthLimit) return fail(`${where}: filters nest deeper than ${filterDepthLimit}`);
  if (Array.isArray(value)) return readStatement(value, where, context);
  const group = fields(value, where);
  const mod: FilterGroup['mod'] = group.mod === 'and' || group.mod === 'or' ? group.mod : fail(`${where}: a group's mod is "and" or "or"`);
  const inner: FilterContext = { ...context, depth: context.depth + 1 };
  // Said once, however deep: a message does not grow with what is wrong.
  const place = where.endsWith('.filters') ? where : `${where}.filters`;
  return { mod, filters: list(group.filters, place, (filter) => readFilter(filter, place, inner)) };
}

/** In a query's own clauses a text is just a text (P1). */
const inQuery: FilterContext = { depth: 1, standsForAny: () => false };

export function readClause(value: unknown, where: string): Filter {
  return readFilter(value, where, inQuery);
}

function readOrdering(value: unknown, where: string): Ordering {
  if (!Array.isArray(value) || value.length !== 2) return fail(`${where}: an ordering is [attribute, "ASC" or "DESC"]`);
  const [attribute, direction]: readonly unknown[] = value;
  if (direction !== 'ASC' && direction !== 'DESC') return fail(`${where}: a direction is "ASC" or "DESC"`);
  return [text(attribute, `${where}: an attribute`), direction];
}

/** One value for each attribute of the order (Q2). */
function readCursor(value: unknown, order: readonly Ordering[], where: string): Cursor {
  const cursor = fields(value, where);
  const values = list(cursor.values, `${where}.values`, (held, place) =>
    isScalar(held) ? held : fail(`${place} must be no list or object`),
  );
  if (values.length !== order.length) return fail(`${where}.values must hold one value for each attribute of the order`);
  return { values, id: text(cursor.id, `${where}.id`) };
}

export function readQuery(value: unknown, where: string): Query {
  const query = fields(value, where);
  const order = list(query.order, `${where}.order`, readOrdering);
  return {
    collection: nonEmptyText(query.collection, `${where}.collection`),
    where: list(query.where, `${where}.where`, readClause),
    order,
    ...(query.limit === undefined ? {} : { limit: wholeNumber(query.limit, 0, `${where}.limit`) }),
    ...(query.after === undefined ? {} : { after: readCursor(query.after, order, `${where}.after`) }),
  };
}
