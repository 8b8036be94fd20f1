/** How rows fail a schema (C3), problem by problem. */

import { describe, expect, test } from 'vitest';
import type { Attribute } from '../../vocabulary/schemas.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import { dataIssues, rowIssues } from './conform.ts';
import type { PlainSchema } from './types.ts';

const text: Attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
const schema: PlainSchema = {
  collections: {
    todos: {
      attributes: {
        title: text,
        state: { ...text, optional: true, enum: ['open', 'done'] },
        rank: { ...text, type: 'number', optional: true, nullable: true },
        done: { ...text, type: 'boolean', optional: true },
        due: { ...text, type: 'date', optional: true },
        tags: { ...text, type: 'set', items: 'string', optional: true },
        sizes: { ...text, type: 'set', items: 'number', optional: true, nullable: true },
      },
      permissions: null,
    },
    bare: { attributes: { constructor: { ...text, optional: true } }, permissions: null },
  },
  roles: {},
};

const problems = (attributes: Attributes) =>
  rowIssues(schema, 'todos', attributes).map(({ attribute, problem }) => `${attribute} ${problem}`);

describe('C3: rows that fit', () => {
  test.each<readonly [attribute: string, value: Value]>([
    ['title', ''],
    ['state', 'done'],
    ['rank', null],
    ['rank', -1.5],
    ['done', false],
    ['due', '2024-02-29T23:59:59.999Z'],
    ['tags', []],
    ['tags', ['a', 'b']],
    ['sizes', null],
    ['sizes', [1, 2]],
  ])('%s: %j', (attribute, value) => {
    expect(problems({ id: 'a', title: 'x', [attribute]: value })).toEqual([]);
  });
});

describe('C3: rows that do not', () => {
  test.each<readonly [attribute: string, value: Value, problem: string]>([
    ['title', null, 'null'],
    ['title', 1, 'type'],
    ['state', 'closed', 'value'],
    ['state', 1, 'type'],
    ['state', null, 'null'],
    ['rank', '1', 'type'],
    ['done', 0, 'type'],
    ['due', '2024-02-29', 'type'],
    ['due', '2024-02-29T23:59:59Z', 'type'],
    ['due', '2024-02-29T23:59:59.999+00:00', 'type'],
    ['due', '2023-02-29T23:59:59.999Z', 'type'],
    ['due', '2024-13-01T00:00:00.000Z', 'type'],
    ['due', '2024-01-01T24:00:00.000Z', 'type'],
    ['due', 1_700_000_000_000, 'type'],
    ['tags', 'a', 'type'],
    ['tags', ['a', 1], 'type'],
    ['tags', ['a', null], 'type'],
    ['sizes', ['1'], 'type'],
    ['title', ['x'], 'type'],
    ['colour', 'red', 'unknown'],
    ['colour', null, 'unknown'],
    ['toString', 'x', 'unknown'],
  ])('%s: %j', (attribute, value, problem) => {
    expect(problems({ id: 'a', title: 'x', [attribute]: value })).toEqual([`${attribute} ${problem}`]);
  });

  test('what is required is missing', () => {
    expect(problems({ id: 'a' })).toEqual(['title missing']);
  });

  test('an attribute that the language knows is missing all the same', () => {
    expect(rowIssues(schema, 'bare', { id: 'a' })).toEqual([]);
  });

  test('a collection that is unknown is one issue', () => {
    const unknown = [{ collection: 'notes', id: 'a', attribute: null, problem: 'unknown' }];
    expect(rowIssues(schema, 'notes', { id: 'a', x: 1, y: 2 })).toEqual(unknown);
    expect(rowIssues(schema, 'toString', { id: 'a' })).toHaveLength(1);
  });

  test('every attribute at once, by name', () => {
    expect(problems({ zebra: 1, id: 'a', rank: 'x', colour: 'red' })).toEqual([
      'colour unknown',
      'rank type',
      'title missing',
      'zebra unknown',
    ]);
  });
});

test('C3: all data, by collection, id and attribute, whatever order they come in', () => {
  const rows = (...all: readonly Attributes[]) => all.map((attributes) => ({ generation: 'c1:1', attributes }));
  const issues = dataIssues(schema, [
    ['todos', rows({ id: 'b', title: 'x', rank: 'x', done: 1 }, { id: 'a' }, { id: 'c', title: 'fits' })],
    ['notes', rows({ id: 'z' }, { id: 'y' })],
  ]);
  expect(issues).toEqual([
    { collection: 'notes', id: 'y', attribute: null, problem: 'unknown' },
    { collection: 'notes', id: 'z', attribute: null, problem: 'unknown' },
    { collection: 'todos', id: 'a', attribute: 'title', problem: 'missing' },
    { collection: 'todos', id: 'b', attribute: 'done', problem: 'type' },
    { collection: 'todos', id: 'b', attribute: 'rank', problem: 'type' },
  ]);
  expect(dataIssues(schema, [])).toEqual([]);
});
