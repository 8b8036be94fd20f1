/**
 * Five laws of Boolean algebra as rewrites of a filter: each gives other words for the same filter. They hold exactly
 * because every operator is total and has two values (Q1); an empty `and` is true, an empty `or` false.
 */
import type { Filter, FilterGroup, Statement } from '../../vocabulary/queries.ts';
import { isGroup } from '../language/query-shape.ts';

type Mod = FilterGroup['mod'];
type Members = readonly Filter[];

export interface Rewrite {
  readonly name: string;
  /** `members` are the clauses of one group of that kind, and mean the same afterwards; the same text where there is nothing to do. */
  readonly rewrite: (mod: Mod, members: Members) => Members;
}

const dual = (mod: Mod): Mod => (mod === 'and' ? 'or' : 'and');
const group = (mod: Mod, filters: Members): FilterGroup => ({ mod, filters });

function inside(members: Members, change: Rewrite['rewrite']): Members {
  return members.map((member) => (isGroup(member) ? group(member.mod, change(member.mod, member.filters)) : member));
}

/** a and b = b and a, at every depth. */
function commute(_mod: Mod, members: Members): Members {
  return inside(members, commute).toReversed();
}

/** (a and b) and c = a and b and c, at every depth; where nothing is nested, the other way round. */
function flatten(mod: Mod, members: Members): Members {
  const flat = flattened(mod, members);
  if (JSON.stringify(flat) !== JSON.stringify(members) || members.length === 0) return flat;
  return [group(mod, members.slice(0, 2)), ...members.slice(2)];
}

function flattened(mod: Mod, members: Members): Members {
  return inside(members, flattened).flatMap((member) => (isGroup(member) && member.mod === mod ? member.filters : [member]));
}

/** a and (b or c) = (a and b) or (a and c), and the same with the words exchanged: at the first place on each level. */
function distribute(mod: Mod, members: Members): Members {
  const deeper = inside(members, distribute);
  const place = deeper.findIndex((member) => isGroup(member) && member.mod !== mod);
  const chosen = deeper[place];
  const others = deeper.filter((_, index) => index !== place);
  if (chosen === undefined || !isGroup(chosen) || others.length === 0) return deeper;
  return [
    group(
      dual(mod),
      chosen.filters.map((filter) => group(mod, [...others, filter])),
    ),
  ];
}

/** a = a or (a and b) in an `and`, a = a and (a or b) in an `or`: for every clause, with b any statement. */
function absorb(mod: Mod, members: Members): Members {
  const any = members.findLast((member): member is Statement => !isGroup(member)) ?? always;
  return inside(members, absorb).map((member) => group(dual(mod), [member, group(mod, [member, any])]));
}
const always: Statement = ['id', '!=', 'no such id'];

/** a = a and a = a or a, at every depth. */
function double(mod: Mod, members: Members): Members {
  const deeper = inside(members, double);
  return [...deeper, ...deeper.map((member, index) => (index % 2 === 0 ? group(dual(mod), [member, member]) : member))];
}

export const rewrites: readonly Rewrite[] = [
  { name: 'commuted', rewrite: commute },
  { name: 'flattened', rewrite: flatten },
  { name: 'distributed', rewrite: distribute },
  { name: 'absorbed', rewrite: absorb },
  { name: 'doubled', rewrite: double },
];
