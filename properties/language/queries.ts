/** Reads queries, rows and changes of a script. */
import type { Cursor, Filter, FilterGroup, Operator, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import type { Row, Scalar, Value } from '../../vocabulary/values.ts';
import { isObject, join, readChoice, readList, readName, readObject, readScalar, readValue, readWhole, wrong } from './checks.ts';
import { isList } from './query-shape.ts';

export const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'nin', 'like', 'has', '!has', 'isDefined'];

export function readQuery(value: unknown, path: string): Query {
  const fields = readObject(value, path, ['collection', 'where', 'order'], ['limit', 'after']);
  const order = readList(fields.order, `${path}.order`, readOrdering);
  return {
    collection: readName(fields.collection, `${path}.collection`),
    where: readList(fields.where, `${path}.where`, readFilter),
    order,
    ...(fields.limit !== undefined && { limit: readWhole(fields.limit, `${path}.limit`, 0) }),
    ...(fields.after !== undefined && { after: readCursor(fields.after, `${path}.after`, order.length) }),
  };
}

function readCursor(value: unknown, path: string, length: number): Cursor {
  const fields = readObject(value, path, ['values', 'id']);
  const values = readList(fields.values, `${path}.values`, readScalar);
  if (values.length !== length) throw wrong(`${path}.values`, `a value for each attribute of the order (${length})`);
  return { values, id: readName(fields.id, `${path}.id`) };
}

function readFilter(value: unknown, path: string): Filter {
  return Array.isArray(value) ? readStatement(value, path, false) : readGroup(value, path, readFilter);
}

/** A filter of a permission: lists may be variables (P1). */
export function readRuleFilter(value: unknown, path: string): Filter {
  return Array.isArray(value) ? readStatement(value, path, true) : readGroup(value, path, readRuleFilter);
}

function readGroup(value: unknown, path: string, read: (value: unknown, path: string) => Filter): FilterGroup {
  if (!isObject(value)) throw wrong(path, '[attribute, operator, value] or { mod, filters }');
  const fields = readObject(value, path, ['mod', 'filters']);
  return {
    mod: readChoice(fields.mod, `${path}.mod`, ['and', 'or']),
    filters: readList(fields.filters, `${path}.filters`, read),
  };
}

function readStatement(value: readonly unknown[], path: string, variables: boolean): Statement {
  if (value.length !== 3) throw wrong(path, '[attribute, operator, value]');
  const attribute = readName(value[0], `${path}[0]`);
  const operator = readChoice(value[1], `${path}[1]`, operators);
  const operand = readValue(value[2], `${path}[2]`);
  const isVariable = variables && typeof operand === 'string' && /^\$(role|token)\../.test(operand);
  if ((operator === 'in' || operator === 'nin') && !Array.isArray(operand) && !isVariable) throw wrong(`${path}[2]`, 'a list');
  if (operator === 'isDefined' && typeof operand !== 'boolean') throw wrong(`${path}[2]`, 'true or false');
  return [attribute, operator, operand];
}

function readOrdering(value: unknown, path: string): Ordering {
  if (!Array.isArray(value) || value.length !== 2) throw wrong(path, '[attribute, direction]');
  return [readName(value[0], `${path}[0]`), readChoice(value[1], `${path}[1]`, ['ASC', 'DESC'])];
}

/** Attributes come back in one order (`id`, then by code unit), so that equal rows read equal. */
export function readRow(value: unknown, path: string): Row {
  if (!isObject(value)) throw wrong(path, 'an object');
  const id = readName(value.id, join(path, 'id'));
  const { id: _, ...attributes } = readAttributes(value, path);
  return { id, ...attributes };
}

export function readAttributes(value: unknown, path: string): Readonly<Record<string, Value>> {
  if (!isObject(value)) throw wrong(path, 'an object');
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, readStored(value[name], join(path, name))]));
}

function readStored(value: unknown, path: string): Value {
  const stored = readValue(value, path);
  if (isList(stored) && !isSet(stored)) throw wrong(path, 'a sorted list without duplicates (a set)');
  return stored;
}

function isSet(members: readonly Scalar[]): boolean {
  return members.every((member, index) => {
    const before = index === 0 ? undefined : members[index - 1];
    return before === undefined || (before !== null && member !== null && typeof before === typeof member && before < member);
  });
}
