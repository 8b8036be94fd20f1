/** Queries are immutable values, and plain ones to whoever sends them. */
import { expect, test } from 'vitest';
import { InvalidQueryError } from './errors.ts';
import { and, type FilterInput, or } from './queries.ts';
import { QueryBuilder } from './query-builder.ts';
import type { PlainRow } from './schema/collections.ts';

const todos = new QueryBuilder<PlainRow, 'todos'>('todos');

test('each step gives a new query and leaves the one before', () => {
  const open = todos.Where('done', '=', false);
  const sorted = open.Order('priority', 'DESC').Order('text');
  expect(todos.where).toEqual([]);
  expect(open).toMatchObject({ collection: 'todos', where: [['done', '=', false]], order: [] });
  expect(sorted.order).toEqual([
    ['priority', 'DESC'],
    ['text', 'ASC'],
  ]);
});

test('clauses may be given one by one, as several, or as a list', () => {
  const two = [
    ['a', '=', 1],
    ['b', 'in', ['=', 'x', 1]],
  ] as const;
  expect(todos.Where(two).where).toEqual(two);
  expect(todos.Where(...two).where).toEqual(two);
  expect(todos.Where(two[0]).where).toEqual([two[0]]);
  expect(todos.Where([or([two[0], and([two[1]])])]).where).toEqual([{ mod: 'or', filters: [two[0], { mod: 'and', filters: [two[1]] }] }]);
});

test('dates and sets become what is sent', () => {
  const filters = or([
    ['due', '<', new Date(0)],
    ['tags', 'in', new Set(['b', 'a'])],
  ]);
  expect(todos.Where(filters).where).toEqual([
    {
      mod: 'or',
      filters: [
        ['due', '<', '1970-01-01T00:00:00.000Z'],
        ['tags', 'in', ['a', 'b']],
      ],
    },
  ]);
});

test('what is no filter is refused', () => {
  expect(() => todos.Where('a', '=', Number.NaN)).toThrow('a: expected a finite number');
  // @ts-expect-error: no such operator
  expect(() => todos.Where([['a', 'resembles', 1]])).toThrow('A filter is');
});

test('filters thousands of levels deep are refused by name, in few words', () => {
  let filter: FilterInput = ['done', '=', true];
  for (let depth = 0; depth < 20_000; depth += 1) filter = or([filter]);
  expect(() => todos.Where(filter)).toThrow(new InvalidQueryError('Filters nest deeper than 200.'));
});

test('a limit and a place to go on from', () => {
  const sorted = todos.Order('priority', 'DESC').Order('text');
  expect(todos.limit).toBeUndefined();
  expect(sorted.Limit(2).limit).toBe(2);
  expect(sorted.After({ id: 'x', priority: 3 }).Limit(0)).toMatchObject({ limit: 0, after: { values: [3, null], id: 'x' } });
  expect(sorted.After([new Date(0), null], '').after).toEqual({ values: ['1970-01-01T00:00:00.000Z', null], id: '' });
  expect(sorted.After([1, 'a'], 'x').Where('done', '=', true).after).toEqual({ values: [1, 'a'], id: 'x' });
});

test('what is no limit and no place is refused', () => {
  for (const limit of [-1, 1.5, Number.NaN]) expect(() => todos.Limit(limit)).toThrow('limit: expected a whole number');
  expect(() => todos.Order('a').After([], 'x')).toThrow('after: expected a value for each of the 1 attributes');
  expect(() => todos.Order('a').After({ id: 'x', a: ['set'] })).toThrow('a: a set is no place in an order');
  expect(() => todos.After({ id: 'x' }).Order('a')).toThrow('order');
});
