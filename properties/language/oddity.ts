/** How far the parts of a script are from the plainest of their kind: shrinking goes downwards. */
import type { TransactionOperation } from '../../model/index.ts';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Value } from '../../vocabulary/values.ts';
import { sum } from './lists.ts';
import { operators } from './queries.ts';
import { isGroup } from './query-shape.ts';
import { flaws, type RefreshSpec, type TokenSpec } from './tokens.ts';

export function oddityOfOperation(operation: TransactionOperation): number {
  if (operation.do === 'delete') return 0;
  return sum(Object.values(operation.do === 'insert' ? operation.row : operation.changes), oddityOfValue);
}

/** Of required attributes that are texts, and open to all, is the plain one. */
export function oddityOfSchema(schema: Schema | null | undefined): number {
  const collections = Object.values(schema?.collections ?? {});
  const attributes = collections.flatMap((collection) => Object.values(collection.attributes));
  const ofAttributes = sum(attributes, ({ type, nullable, optional }) => Number(type !== 'string') + Number(nullable) + Number(optional));
  return ofAttributes + sum(collections, ({ permissions }) => (permissions === null ? 0 : 1));
}

/** A sound token of ann's that never expires is the plain one. */
export function oddityOfToken(token: TokenSpec): number {
  if (token.kind === 'current') return 0;
  const claims = Number(token.user !== 'ann') + Number(token.role !== 'member') + Number(token.plan !== 'free');
  return (
    claims +
    Number(token.secret === true) +
    Number(token.lifetimeMs !== null) +
    Number(token.validFromMs !== null) +
    Math.min(2, flaws.indexOf(token.flaw))
  );
}

const answerOddity = { token: 0, null: 1, throw: 2 } as const;

export function oddityOfRefresh(refresh: RefreshSpec): number {
  const ofAnswer = (answer: RefreshSpec['answers'][number]): number =>
    answerOddity[answer.answer] + (answer.answer === 'token' ? oddityOfToken(answer.token) : 0);
  return Number(refresh.intervalMs !== null) + sum(refresh.answers, ofAnswer);
}

export function oddityOfQuery(query: Query): number {
  const ofFilters = sum(filtersOf(query), (filter) => (isGroup(filter) ? 0 : operators.indexOf(filter[1]) + oddityOfValue(filter[2])));
  return ofFilters + sum(query.order, ([, direction]) => Number(direction === 'DESC'));
}

function oddityOfValue(value: Value): number {
  if (value === true || value === 1) return 0;
  return value === null ? 2 : 1;
}

/** Every filter of the query, groups and what is in them. */
export function filtersOf(query: Query): readonly Filter[] {
  const inside = (filter: Filter): readonly Filter[] => (isGroup(filter) ? [filter, ...filter.filters.flatMap(inside)] : [filter]);
  return query.where.flatMap(inside);
}
