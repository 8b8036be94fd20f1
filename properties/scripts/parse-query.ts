/** Reads queries, rows and changes of a script. */
import type { Filter, FilterGroup, Operator, Ordering, Query, Row, Scalar, Statement, Value } from '../../model/query.ts';
import { isObject, join, readChoice, readList, readName, readObject, readValue, wrong } from './checks.ts';
import { isList } from './query-shape.ts';

export const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'nin', 'like', 'has', '!has', 'isDefined'];

export function readQuery(value: unknown, path: string): Query {
  const fields = readObject(value, path, ['collection', 'where', 'order']);
  return {
    collection: readName(fields.collection, `${path}.collection`),
    where: readList(fields.where, `${path}.where`, readFilter),
    order: readList(fields.order, `${path}.order`, readOrdering),
  };
}

function readFilter(value: unknown, path: string): Filter {
  return Array.isArray(value) ? readStatement(value, path) : readGroup(value, path);
}

function readGroup(value: unknown, path: string): FilterGroup {
  if (!isObject(value)) throw wrong(path, '[attribute, operator, value] or { mod, filters }');
  const fields = readObject(value, path, ['mod', 'filters']);
  return {
    mod: readChoice(fields.mod, `${path}.mod`, ['and', 'or']),
    filters: readList(fields.filters, `${path}.filters`, readFilter),
  };
}

function readStatement(value: readonly unknown[], path: string): Statement {
  if (value.length !== 3) throw wrong(path, '[attribute, operator, value]');
  const attribute = readName(value[0], `${path}[0]`);
  const operator = readChoice(value[1], `${path}[1]`, operators);
  const operand = readValue(value[2], `${path}[2]`);
  if ((operator === 'in' || operator === 'nin') && !Array.isArray(operand)) throw wrong(`${path}[2]`, 'a list');
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
