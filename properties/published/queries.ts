/**
 * What of a query the published packages have words for: operators by the type of their attribute, as the documentation
 * of `where` lists them. A query whose filters are of other shapes is rejected there at once, and tells nothing more.
 */
import type { Filter, Query, Value } from '../../model/query.ts';
import { attributesOf } from '../scripts/draws/cast.ts';

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
  const kinds = new Map<string, string>([['id', 'text'], ...attributesOf(collection).map(({ name, kind }) => [name, kind] as const)]);
  const isFit = (filter: Filter): boolean => {
    if ('mod' in filter) return filter.filters.length > 0 && filter.filters.every(isFit);
    const [attribute, operator, value] = filter;
    const kind = kinds.get(attribute);
    return kind !== undefined && (operators[kind] ?? []).includes(operator) && isFitValue(kind, operator, value);
  };
  return after === undefined && where.every(isFit) && order.every(([attribute]) => isOrdered(kinds.get(attribute)));
}

function isOrdered(kind: string | undefined): boolean {
  return kind !== undefined && kind !== 'set';
}

/** Null is a value of attributes that may be null, and of no list. */
function isFitValue(kind: string, operator: string, value: Value): boolean {
  if (operator === 'isDefined') return typeof value === 'boolean';
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
