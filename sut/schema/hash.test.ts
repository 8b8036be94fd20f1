/** What the hash of a schema tells apart, and what it does not (C4). */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attribute } from '../../vocabulary/schemas.ts';
import { differences } from './difference.ts';
import { schemaHash } from './hash.ts';
import { editArbitrary, reversed, schemaArbitrary } from './test-schemas.ts';
import type { PlainSchema } from './types.ts';

const text: Attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
const schemaOf = (attributes: Readonly<Record<string, Attribute>>): PlainSchema => ({
  collections: { todos: { attributes, permissions: null } },
  roles: {},
});

describe('C4: the hash', () => {
  test('is part of the protocol: it stays what it is', () => {
    expect(schemaHash({ collections: {}, roles: {} })).toBe('4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
    expect(schemaHash(schemaOf({ title: text }))).toMatch(/^[0-9a-f]{64}$/);
  });

  test('does not depend on the order in which anything is written', () => {
    fc.assert(
      fc.property(schemaArbitrary, (schema) => {
        expect(schemaHash(reversed(schema))).toBe(schemaHash(schema));
      }),
      { seed: 7 },
    );
  });

  test('is equal exactly where there is no difference', () => {
    fc.assert(
      fc.property(editArbitrary, ([left, right]) => {
        expect(schemaHash(left) === schemaHash(right)).toBe(differences(left, right).length === 0);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('leaves permissions and roles out', () => {
    const open = schemaOf({ title: text });
    const closed: PlainSchema = {
      collections: { todos: { attributes: { title: text }, permissions: {} } },
      roles: { member: { match: { sub: '$user' } } },
    };
    expect(schemaHash(closed)).toBe(schemaHash(open));
  });

  test.each<readonly [name: string, other: PlainSchema]>([
    ['an attribute', schemaOf({ titel: text })],
    ['its type', schemaOf({ title: { ...text, type: 'number' } })],
    ['the type of its members', schemaOf({ title: { ...text, type: 'set', items: 'string' } })],
    ['whether it is nullable', schemaOf({ title: { ...text, nullable: true } })],
    ['whether it is optional', schemaOf({ title: { ...text, optional: true } })],
    ['an enumeration', schemaOf({ title: { ...text, enum: [] } })],
    [
      'where an attribute stands',
      { collections: { todos: { attributes: {}, permissions: null }, title: { attributes: {}, permissions: null } }, roles: {} },
    ],
    ['names that hold quotes', schemaOf({ '"title"': text })],
  ])('tells apart: %s', (_name, other) => {
    expect(schemaHash(other)).not.toBe(schemaHash(schemaOf({ title: text })));
  });
});
