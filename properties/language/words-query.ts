/** Queries, filters and values in readable words. */
import type { Filter, Operator, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import type { Value } from '../../vocabulary/values.ts';
import { isGroup, isList } from './query-shape.ts';

/** `todos where done = true or (priority > 3 and assignee = "ann"), ordered by priority desc` */
export function sayQuery(query: Query): string {
  const where = query.where.length === 0 ? '' : ` where ${sayAll(query.where)}`;
  const order = query.order.length === 0 ? '' : `, ordered by ${query.order.map(sayOrdering).join(', ')}`;
  const after = query.after === undefined ? '' : `, after ${[...query.after.values, query.after.id].map(sayValue).join(' ')}`;
  const limit = query.limit === undefined ? '' : `, at most ${query.limit}`;
  return `${query.collection}${where}${order}${after}${limit}`;
}

/** As it was given, spelling included. */
export function sayQueryExactly({ collection, where, order, after, limit }: Query): string {
  const parts = [
    collection,
    ...(where.length === 0 ? [] : [`where ${JSON.stringify(where)}`]),
    ...(order.length === 0 ? [] : [`order ${JSON.stringify(order)}`]),
    ...(after === undefined ? [] : [`after ${JSON.stringify(after)}`]),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
  ];
  return parts.join(' ');
}

export function sayAll(filters: readonly Filter[]): string {
  const [only] = filters;
  return filters.length === 1 && only !== undefined ? sayFilter(only) : filters.map(sayMember).join(' and ');
}

function sayOrdering([attribute, direction]: Ordering): string {
  return direction === 'ASC' ? attribute : `${attribute} desc`;
}

/** A group of fewer than two members shows its word (`and(done = true)`, `or()`), since the spelling is what is tested. */
export function sayFilter(filter: Filter): string {
  if (!isGroup(filter)) return sayStatement(filter);
  if (filter.filters.length < 2) return `${filter.mod}(${filter.filters.map(sayFilter).join('')})`;
  return filter.filters.map(sayMember).join(` ${filter.mod} `);
}

function sayMember(filter: Filter): string {
  return !isGroup(filter) || filter.filters.length < 2 ? sayFilter(filter) : `(${sayFilter(filter)})`;
}

function sayStatement([attribute, operator, value]: Statement): string {
  if (operator === 'isDefined') return `${attribute} is ${value === true ? 'defined' : 'not defined'}`;
  return `${attribute} ${sayOperator(operator)} ${sayValue(value)}`;
}

function sayOperator(operator: Operator): string {
  if (operator === 'nin') return 'not in';
  return operator === '!has' ? 'has not' : operator;
}

function sayValue(value: Value): string {
  return isList(value) ? `[${value.map((member) => JSON.stringify(member)).join(', ')}]` : JSON.stringify(value);
}

/** `text "Buy milk", done false`; an empty text where there is nothing. */
export function sayAttributes(attributes: Readonly<Record<string, Value>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name} ${sayValue(value)}`)
    .join(', ');
}
