/** Which roles match, what they bind, and when that is the same (S6). */

import { describe, expect, test } from 'vitest';
import type { Roles } from '../../vocabulary/schemas.ts';
import { boundRoles, claimsAt, sameRoles } from './roles.ts';

const roles: Roles = {
  member: { match: { role: 'member', sub: '$user' } },
  guest: { match: { role: 'guest' } },
  owner: { match: { team: { name: '$team', owner: '$user' }, sub: '$user' } },
  admin: { match: { scopes: ['read', 'write'] } },
};

describe('matching', () => {
  test.each<readonly [name: string, claims: unknown, expected: readonly string[]]>([
    ['a constant', { role: 'guest', sub: 'ann' }, ['guest']],
    ['a constant and a variable', { role: 'member', sub: 'ann' }, ['member']],
    ['a variable needs a claim', { role: 'member' }, []],
    ['a variable takes any claim that is there', { role: 'member', sub: null }, ['member']],
    ['inside objects, extra claims aside', { sub: 'ann', team: { name: 'red', owner: 'ann', size: 3 } }, ['owner']],
    ['a variable twice binds equal values', { sub: 'bob', team: { name: 'red', owner: 'ann' } }, []],
    ['lists whole', { scopes: ['read', 'write'] }, ['admin']],
    ['lists in order', { scopes: ['write', 'read'] }, []],
    ['no longer lists', { scopes: ['read', 'write', 'delete'] }, []],
    ['several at once, by name', { role: 'member', sub: 'ann', scopes: ['read', 'write'] }, ['admin', 'member']],
    ['another kind of value', { role: ['guest'] }, []],
    ['no claims', undefined, []],
  ])('%s', (_name, claims, expected) => {
    expect(boundRoles(roles, claims).map(({ role }) => role)).toEqual(expected);
  });

  test('variables are bound to their claims', () => {
    expect(boundRoles(roles, { sub: 'ann', team: { owner: 'ann', name: 'red' } })).toEqual([
      {
        role: 'owner',
        variables: [
          { name: 'team', value: 'red' },
          { name: 'user', value: 'ann' },
        ],
      },
    ]);
  });

  test('a variable twice compares objects by what they hold', () => {
    const pair: Roles = { pair: { match: { left: '$x', right: '$x' } } };
    expect(boundRoles(pair, { left: { a: 1, b: 2 }, right: { b: 2, a: 1 } })).toHaveLength(1);
    expect(boundRoles(pair, { left: { a: 1, b: 2 }, right: { b: 2, a: '1' } })).toHaveLength(0);
  });
});

describe('the same roles', () => {
  const of = (claims: unknown) => boundRoles(roles, claims);

  test('other claims that no role looks at make no difference', () => {
    expect(sameRoles(of({ role: 'guest', sub: 'ann', plan: 'free' }), of({ role: 'guest', sub: 'bob', plan: 'paid' }))).toBe(true);
  });
  test('another binding or another role does', () => {
    expect(sameRoles(of({ role: 'member', sub: 'ann' }), of({ role: 'member', sub: 'bob' }))).toBe(false);
    expect(sameRoles(of({ role: 'member', sub: 'ann' }), of({ role: 'guest', sub: 'ann' }))).toBe(false);
    expect(sameRoles(of({ role: 'member', sub: 1 }), of({ role: 'member', sub: '1' }))).toBe(false);
  });
  test('without roles all are the same', () => {
    expect(sameRoles(boundRoles(undefined, { role: 'a' }), boundRoles(undefined, { role: 'b' }))).toBe(true);
  });
});

describe('the claims path', () => {
  const payload = { exp: 1, app: { claims: { sub: 'ann' }, text: 'x', list: [1] } };
  test.each<readonly [path: string | undefined, expected: unknown]>([
    [undefined, payload],
    ['app', payload.app],
    ['app.claims', { sub: 'ann' }],
    ['app.text', undefined],
    ['app.list', undefined],
    ['app.text.length', undefined],
    ['app.nothing', undefined],
    ['nothing.claims', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s', (path, expected) => {
    expect(claimsAt(payload, path)).toEqual(expected);
  });
  test.each([undefined, null, 'text', [1]])('a payload that is no object has none: %j', (given) => {
    expect(claimsAt(given, undefined)).toBeUndefined();
  });
});
