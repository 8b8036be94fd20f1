/**
 * What of a query the published packages have words for: operators by the type of their attribute, as the documentation
 * of `where` lists them. A query whose filters are of other shapes is rejected there at once, and tells nothing more.
 *
 * What `<`, `<=` and `isDefined` make of a value that is null or missing is not documented, and is otherwise there: a query
 * excludes it before it compares.
 */
import type { Filter, Query } from '../../../vocabulary/queries.ts';
import type { Value } from '../../../vocabulary/values.ts';
import { attributesOf } from '../../generation/cast.ts';

const comparable = ['=', '!=', '<', '<=', '>', '>=', 'isDefined'];
const listed = [...comparable, 'in', 'nin'];
const operators: Readonly<Record<string, readonly string[]>> = {
  text: [...listed, 'like'],
  person: [...listed, 'like'],
  date: [...listed, 'like'],
  priority: listed,
  estimate: listed,
  flag: ['=', '!=', 'isDefined'],
  set: ['has', '!has', 'isDefined'],
};

export function isAskable({ collection, where, order, after }: Query): boolean {
  const kinds = kindsOf(collection);
  return (
    after === undefined &&
    where.every((filter) => isAskableFilter(collection, filter)) &&
    order.every(([attribute]) => ![undefined, 'set'].includes(kinds.get(attribute)))
  );
}

/** In a query or a permission. A variable is a text, which lists are not. */
export function isAskableFilter(collection: string, filter: Filter): boolean {
  if ('mod' in filter) return filter.filters.length > 0 && filter.filters.every((member) => isAskableFilter(collection, member));
  const [attribute, operator, value] = filter;
  const kind = kindsOf(collection).get(attribute);
  if (kind === undefined || !(operators[kind] ?? []).includes(operator)) return false;
  const isNullable = attributesOf(collection).some(({ name, nullable }) => name === attribute && nullable);
  if (operator === 'isDefined') return typeof value === 'boolean' && !isNullable;
  return isFitValue(kind, operator, value) || (value === null && operator === '!=' && mayLack(collection, attribute));
}

function kindsOf(collection: string): ReadonlyMap<string, string> {
  return new Map([['id', 'text'], ...attributesOf(collection).map(({ name, kind }) => [name, kind] as const)]);
}

/** The same query, with what it compares known to have a value; one that is so already stays as it is. */
export function comparingValues(query: Query): Query {
  const guarded = (among: readonly Filter[]): readonly Filter[] => among.map((filter) => guard(filter, among));
  const guard = (filter: Filter, among: readonly Filter[]): Filter => {
    if ('mod' in filter)
      return { ...filter, filters: filter.mod === 'and' ? guarded(filter.filters) : filter.filters.map((inner) => guard(inner, [])) };
    const [attribute, operator] = filter;
    if ((operator !== '<' && operator !== '<=') || !mayLack(query.collection, attribute)) return filter;
    return among.some((other) => isGuard(other, attribute)) ? filter : { mod: 'and', filters: [[attribute, '!=', null], filter] };
  };
  return { ...query, where: guarded(query.where) };
}

function isGuard(filter: Filter, attribute: string): boolean {
  return !('mod' in filter) && filter[0] === attribute && filter[1] === '!=' && filter[2] === null;
}

/** Whether a row may have no value there. */
function mayLack(collection: string, attribute: string): boolean {
  return attributesOf(collection).some(({ name, nullable, optional }) => name === attribute && (nullable || optional));
}

/** Null is a value of attributes that may be null, and of no list. */
function isFitValue(kind: string, operator: string, value: Value): boolean {
  if (operator === 'in' || operator === 'nin') return Array.isArray(value) && value.every((member) => isOfKind(kind, member));
  return isOfKind(kind, value);
}

function isOfKind(kind: string, value: Value): boolean {
  switch (kind) {
    case 'priority':
    case 'estimate':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}
