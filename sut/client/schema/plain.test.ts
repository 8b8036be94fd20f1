/** Schemas of the API as plain data, and back. */
import { expect, test } from 'vitest';
import { or } from '../queries.ts';
import * as S from './index.ts';
import { collectionsOf, plainSchema } from './plain.ts';

const schema = S.Collections({
  todos: {
    schema: S.Schema({
      id: S.Id(),
      owner: S.Id(),
      text: S.String({ default: 'x' }),
      state: S.String({ enum: ['open', 'done'], nullable: true }),
      due: S.Optional(S.Date()),
      tags: S.Set(S.Number()),
    }),
    permissions: {
      user: {
        read: {
          filter: [
            or([
              ['due', '<', new Date(0)],
              ['tags', 'has', 1],
            ]),
          ],
        },
        insert: {},
        update: undefined,
      },
    },
  },
  notes: { schema: S.Schema({ id: S.Id() }), permissions: {} },
  open: { schema: S.Schema({ id: S.Id() }) },
});
const roles = { user: { match: { sub: '$uid' } } };
const plainText = { type: 'string', items: null, nullable: false, optional: false, enum: null };

test('attributes without the id, permissions, roles', () => {
  expect(plainSchema(schema, roles)).toEqual({
    roles,
    collections: {
      todos: {
        attributes: {
          owner: plainText,
          text: plainText,
          state: { ...plainText, nullable: true, enum: ['open', 'done'] },
          due: { ...plainText, type: 'date', optional: true },
          tags: { ...plainText, type: 'set', items: 'number' },
        },
        permissions: {
          user: {
            read: {
              filter: [
                {
                  mod: 'or',
                  filters: [
                    ['due', '<', '1970-01-01T00:00:00.000Z'],
                    ['tags', 'has', 1],
                  ],
                },
              ],
            },
            insert: {},
          },
        },
      },
      notes: { attributes: {}, permissions: {} },
      open: { attributes: {}, permissions: null },
    },
  });
});

test('back and forth it stays the same', () => {
  const plain = plainSchema(schema, roles);
  expect(plainSchema(collectionsOf(plain), roles)).toEqual(plain);
});

test('what is no schema is refused with its place', () => {
  const wrong = { notes: { schema: S.Schema({ id: S.Id() }), permissions: { user: { reed: { filter: [] } } } } };
  // @ts-expect-error: no such operation
  expect(() => plainSchema(wrong, undefined)).toThrow('reed');
  const misspelt = { notes: { schema: S.Schema({ id: S.Id() }), permissions: { user: { read: { filters: [] } } } } };
  // @ts-expect-error: a rule has a filter
  expect(() => plainSchema(misspelt, undefined)).toThrow(
    'schema.collections.notes.permissions.user.read: a rule has a filter, not "filters"',
  );
});
