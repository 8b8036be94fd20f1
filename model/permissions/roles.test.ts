/** When roles are equal (S6): the same roles match, with the same bound variables. */

import { describe, expect, test } from 'vitest';
import type { Roles } from '../../vocabulary/schemas.ts';
import { boundRoles, type Claims } from './roles.ts';

const patterns: Roles = {
  member: { match: { role: 'member', sub: '$user' } },
  guest: { match: { role: 'guest' } },
  anyone: { match: {} },
  self: { match: { sub: '$same', owner: '$same' } },
  team: { match: { team: { id: '$team' }, tags: ['x', '$tag'] } },
};
const bound = (claims: Claims | undefined) => boundRoles(patterns, claims);

describe('the same roles', () => {
  test.each<readonly [string, Claims, Claims]>([
    ['claims that no role looks at', { role: 'member', sub: 'ann', plan: 'free' }, { role: 'member', sub: 'ann', plan: 'paid' }],
    ['another user, where no role binds it', { role: 'guest', sub: 'ann' }, { role: 'guest', sub: 'bob' }],
    ['claims in another sequence', { role: 'member', sub: 'ann' }, { sub: 'ann', role: 'member' }],
    ['more members than a nested pattern names', { team: { id: 1, name: 'a' }, tags: ['x', 2] }, { team: { id: 1 }, tags: ['x', 2] }],
  ])('%s', (_name, left, right) => expect(bound(left)).toBe(bound(right)));
});

describe('other roles', () => {
  test.each<readonly [string, Claims, Claims]>([
    ['another variable', { role: 'member', sub: 'ann' }, { role: 'member', sub: 'bob' }],
    ['another role', { role: 'member', sub: 'ann' }, { role: 'guest', sub: 'ann' }],
    ['a number and its text', { role: 'member', sub: 1 }, { role: 'member', sub: '1' }],
    ['null and missing', { role: 'member', sub: null }, { role: 'member' }],
    ['a variable that is bound twice, to different values', { sub: 'a', owner: 'a' }, { sub: 'a', owner: 'b' }],
    ['a list of another length', { team: { id: 1 }, tags: ['x', 2] }, { team: { id: 1 }, tags: ['x', 2, 3] }],
    ['an array for an object', { team: { id: 1 }, tags: ['x', 2] }, { team: [1], tags: ['x', 2] }],
  ])('%s', (_name, left, right) => expect(bound(left)).not.toBe(bound(right)));

  test('without claims not even the role that asks for nothing', () => {
    expect(bound(undefined)).toBe('[]');
    expect(bound({})).not.toBe('[]');
  });
});
