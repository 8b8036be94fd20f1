/**
 * Queries that share a normal form with another but are spelt otherwise (H1), and near misses: queries that look alike
 * and must not share.
 */
import type { Filter, Query, Statement } from '../../vocabulary/queries.ts';
import type { Value } from '../../vocabulary/values.ts';
import { isGroup, isList } from '../language/query-shape.ts';
import type { Chance } from './chance.ts';

type Members = readonly Filter[];

/** The same query in one to three other spellings on top of each other. */
export function respell(chance: Chance, query: Query): Query {
  let where = query.where;
  for (let times = chance.integer(1, 3); times > 0; times -= 1) where = respellMembers(chance, 'and', where);
  return { ...query, where };
}

/** `members` are the clauses of one group of that kind. */
function respellMembers(chance: Chance, mod: 'and' | 'or', members: Members): Members {
  const [first] = members;
  if (first === undefined) return members;
  // Most often deeper down: what a normal form must see through is nested.
  return chance.weighted<() => Members>([
    [1, () => chance.shuffled(members)],
    [1, () => [...members, chance.pick(members)]],
    [1, () => grouped(members, mod, chance.integer(1, members.length))],
    [1, () => [{ mod: mod === 'and' ? 'or' : 'and', filters: [first] }, ...members.slice(1)]],
    [4, () => members.map((member) => respellFilter(chance, member))],
  ])();
}

function grouped(members: Members, mod: 'and' | 'or', end: number): Members {
  return [{ mod, filters: members.slice(0, end) }, ...members.slice(end)];
}

function respellFilter(chance: Chance, filter: Filter): Filter {
  if (isGroup(filter))
    return filter.filters.length === 0 ? filter : { ...filter, filters: respellMembers(chance, filter.mod, filter.filters) };
  const [attribute, operator, operand] = filter;
  if ((operator === 'in' || operator === 'nin') && isList(operand) && operand.length > 0) {
    return [attribute, operator, chance.shuffled([...operand, chance.pick(operand)])];
  }
  return chance.percent(50) ? { mod: chance.pick(['and', 'or']), filters: [filter] } : filter;
}

/** Alike, and another query: one constant, operator, group or order differs. */
export function nearMiss(chance: Chance, query: Query): Query {
  const reordered = reorder(query);
  if (query.where.length === 0 || chance.percent(20)) return reordered;
  const place = chance.integer(0, query.where.length - 1);
  return { ...query, where: query.where.map((filter, index) => (index === place ? missFilter(chance, filter) : filter)) };
}

/** A cursor keeps a value for each attribute of the order. */
function reorder(query: Query): Query {
  const { order, after } = query;
  const shorter = order.length > 0;
  const values = after === undefined ? [] : shorter ? after.values.slice(1) : ['m'];
  return {
    ...query,
    order: shorter ? order.slice(1) : [['text', 'DESC']],
    ...(after !== undefined && { after: { ...after, values } }),
  };
}

function missFilter(chance: Chance, filter: Filter): Filter {
  if (!isGroup(filter)) return missStatement(chance, filter);
  const { mod, filters } = filter;
  if (filters.length === 0 || chance.percent(25)) return { mod: mod === 'and' ? 'or' : 'and', filters };
  if (filters.length > 1 && chance.percent(25)) return { mod, filters: filters.slice(1) };
  const place = chance.integer(0, filters.length - 1);
  return { mod, filters: filters.map((member, index) => (index === place ? missFilter(chance, member) : member)) };
}

function missStatement(chance: Chance, [attribute, operator, operand]: Statement): Statement {
  if (operator === 'in' && isList(operand) && operand.length === 1) return [attribute, '=', operand[0] ?? null];
  if (operator === 'in' || operator === 'nin') return [attribute, operator, isList(operand) ? operand.slice(1) : []];
  if (operator === '=' && !isList(operand) && chance.percent(50)) return [attribute, 'in', [operand]];
  return [attribute, operator, missOperand(operand)];
}

/** `1` becomes `"1"`, since a key that forgets kinds would take the two for one. */
function missOperand(operand: Value): Value {
  if (isList(operand)) return operand.length > 0 ? operand.slice(1) : ['other'];
  if (typeof operand === 'boolean') return !operand;
  if (typeof operand === 'number') return String(operand);
  return operand === null ? 'null' : `${operand}!`;
}
