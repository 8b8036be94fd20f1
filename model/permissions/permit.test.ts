/** What claims let somebody read and write (P1): roles, variables, operations, and what denies. */

import { describe, expect, test } from 'vitest';
import type { Filter } from '../../vocabulary/queries.ts';
import type { Permissions } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Token } from '../actions.ts';
import { decisionsOf } from '../profiles/decisions-of.ts';
import { ann, configuration } from '../traces/cast.ts';
import { type Authority, isReadable, mayWrite, readPermit } from './permit.ts';

const authorityOf = (permissions: Permissions | null): Authority => ({
  schema: { collections: { todos: { attributes: {}, permissions } }, roles: { ...configuration.roles, anyone: { match: {} } } },
  roles: {},
});
const own: Row = { id: 'r', owner: 'ann' };
const others: Row = { id: 'r', owner: 'bob' };
const reads = (permissions: Permissions | null, row: Row, token: Token = ann): boolean =>
  isReadable(readPermit(authorityOf(permissions), token, 'todos'), row);
const owner: readonly Filter[] = [['owner', '=', '$role.user']];

/** As a profile has it that judges `postUpdate` apart. */
const { mayUpdate } = decisionsOf({ judgesPostUpdateApart: true });

describe('reading', () => {
  test('open, closed, and silent about a role', () => {
    expect(reads(null, others)).toBe(true);
    expect(reads({}, own)).toBe(false);
    expect(reads({ guest: { read: { filter: [] } } }, own)).toBe(false);
    expect(reads({ member: {} }, own)).toBe(false);
    expect(reads({ member: { read: {} } }, own)).toBe(false);
    expect(reads({ member: { read: { filter: [] } } }, own)).toBe(true);
  });
  test('variables of the role and of the token', () => {
    expect(reads({ member: { read: { filter: owner } } }, own)).toBe(true);
    expect(reads({ member: { read: { filter: owner } } }, others)).toBe(false);
    expect(reads({ member: { read: { filter: [['owner', '=', '$token.sub']] } } }, own)).toBe(true);
  });
  test('a variable without a value makes its statement false, whatever the operator', () => {
    for (const operator of ['=', '!=', 'in', 'nin'] as const)
      expect(reads({ member: { read: { filter: [['owner', operator, '$token.nobody']] } } }, own), operator).toBe(false);
    expect(reads({ member: { read: { filter: [['owner', 'nin', '$token.sub']] } } }, own)).toBe(false);
    expect(reads({ member: { read: { filter: [['nobody', 'isDefined', '$token.sub']] } } }, own)).toBe(false);
  });
  test('one of the matching roles is enough', () => {
    expect(reads({ member: { read: { filter: owner } }, anyone: { read: { filter: [['owner', '=', 'bob']] } } }, others)).toBe(true);
  });
  test('a secret token bypasses', () => expect(reads({}, own, { ...ann, secret: true })).toBe(true));
});

describe('writing', () => {
  const permissions: Permissions = {
    member: { insert: { filter: owner }, update: { filter: owner }, postUpdate: { filter: owner }, delete: { filter: owner } },
  };
  const writes = (before: Row | undefined, after: Row | undefined, isInsert: boolean, given: Permissions = permissions): boolean =>
    mayWrite(authorityOf(given), ann, 'todos', before, after, isInsert);

  test('an insert, and one that replaces what may not be deleted', () => {
    expect(writes(undefined, own, true)).toBe(true);
    expect(writes(undefined, others, true)).toBe(false);
    expect(writes(own, own, true)).toBe(true);
    expect(writes(others, own, true)).toBe(false);
  });
  test('an update, before and after', () => {
    expect(writes(own, own, false)).toBe(true);
    expect(writes(others, own, false)).toBe(false);
    expect(writes(own, others, false)).toBe(false);
    expect(writes(own, others, false, { member: { update: { filter: owner } } })).toBe(true);
  });
  test('one role lets both sides of an update through, not one role each', () => {
    const split: Permissions = {
      member: { update: { filter: owner }, postUpdate: { filter: owner } },
      anyone: { update: { filter: [['owner', '=', 'nobody']] }, postUpdate: { filter: [] } },
    };
    expect(writes(own, others, false, split)).toBe(false);
    expect(mayWrite({ ...authorityOf(split), mayUpdate }, ann, 'todos', own, others, false)).toBe(true);
  });
  test('where postUpdate is judged apart, that of one role holds for the update of another', () => {
    const apart = (given: Permissions): boolean => mayWrite({ ...authorityOf(given), mayUpdate }, ann, 'todos', own, others, false);
    expect(apart({ member: { update: { filter: [] } } })).toBe(true);
    expect(apart({ member: { update: { filter: [] } }, anyone: { postUpdate: { filter: owner } } })).toBe(false);
    expect(apart({ anyone: { postUpdate: { filter: [] } } })).toBe(false);
  });
  test('a delete', () => {
    expect(writes(own, undefined, false)).toBe(true);
    expect(writes(others, undefined, false)).toBe(false);
  });
});
