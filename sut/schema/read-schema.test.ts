/** What is a schema and what is not, and that nothing is shared with what was read (C1). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { copySchema, readSchema } from './read-schema.ts';
import { schemaArbitrary } from './test-schemas.ts';
import type { PlainSchema } from './types.ts';

const text = { type: 'string', items: null, nullable: false, optional: false, enum: null } as const;
const schema: PlainSchema = {
  collections: {
    todos: {
      attributes: { title: text, state: { ...text, enum: ['open', 'done'] }, tags: { ...text, type: 'set', items: 'string' } },
      permissions: {
        member: {
          read: {
            filter: [
              ['list', 'in', '$token.lists'],
              {
                mod: 'or',
                filters: [
                  ['owner', '=', '$role.user'],
                  ['a', 'in', [1, 2]],
                ],
              },
            ],
          },
          insert: { filter: [] },
          postUpdate: {},
          delete: { filter: [['a', 'isDefined', '$token.flag']] },
        },
        guest: {},
      },
    },
    notes: { attributes: {}, permissions: null },
  },
  roles: { member: { match: { sub: '$user', scopes: ['read', 1, true, null], team: { name: 'red' } } }, guest: { match: {} } },
};

/** Everything that is reachable and can be changed. */
function partsOf(value: unknown): readonly object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(partsOf)] : [];
}

describe('C1: a copy', () => {
  test('is equal, comes through JSON, and shares nothing', () => {
    const copy = copySchema(schema);
    expect(copy).toEqual(schema);
    expect(readSchema(JSON.parse(JSON.stringify(schema)), 'schema')).toEqual(schema);
    const parts = new Set(partsOf(schema));
    expect(partsOf(copy).filter((part) => parts.has(part))).toEqual([]);
  });

  test('at random, names of the language included', () => {
    fc.assert(
      fc.property(schemaArbitrary, (drawn) => {
        expect(JSON.stringify(copySchema(drawn))).toBe(JSON.stringify(drawn));
      }),
      { seed: 7 },
    );
  });
});

const collection = (change: object) => ({ collections: { todos: { attributes: {}, permissions: null, ...change } }, roles: {} });
const attribute = (change: object) => collection({ attributes: { a: { ...text, ...change } } });
const rule = (filter: unknown) => collection({ permissions: { member: { read: { filter } } } });
const deep = (depth: number): unknown => (depth === 0 ? 'x' : { a: deep(depth - 1) });

describe('what is no schema', () => {
  test.each<readonly [name: string, value: unknown, message: RegExp]>([
    ['nothing', null, /^s must be an object/],
    ['no collections', { roles: {} }, /^s\.collections must be an object/],
    ['no roles', { collections: {} }, /^s\.roles must be an object/],
    ['a collection without attributes', { collections: { a: { permissions: null } }, roles: {} }, /^s\.collections\.a\.attributes/],
    ['a collection without permissions', { collections: { a: { attributes: {} } }, roles: {} }, /^s\.collections\.a\.permissions/],
    ['an id', collection({ attributes: { id: text } }), /every row has an id/],
    ['an unknown type', attribute({ type: 'text' }), /attributes\.a\.type must be/],
    ['a set of anything', attribute({ type: 'set' }), /items must be "string"/],
    ['a set of dates', attribute({ type: 'set', items: 'date' }), /items must be "string"/],
    ['items of no set', attribute({ items: 'string' }), /only a set/],
    ['no word on null', attribute({ nullable: undefined }), /nullable must be true or false/],
    ['a text for optional', attribute({ optional: 'yes' }), /optional must be true or false/],
    ['an enumeration of numbers', attribute({ type: 'number', enum: [] }), /only a string/],
    ['an enumeration that holds one', attribute({ enum: ['a', 1] }), /enum must be a string/],
    ['an operation misspelt', collection({ permissions: { member: { raed: {} } } }), /no operation "raed"/],
    ['a rule that is a list', collection({ permissions: { member: { read: [] } } }), /read must be an object/],
    ['a filter that is none', rule({}), /filter must be a list/],
    ['an unknown operator', rule([['a', '==', 1]]), /unknown operator/],
    ['in of no list and no variable', rule([['a', 'in', 'x']]), /in takes a list/],
    ['like of a number, deep down', rule([{ mod: 'or', filters: [['a', 'like', 3]] }]), /a: like takes a string, not a number/],
    ['an order of null', rule([['a', '<', null]]), /< takes/],
    ['isDefined of a text', rule([['a', 'isDefined', '$user']]), /isDefined takes/],
    ['a role without a pattern', { collections: {}, roles: { a: {} } }, /^s\.roles\.a\.match must be an object/],
    ['a pattern that holds no JSON', { collections: {}, roles: { a: { match: { x: undefined } } } }, /^s\.roles\.a\.match\.x/],
    ['a pattern that holds infinity', { collections: {}, roles: { a: { match: { x: Number.POSITIVE_INFINITY } } } }, /finite/],
    ['a pattern without end', { collections: {}, roles: { a: { match: deep(1000) } } }, /nest deeper/],
  ])('%s', (_name, value, message) => {
    expect(() => readSchema(value, 's')).toThrow(ProtocolError);
    expect(() => readSchema(value, 's')).toThrow(message);
  });

  test('what later versions may add is left out', () => {
    expect(readSchema({ ...schema, more: 1 }, 's')).toEqual(schema);
  });
});

test('a filter misspelt is refused: it would deny in silence', () => {
  const rule = (read: unknown) => ({ collections: { todos: { attributes: {}, permissions: { member: { read } } } }, roles: {} });
  expect(() => readSchema(rule({ filters: [] }), 'schema')).toThrow(
    'schema.collections.todos.permissions.member.read: a rule has a filter, not "filters"',
  );
  expect(readSchema(rule({ filter: [] }), 'schema')).toEqual(rule({ filter: [] }));
});
