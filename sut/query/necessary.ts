/**
 * What must hold of a row for a filter to let it through, as far as equalities tell. It is the ground of the predicate
 * index: a row that has none of these values cannot match, and need not be tried.
 */
import type { Filter, FilterGroup, Statement } from '../../vocabulary/queries.ts';
import type { Scalar } from '../../vocabulary/values.ts';
import { isStatement } from './statement.ts';
import { isSet } from './value.ts';

/** The attribute holds this very value; null also stands for a missing attribute. */
export interface Equality {
  readonly attribute: string;
  readonly value: Scalar;
}

/** Every matching row meets at least one of them; none at all means that no row matches. `undefined`: nothing is known. */
export type Necessary = readonly Equality[] | undefined;

function ofStatement([attribute, operator, value]: Statement): Necessary {
  if (operator === '=') return isSet(value) ? [] : [{ attribute, value }];
  if (operator === 'in') return isSet(value) ? value.map((member) => ({ attribute, value: member })) : [];
  return undefined;
}

/** What it costs to look rows up by an equality, at least 1: the more filters are found by it already, the more. */
export type CostOf = (equality: Equality) => number;

function totalCost(equalities: readonly Equality[], costOf: CostOf): number {
  return equalities.reduce((sum, equality) => sum + costOf(equality), 0);
}

/** One member of an `and` is enough: the cheapest, the first of those. */
function ofAll(members: readonly Necessary[], costOf: CostOf): Necessary {
  let best: Necessary;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const member of members) {
    if (member === undefined) continue;
    const cost = totalCost(member, costOf);
    if (cost >= bestCost) continue;
    best = member;
    bestCost = cost;
  }
  return best;
}

/** Every branch of an `or` must be known, since a row may come through any of them. */
function ofAny(members: readonly Necessary[]): Necessary {
  return members.includes(undefined) ? undefined : members.flatMap((member) => member ?? []);
}

function ofGroup({ mod, filters }: FilterGroup, costOf: CostOf): Necessary {
  const members = filters.map((filter) => necessaryEqualities(filter, costOf));
  switch (mod) {
    case 'and':
      return ofAll(members, costOf);
    case 'or':
      return ofAny(members);
  }
}

export function necessaryEqualities(filter: Filter, costOf: CostOf): Necessary {
  return isStatement(filter) ? ofStatement(filter) : ofGroup(filter, costOf);
}
