/** The problems that a row can have with its schema (C3), one by one. */

import { expect, test } from 'vitest';
import type { Attribute, Schema } from '../../vocabulary/schemas.ts';
import type { Value } from '../../vocabulary/values.ts';
import { issuesOfRow, issuesOfRows } from './conform.ts';

const plain = { items: null, nullable: false, optional: false, enum: null } as const;
const schemaOf = (attribute: Attribute): Schema => ({
  collections: { todos: { attributes: { it: attribute }, permissions: null } },
  roles: {},
});
const text: Attribute = { ...plain, type: 'string' };
const set: Attribute = { ...plain, type: 'set', items: 'number' };

test.each<[Attribute, Value | undefined, string | null]>([
  [text, 'a', null],
  [text, 1, 'type'],
  [text, null, 'null'],
  [text, undefined, 'missing'],
  [{ ...text, nullable: true }, null, null],
  [{ ...text, optional: true }, undefined, null],
  [{ ...text, optional: true }, null, 'null'],
  [{ ...text, enum: ['a', 'b'] }, 'b', null],
  [{ ...text, enum: ['a', 'b'] }, 'c', 'value'],
  [{ ...text, enum: [] }, 'a', 'value'],
  [{ ...plain, type: 'number' }, 'a', 'type'],
  [{ ...plain, type: 'boolean' }, false, null],
  [{ ...plain, type: 'date' }, '2030-01-01T09:00:00.000Z', null],
  [{ ...plain, type: 'date' }, '2030-01-01', 'type'],
  [set, [], null],
  [set, [1, 2], null],
  [set, ['1'], 'type'],
  [set, 1, 'type'],
  [text, ['a'], 'type'],
])('%o with %o: %s', (attribute, value, problem) => {
  const row = value === undefined ? { id: 'r' } : { id: 'r', it: value };
  expect(issuesOfRow(schemaOf(attribute), 'todos', row)).toEqual(problem === null ? [] : [`todos/r it ${problem}`]);
});

test('what the schema does not know is an issue: an attribute, and a collection once', () => {
  expect(issuesOfRow(schemaOf(text), 'todos', { id: 'r', it: 'a', other: 1 })).toEqual(['todos/r other unknown']);
  expect(issuesOfRow(schemaOf(text), 'lists', { id: 'r', it: 1 })).toEqual(['lists/r unknown']);
});

test('issues of all rows are sorted', () => {
  const stored = (id: string) => ({ generation: 'g', row: { id } });
  expect(issuesOfRows(schemaOf(text), { 'todos/b': stored('b'), 'todos/a': stored('a') })).toEqual([
    'todos/a it missing',
    'todos/b it missing',
  ]);
});
