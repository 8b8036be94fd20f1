/** Who may do what (P1): roles, variables, each operation, and what a query becomes by them (H1). */

import { describe, expect, test } from 'vitest';
import type { Filter } from '../../vocabulary/queries.ts';
import type { Permissions, RolePermissions } from '../../vocabulary/schemas.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { normalForm } from '../query/normal-form.ts';
import { type Claims, mayWrite, readFilter } from './permissions.ts';
import type { PlainSchema } from './types.ts';

const member: Claims = {
  role: 'member',
  sub: 'ann',
  about: { name: 'Ann' },
  profile: { id: 'a1' },
  team: { name: 'red', ids: [3, 1, 3] },
  plan: 'paid',
};
const admin: Claims = { role: 'admin', sub: 'root' };
const roles: PlainSchema['roles'] = {
  member: { match: { role: 'member', sub: '$user', about: '$about', profile: { id: '$user.id' } } },
  paying: { match: { plan: 'paid', team: '$team' } },
  admin: { match: { role: 'admin' } },
};
const schemaOf = (permissions: Permissions | null): PlainSchema => ({ collections: { todos: { attributes: {}, permissions } }, roles });
const or = (...filters: readonly Filter[]): Filter => ({ mod: 'or', filters });
const and = (...filters: readonly Filter[]): Filter => ({ mod: 'and', filters });
const reading = (permissions: Permissions | null, claims: Claims = member) => readFilter(schemaOf(permissions), 'todos', claims);
const own: Filter = ['owner', '=', '$role.user'];

describe('P1: no restriction', () => {
  test('without a schema, in an open collection, for a secret token', () => {
    expect(readFilter(null, 'todos', member)).toBeNull();
    expect(reading(null)).toBeNull();
    expect(reading({}, { 'x-triplit-token-type': 'secret' })).toBeNull();
    expect(readFilter(schemaOf({}), 'notes', member)).toBeNull();
    expect(mayWrite(null, member, { kind: 'delete', collection: 'todos', before: {} })).toBe(true);
    expect(mayWrite(schemaOf({}), { 'x-triplit-token-type': 'secret' }, { kind: 'delete', collection: 'todos', before: {} })).toBe(true);
  });
  test('a token of another type is no secret one', () => {
    expect(reading({}, { 'x-triplit-token-type': 'anon' })).toEqual(or());
    expect(reading({}, { token: { 'x-triplit-token-type': 'secret' } })).toEqual(or());
  });
});

describe('P1: what may be read', () => {
  test.each<readonly [name: string, permissions: Permissions, expected: Filter]>([
    ['nothing by {}', {}, or()],
    ['nothing by a role that does not match', { admin: { read: { filter: [] } } }, or()],
    ['nothing by an operation that is not there', { member: { insert: { filter: [] } } }, or()],
    ['nothing by a rule without a filter list', { member: { read: {} } }, or()],
    ['everything by an empty filter list', { member: { read: { filter: [] } } }, or(and())],
    [
      'clauses of a role as one and',
      { member: { read: { filter: [own, ['done', '=', false]] } } },
      or(and(['owner', '=', 'ann'], ['done', '=', false])),
    ],
    [
      'matching roles as one or',
      {
        member: { read: { filter: [own] } },
        paying: { read: { filter: [['team', '=', '$role.team.name']] } },
        admin: { read: { filter: [] } },
      },
      or(and(['owner', '=', 'ann']), and(['team', '=', 'red'])),
    ],
  ])('%s', (_name, permissions, expected) => {
    expect(reading(permissions)).toEqual(expected);
  });

  test.each<readonly [name: string, clause: Filter, expected: Filter]>([
    ['a variable of the role', ['a', '=', '$role.user'], ['a', '=', 'ann']],
    ['a claim', ['a', '=', '$token.sub'], ['a', '=', 'ann']],
    ['a claim inside', ['a', '!=', '$token.team.name'], ['a', '!=', 'red']],
    ['inside what a role bound', ['a', '=', '$role.about.name'], ['a', '=', 'Ann']],
    ['a variable with a dot in its name', ['a', '=', '$role.user.id'], ['a', '=', 'a1']],
    ['a list for in', ['a', 'in', '$token.team.ids'], ['a', 'in', [3, 1, 3]]],
    ['deep inside', or(and(['a', 'nin', '$token.team.ids'])), or(and(['a', 'nin', [3, 1, 3]]))],
    ['no list for =', ['a', '=', '$token.team.ids'], or()],
    ['no scalar for in', ['a', 'in', '$token.sub'], or()],
    ['no object', ['a', '=', '$token.team'], or()],
    ['a claim that is not there', ['a', '=', '$token.nobody'], or()],
    ['nor by !=', ['a', '!=', '$token.nobody'], or()],
    ['nor by nin', ['a', 'nin', '$token.nobody'], or()],
    ['nor inside what is no object', ['a', '!has', '$token.sub.length'], or()],
    ['a name that the language knows', ['a', '=', '$token.constructor'], or()],
    ['a variable of another role', ['a', '=', '$role.team'], or()],
    ['a text of another form', ['a', '=', '$user'], ['a', '=', '$user']],
    ['a text with no name', ['a', '=', '$role.'], ['a', '=', '$role.']],
    ['a text in a list', ['a', 'in', ['$role.user']], ['a', 'in', ['$role.user']]],
    ['a text of an attribute', ['$role.user', '=', 1], ['$role.user', '=', 1]],
  ])('variables: %s', (_name, clause, expected) => {
    expect(reading({ member: { read: { filter: [clause] } } })).toEqual(or(and(expected)));
  });

  test('null is a value', () => {
    expect(reading({ member: { read: { filter: [['a', '=', '$token.nick']] } } }, { ...member, nick: null })).toEqual(
      or(and(['a', '=', null])),
    );
  });

  test.each<readonly [Filter]>([
    [['a', '<', '$token.nick']],
    [['a', '!has', '$token.nick']],
    [['a', 'isDefined', '$token.sub']],
    [['a', 'like', '$token.age']],
  ])('%j: a claim that the operator cannot take', (clause) => {
    expect(reading({ member: { read: { filter: [clause] } } }, { ...member, nick: null, age: 3 })).toEqual(or(and(or())));
  });

  test('nothing of the schema or the claims is changed (C1)', () => {
    const permissions: Permissions = { member: { read: { filter: [own, ['a', 'in', '$token.team.ids']] } } };
    const before = JSON.stringify([permissions, member]);
    normalForm({ collection: 'todos', where: [], order: [] }, reading(permissions), 1);
    expect(JSON.stringify([permissions, member])).toBe(before);
  });
});

describe('P1: what may be written', () => {
  const rule = (...filter: readonly Filter[]) => ({ filter });
  const mine: Attributes = { id: 'a', owner: 'ann' };
  const his: Attributes = { id: 'a', owner: 'bob' };
  const may = (permissions: RolePermissions | Permissions, edit: Parameters<typeof mayWrite>[2], claims: Claims = member) =>
    mayWrite(schemaOf('member' in permissions ? permissions : { member: permissions }), claims, edit);
  const insert = (after: Attributes, before?: Attributes) => ({ kind: 'insert' as const, collection: 'todos', before, after });
  const update = (before: Attributes, after: Attributes) => ({ kind: 'update' as const, collection: 'todos', before, after });
  const remove = (before: Attributes) => ({ kind: 'delete' as const, collection: 'todos', before });

  test('an insert passes insert', () => {
    expect(may({ insert: rule(own) }, insert(mine))).toBe(true);
    expect(may({ insert: rule(own) }, insert(his))).toBe(false);
    expect(may({}, insert(mine))).toBe(false);
    expect(may({ insert: rule(own) }, insert(mine), admin)).toBe(false);
  });

  test('one that replaces a row needs delete of that row too', () => {
    expect(may({ insert: rule() }, insert(mine, mine))).toBe(false);
    expect(may({ insert: rule(), delete: rule(own) }, insert(his, mine))).toBe(true);
    expect(may({ insert: rule(), delete: rule(own) }, insert(mine, his))).toBe(false);
    expect(may({ insert: rule(), update: rule() }, insert(mine, mine))).toBe(false);
  });

  test('the two may come from two roles', () => {
    expect(may({ member: { insert: rule(own) }, paying: { delete: rule() } }, insert(mine, his))).toBe(true);
  });

  test('an update passes update before, and postUpdate after where there is one', () => {
    expect(may({ update: rule(own) }, update(mine, his))).toBe(true);
    expect(may({ update: rule(own) }, update(his, mine))).toBe(false);
    expect(may({ update: rule(own), postUpdate: rule(own) }, update(mine, his))).toBe(false);
    expect(may({ update: rule(own), postUpdate: rule(own) }, update(mine, mine))).toBe(true);
    expect(may({ update: rule(own), postUpdate: {} }, update(mine, mine))).toBe(false);
    expect(may({ postUpdate: rule() }, update(mine, mine))).toBe(false);
  });

  test('one role must allow both halves of an update', () => {
    const halves: Permissions = {
      member: { update: rule(own), postUpdate: rule(['owner', '=', 'nobody']) },
      paying: { update: rule(['owner', '=', 'nobody']), postUpdate: rule() },
    };
    expect(may(halves, update(mine, mine))).toBe(false);
    expect(may({ ...halves, paying: { update: rule() } }, update(mine, mine))).toBe(true);
  });

  test('a delete passes delete', () => {
    expect(may({ delete: rule(own) }, remove(mine))).toBe(true);
    expect(may({ delete: rule(own) }, remove(his))).toBe(false);
    expect(may({ insert: rule(), update: rule(), read: rule() }, remove(mine))).toBe(false);
  });
});

describe('H1: permissions in the key', () => {
  const query = { collection: 'todos', where: [['done', '=', false] as const], order: [] };
  const keyOf = (permissions: Permissions, claims: Claims) => normalForm(query, reading(permissions, claims), 0).key;
  const owners: Permissions = { member: { read: { filter: [own] } } };

  test('who reads the same shares, whichever way they are let to', () => {
    expect(keyOf(owners, member)).toBe(keyOf(owners, { ...member, plan: 'free' }));
    const claimed: Permissions = { member: { read: { filter: [['owner', '=', '$token.sub']] } } };
    expect(keyOf(claimed, member)).toBe(keyOf(owners, member));
    const asked = { ...query, where: [...query.where, ['owner', '=', 'ann'] as const] };
    expect(normalForm(asked, null, 0).key).not.toBe(keyOf(owners, member));
  });

  test('who reads something else does not', () => {
    expect(keyOf(owners, member)).not.toBe(keyOf(owners, { ...member, sub: 'bob' }));
    expect(keyOf(owners, member)).not.toBe(keyOf(owners, admin));
    expect(keyOf(owners, member)).not.toBe(normalForm(query, null, 0).key);
  });

  test('an empty filter list lets everything be read: an and without members, which is not the same as no permissions', () => {
    const all: RolePermissions = { read: { filter: [] } };
    const form = normalForm(query, reading({ member: all }, member), 0);
    expect(form.permission).toEqual({ mod: 'and', filters: [] });
    expect(form.key).not.toBe(normalForm(query, null, 0).key);
    expect(keyOf({ member: all, paying: { read: { filter: [['x', '=', 1]] } } }, member)).not.toBe(form.key);
  });

  test('a denied reader matches no row', () => {
    const { permission } = normalForm(query, reading({}, member), 0);
    expect(permission).toEqual({ mod: 'or', filters: [] });
  });
});
