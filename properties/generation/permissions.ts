/**
 * Permissions that bite: by owner, by plan, by what a row says; missing rules and variables without a value among
 * them (P1). Mostly they allow something, since behind a closed door nothing is explored.
 */

import type { Filter } from '../../vocabulary/queries.ts';
import type { Permissions, RolePermissions, Roles, Rule } from '../../vocabulary/schemas.ts';
import { roles } from '../language/roles.ts';
import type { Chance } from './chance.ts';

const everything: Rule = { filter: [] };
const own: Rule = { filter: [['assignee', '=', '$token.sub']] };
const ownOfRole: Rule = { filter: [['assignee', '=', '$role.user']] };
const undone: Rule = { filter: [['done', '=', false]] };
const done: Rule = { filter: [['done', '=', true]] };
export const ofPlan: Rule = { filter: [['tags', 'has', '$token.plan']] };
const notOfPlan: Rule = { filter: [['tags', '!has', '$token.plan']] };

/** A statement with a variable that has no value, or not one that its operator takes, is false. */
export const negationsWithoutValue: readonly Filter[] = [
  ['assignee', '!=', '$token.team'],
  ['assignee', 'nin', '$token.sub'],
  ['assignee', 'nin', '$token.team'],
  ['tags', '!has', '$token.team'],
  ['assignee', '!=', '$token.__proto__.__proto__'],
  ['team', 'isDefined', '$token.sub'],
];
const dead: readonly Filter[] = [...negationsWithoutValue, ['assignee', '=', '$role.user.name'], ['assignee', 'in', '$token.sub']];

function drawRule(chance: Chance): Rule | undefined {
  return chance.weighted<Rule | undefined>([
    [8, everything],
    [3, own],
    [3, ownOfRole],
    [3, undone],
    [2, done],
    [3, ofPlan],
    [2, notOfPlan],
    [3, { filter: [{ mod: 'or', filters: [chance.pick(own.filter ?? []), chance.pick(undone.filter ?? [])] }] }],
    [1, { filter: [{ mod: 'or', filters: [chance.pick(dead), ['done', '=', true]] }] }],
    [1, { filter: [...(undone.filter ?? []), ...(ofPlan.filter ?? [])] }],
    [2, { filter: [chance.pick(dead)] }],
    [1, {}],
    [1, undefined],
  ]);
}

/** Everything; what an update comes to is not judged apart. */
export const free: RolePermissions = { read: everything, insert: everything, update: everything, delete: everything };

function drawRolePermissions(chance: Chance, role: string): RolePermissions {
  const mine = role === 'member' && chance.percent(60) ? ownOfRole : own;
  return chance.weighted<() => RolePermissions>([
    [1, () => free],
    [1, () => ({ read: everything, insert: mine, update: mine, delete: mine })],
    [1, () => ({ read: mine, insert: mine, update: mine, postUpdate: everything, delete: mine })],
    [1, () => ({ ...free, read: chance.pick([ofPlan, notOfPlan]) })],
    [1, () => ({ ...free, postUpdate: chance.pick([undone, mine, ofPlan, done]) })],
    [1, () => (role === 'guest' ? { read: undone, insert: everything } : { ...free, read: undone })],
    [2, () => mixed(chance)],
  ])();
}

function mixed(chance: Chance): RolePermissions {
  const drawn = (['read', 'insert', 'update', 'postUpdate', 'delete'] as const).flatMap((operation) => {
    const rule = operation === 'postUpdate' && chance.percent(60) ? undefined : drawRule(chance);
    return rule === undefined ? [] : [[operation, rule] as const];
  });
  return Object.fromEntries(drawn);
}

/** Null: open. `{}`: closed. */
export function drawPermissions(chance: Chance, names: readonly string[]): Permissions | null {
  const kind = chance.integer(1, 20);
  if (kind <= 3) return null;
  if (kind === 4) return {};
  const permitted = names.filter(() => chance.percent(92));
  return Object.fromEntries(
    permitted.map((role) => [role, Object.hasOwn(roles, role) ? drawRolePermissions(chance, role) : drawExtra(chance)]),
  );
}

/** A role that matches beside another one widens what that allows. */
function drawExtra(chance: Chance): RolePermissions {
  if (chance.percent(50)) return { read: chance.pick([done, ofPlan, undone]) };
  return mixed(chance);
}

const extras: readonly Roles[] = [
  { everyone: { match: {} } },
  { everyone: { match: {} } },
  { named: { match: { sub: '$name' } } },
  { ann: { match: { sub: 'ann' } } },
  { pro: { match: { plan: 'pro' } } },
  { constructor: { match: { plan: 'pro' } } },
  { everyone: { match: { toString: '$inherited' } } },
];

/** The default ones, often with one that matches beside them. */
export function drawRoles(chance: Chance): Roles {
  const all: Roles = chance.percent(45) ? { ...roles, ...chance.pick(extras) } : roles;
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}
