/** Which edits of a schema break a client (C2), read out one by one, and what its hash is of (C4). */

import { expect, test } from 'vitest';
import type { Attribute, Schema } from '../../vocabulary/schemas.ts';
import { hashedPart, isCompatible } from './difference.ts';

const plain: Attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
const schemaOf = (attributes: Readonly<Record<string, Attribute>>): Schema => ({
  collections: { todos: { attributes, permissions: null } },
  roles: {},
});
const before = (attribute: Partial<Attribute>): Schema => schemaOf({ it: { ...plain, ...attribute } });

test.each<[string, Schema | null, Schema | null, boolean]>([
  ['nothing', before({}), before({}), true],
  ['no schema before', null, before({}), true],
  ['no schema after', before({}), null, true],
  ['a collection removed', before({}), { collections: {}, roles: {} }, false],
  ['a collection added', { collections: {}, roles: {} }, before({}), true],
  ['an attribute removed', before({}), schemaOf({}), false],
  ['an optional attribute removed', before({ optional: true }), schemaOf({}), false],
  ['a required attribute added', schemaOf({}), before({}), false],
  ['an optional attribute added', schemaOf({}), before({ optional: true }), true],
  ['optional to required', before({ optional: true }), before({}), false],
  ['required to optional', before({}), before({ optional: true }), true],
  ['nullable to not', before({ nullable: true }), before({}), false],
  ['nullable from now on', before({}), before({ nullable: true }), true],
  ['another type', before({}), before({ type: 'number' }), false],
  ['other members', before({ type: 'set', items: 'string' }), before({ type: 'set', items: 'number' }), false],
  ['an enumeration where all was allowed', before({}), before({ enum: ['a'] }), false],
  ['fewer values', before({ enum: ['a', 'b'] }), before({ enum: ['a'] }), false],
  ['more values', before({ enum: ['a'] }), before({ enum: ['b', 'a'] }), true],
  ['all values', before({ enum: ['a'] }), before({}), true],
  [
    'permissions and roles',
    before({}),
    { collections: { todos: { attributes: { it: plain }, permissions: {} } }, roles: { a: { match: {} } } },
    true,
  ],
])('%s', (_what, from, to, compatible) => {
  expect(isCompatible(from, to)).toBe(compatible);
});

test('the hashed part is collections and attributes, in whatever order, and nothing else', () => {
  const one = schemaOf({ a: plain, b: { ...plain, enum: ['x', 'y'] } });
  const other: Schema = {
    collections: { todos: { attributes: { b: { ...plain, enum: ['y', 'x'] }, a: plain }, permissions: {} } },
    roles: { someone: { match: { role: 'x' } } },
  };
  expect(hashedPart(one)).toBe(hashedPart(other));
  expect(hashedPart(one)).not.toBe(hashedPart(schemaOf({ a: plain })));
});
