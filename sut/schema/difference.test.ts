/** Which edits break a client (C2): each by hand, and what compatible means for rows at random. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attribute } from '../../vocabulary/schemas.ts';
import { rowIssues } from './conform.ts';
import { describeDifference, differences, isCompatible } from './difference.ts';
import { editArbitrary, reversed, rowArbitrary, schemaArbitrary } from './test-schemas.ts';
import type { PlainSchema } from './types.ts';

const text: Attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
const set: Attribute = { ...text, type: 'set', items: 'string' };
const schemaOf = (attributes: Readonly<Record<string, Attribute>>): PlainSchema => ({
  collections: { todos: { attributes, permissions: null } },
  roles: {},
});
const empty: PlainSchema = { collections: {}, roles: {} };

type Case = readonly [name: string, from: PlainSchema, to: PlainSchema, kinds: readonly string[]];

const breaking: readonly Case[] = [
  ['a collection gone', schemaOf({}), empty, ['collectionRemoved']],
  ['an attribute gone', schemaOf({ a: text }), schemaOf({}), ['attributeRemoved']],
  ['an optional attribute gone', schemaOf({ a: { ...text, optional: true } }), schemaOf({}), ['attributeRemoved']],
  ['a required attribute more', schemaOf({}), schemaOf({ a: text }), ['attributeAdded']],
  ['one that is nullable, but required', schemaOf({}), schemaOf({ a: { ...text, nullable: true } }), ['attributeAdded']],
  ['optional, then required', schemaOf({ a: { ...text, optional: true } }), schemaOf({ a: text }), ['optionalChanged']],
  ['nullable, then not', schemaOf({ a: { ...text, nullable: true } }), schemaOf({ a: text }), ['nullableChanged']],
  ['another type', schemaOf({ a: text }), schemaOf({ a: { ...text, type: 'date' } }), ['typeChanged']],
  ['a set of something else', schemaOf({ a: set }), schemaOf({ a: { ...set, items: 'number' } }), ['itemsChanged']],
  ['an enumeration where all was allowed', schemaOf({ a: text }), schemaOf({ a: { ...text, enum: ['x'] } }), ['enumChanged']],
  ['a value fewer', schemaOf({ a: { ...text, enum: ['x', 'y'] } }), schemaOf({ a: { ...text, enum: ['x'] } }), ['enumChanged']],
  ['a value for another', schemaOf({ a: { ...text, enum: ['x', 'y'] } }), schemaOf({ a: { ...text, enum: ['x', 'z'] } }), ['enumChanged']],
  ['an attribute renamed', schemaOf({ a: text }), schemaOf({ b: text }), ['attributeRemoved', 'attributeAdded']],
];
const harmless: readonly Case[] = [
  ['nothing', schemaOf({ a: text }), schemaOf({ a: text }), []],
  ['a collection more', empty, schemaOf({ a: text }), ['collectionAdded']],
  ['an optional attribute more', schemaOf({}), schemaOf({ a: { ...text, optional: true } }), ['attributeAdded']],
  ['required, then optional', schemaOf({ a: text }), schemaOf({ a: { ...text, optional: true } }), ['optionalChanged']],
  ['nullable from now on', schemaOf({ a: text }), schemaOf({ a: { ...text, nullable: true } }), ['nullableChanged']],
  ['an enumeration no more', schemaOf({ a: { ...text, enum: ['x'] } }), schemaOf({ a: text }), ['enumChanged']],
  ['a value more', schemaOf({ a: { ...text, enum: ['x'] } }), schemaOf({ a: { ...text, enum: ['y', 'x'] } }), ['enumChanged']],
  ['an enumeration in another order', schemaOf({ a: { ...text, enum: ['x', 'y'] } }), schemaOf({ a: { ...text, enum: ['y', 'x'] } }), []],
  [
    'permissions and roles',
    schemaOf({ a: text }),
    { collections: { todos: { attributes: { a: text }, permissions: {} } }, roles: { member: { match: {} } } },
    [],
  ],
];

describe('C2: what breaks a client', () => {
  test.each(breaking)('%s', (_name, from, to, kinds) => {
    expect(
      differences(from, to)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...kinds].sort());
    expect(isCompatible(from, to)).toBe(false);
  });
  test.each(harmless)('not: %s', (_name, from, to, kinds) => {
    expect(differences(from, to).map(({ kind }) => kind)).toEqual(kinds);
    expect(isCompatible(from, to)).toBe(true);
  });

  test('one of several is enough', () => {
    const from = schemaOf({ a: text });
    const to = schemaOf({ a: { ...text, nullable: true }, b: text });
    expect(differences(from, to)).toEqual([
      { kind: 'nullableChanged', collection: 'todos', attribute: 'a', to: true, breaks: false },
      { kind: 'attributeAdded', collection: 'todos', attribute: 'b', optional: false, breaks: true },
    ]);
    expect(isCompatible(from, to)).toBe(false);
  });

  test.each([
    [null, null],
    [null, schemaOf({ a: text })],
    [schemaOf({ a: text }), null],
  ])('where there is none, nobody is broken', (from, to) => {
    expect(isCompatible(from, to)).toBe(true);
  });

  test('every difference has words', () => {
    for (const [, from, to] of [...breaking, ...harmless]) {
      for (const difference of differences(from, to)) expect(describeDifference(difference)).toMatch(/^(collection )?todos/);
    }
  });
});

const rowOfFirst = (schema: PlainSchema) => {
  const [collection = '', { attributes } = { attributes: {} }] = Object.entries(schema.collections)[0] ?? [];
  return rowArbitrary(attributes).map((row) => ({ collection, row }));
};

describe('C2 and C3 at random', () => {
  test('rows of the old schema fit a compatible new one', () => {
    let compatible = 0;
    const cases = editArbitrary
      .filter(([from]) => Object.keys(from.collections).length > 0)
      .chain(([from, to]) => rowOfFirst(from).map((drawn) => ({ from, to, ...drawn })));
    fc.assert(
      fc.property(cases, ({ from, to, collection, row }) => {
        expect(rowIssues(from, collection, row)).toEqual([]);
        if (!isCompatible(from, to)) return;
        if (differences(from, to).length > 0) compatible += 1;
        expect(rowIssues(to, collection, row)).toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(compatible).toBeGreaterThan(20);
  });

  test('no schema differs from itself, however it is written', () => {
    fc.assert(
      fc.property(schemaArbitrary, (schema) => {
        expect(differences(schema, reversed(schema))).toEqual([]);
      }),
      { seed: 7 },
    );
  });

  test('what is not there in one direction is there in the other', () => {
    fc.assert(
      fc.property(editArbitrary, ([from, to]) => {
        expect(differences(from, to).length).toBe(differences(to, from).length);
      }),
      { seed: 7 },
    );
  });
});
