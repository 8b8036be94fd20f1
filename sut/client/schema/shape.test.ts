/** Rows at the edge of the API: checked, completed and converted by the schema. */
import { describe, expect, test } from 'vitest';
import * as S from './index.ts';
import { apiRow, changedAttributes, insertedRow } from './shape.ts';

const schema = S.Collections({
  todos: {
    schema: S.Schema({
      id: S.Id(),
      text: S.String(),
      priority: S.Number({ default: 1 }),
      assignee: S.String({ nullable: true, default: null }),
      due: S.Optional(S.Date({ nullable: true })),
      state: S.Optional(S.String({ enum: ['open', 'done'] })),
      tags: S.Set(S.String(), { default: new Set(['b', 'a']) }),
    }),
  },
});
const freshId = () => 'fresh';

describe('insert', () => {
  test('fills in the id and the defaults, and leaves out what is optional', () => {
    const row = insertedRow(schema, 'todos', { text: 'milk' }, freshId);
    expect(row).toEqual({ id: 'fresh', text: 'milk', priority: 1, assignee: null, tags: ['a', 'b'] });
  });

  test('makes dates and sets plain: ISO strings, sorted members without duplicates', () => {
    const given = { id: 'x', text: 'milk', due: new Date(0), tags: ['b', 'a', 'b'] };
    expect(insertedRow(schema, 'todos', given, freshId)).toMatchObject({ due: '1970-01-01T00:00:00.000Z', tags: ['a', 'b'] });
  });

  test.each([
    [{}, 'text: a value is required'],
    [{ text: 1 }, 'text: expected a string, not 1'],
    [{ text: null }, 'text: expected a value (it is not nullable)'],
    [{ text: 'x', priority: Number.POSITIVE_INFINITY }, 'priority: expected a finite number'],
    [{ text: 'x', due: new Date(Number.NaN) }, 'due: expected a date'],
    [{ text: 'x', due: '2030-01-01' }, 'due: expected a date'],
    [{ text: 'x', due: '2030-02-30T00:00:00.000Z' }, 'due: expected a date'],
    [{ text: 'x', due: new Date(8e15) }, 'due: expected a date'],
    [{ text: 'x', state: 'lost' }, 'state: expected one of "open", "done", not "lost"'],
    [{ text: 'x', tags: new Set([1]) }, 'tags: expected a string, not 1'],
    [{ text: 'x', colour: 'red' }, 'colour: the schema has no such attribute'],
    [{ text: 'x', id: '' }, 'id: expected a string that is not empty'],
  ])('%j is refused', (given, message) => {
    expect(() => insertedRow(schema, 'todos', given, freshId)).toThrow(message);
  });

  test('without a schema takes any plain value', () => {
    expect(insertedRow(undefined, 'any', { a: null, b: [2, 1], c: undefined }, freshId)).toEqual({ id: 'fresh', a: null, b: [2, 1] });
    expect(() => insertedRow(undefined, 'any', { a: {} }, freshId)).toThrow('a: expected a plain value');
  });
});

test('update takes some attributes, and never the id', () => {
  expect(changedAttributes(schema, 'todos', { due: new Date(0), text: undefined })).toEqual({ due: '1970-01-01T00:00:00.000Z' });
  expect(() => changedAttributes(schema, 'todos', { id: 'y' })).toThrow('id: the id of an entity cannot be changed');
});

test('a value that does not fit comes out as it is', () => {
  expect(apiRow(schema, 'todos', { id: 'x', due: 'soon', tags: 'a' })).toEqual({ id: 'x', due: 'soon', tags: 'a' });
});

test('a default must fit', () => {
  expect(() => S.String({ enum: ['open'], default: 'lost' })).toThrow('default: expected one of "open"');
});

test('rows come out rich, and as copies', () => {
  const row = { id: 'x', due: '1970-01-01T00:00:00.000Z', tags: ['a'], unknown: 1 };
  expect(apiRow(schema, 'todos', row)).toEqual({ id: 'x', due: new Date(0), tags: new Set(['a']), unknown: 1 });
  const plain = apiRow(undefined, 'any', row);
  expect(plain).toEqual(row);
  expect(plain.tags).not.toBe(row.tags);
  const strange = { id: 'x', due: ['a'], text: ['b'], unknown: ['c'] };
  const rich = apiRow(schema, 'todos', strange);
  expect(rich).toEqual(strange);
  for (const name of ['due', 'text', 'unknown'] as const) expect(rich[name]).not.toBe(strange[name]);
});

test('an unknown collection is an error', () => {
  expect(() => insertedRow(schema, 'notes', {}, freshId)).toThrow('"notes"');
});
