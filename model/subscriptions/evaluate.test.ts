/** The table of Q1, cell by cell: every operator on every kind of attribute, written down by hand. */

import { describe, expect, test } from 'vitest';
import type { Filter, Operator } from '../../vocabulary/queries.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { resultOf, satisfies } from './evaluate.ts';

const kinds = ['2', '3', "'b'", 'true', 'null', 'missing', '{2}', "{'b'}"] as const;
const rows: readonly Row[] = [
  { id: '2', x: 2 },
  { id: '3', x: 3 },
  { id: "'b'", x: 'b' },
  { id: 'true', x: true },
  { id: 'null', x: null },
  { id: 'missing' },
  { id: '{2}', x: [2] },
  { id: "{'b'}", x: ['b'] },
];
const none: readonly string[] = [];

/** Which attributes satisfy the operator. */
const table: readonly (readonly [Operator, Value, readonly string[]])[] = [
  ['=', 2, ['2']],
  ['=', '2', none],
  ['=', 'b', ["'b'"]],
  ['=', true, ['true']],
  ['=', null, ['null', 'missing']],
  ['=', [2], none],
  ['!=', 2, kinds.filter((kind) => kind !== '2')],
  ['!=', '2', kinds],
  ['!=', null, ['2', '3', "'b'", 'true', '{2}', "{'b'}"]],
  ['!=', [2], kinds],
  ['<', 3, ['2']],
  ['<', 'c', ["'b'"]],
  ['<', true, none],
  ['<', null, none],
  ['<', [3], none],
  ['<=', 2, ['2']],
  ['<=', 'b', ["'b'"]],
  ['<=', true, ['true']],
  ['<=', null, none],
  ['<=', [2], none],
  ['>', 2, ['3']],
  ['>', 'a', ["'b'"]],
  ['>', false, ['true']],
  ['>', null, none],
  ['>', [1], none],
  ['>=', 3, ['3']],
  ['>=', 'b', ["'b'"]],
  ['>=', true, ['true']],
  ['>=', null, none],
  ['>=', [2], none],
  ['in', [2, 'b'], ['2', "'b'"]],
  ['in', [null], ['null', 'missing']],
  ['in', [], none],
  ['in', ['2'], none],
  ['nin', [2, 'b'], ['3', 'true', 'null', 'missing', '{2}', "{'b'}"]],
  ['nin', [null], ['2', '3', "'b'", 'true', '{2}', "{'b'}"]],
  ['nin', [], kinds],
  ['like', '%', ["'b'"]],
  ['like', '_', ["'b'"]],
  ['like', 'B', none],
  ['like', '', none],
  ['has', 2, ['{2}']],
  ['has', 'b', ["{'b'}"]],
  ['has', '2', none],
  ['has', null, none],
  ['!has', 2, kinds.filter((kind) => kind !== '{2}')],
  ['!has', '2', kinds],
  ['isDefined', true, kinds.filter((kind) => kind !== 'missing')],
  ['isDefined', false, ['missing']],
];

describe('operators', () => {
  test.each(table)('x %s %j', (operator, operand, expected) => {
    expect(rows.filter((row) => satisfies(row, ['x', operator, operand])).map((row) => row.id)).toEqual(expected);
  });

  test.each([
    ['Buy milk', 'Buy%', true],
    ['Buy milk', '%milk', true],
    ['Buy milk', '%y%m%', true],
    ['Buy milk', 'buy%', false],
    ['Buy milk', 'Buy_milk', true],
    ['Buy milk', 'Buy', false],
    ['😀', '_', false],
    ['😀', '__', true],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['', '%', true],
    ['', '', true],
    ['line\nbreak', 'line_break', true],
  ])('%j like %j', (text, pattern, expected) => expect(satisfies({ id: '1', x: text }, ['x', 'like', pattern])).toBe(expected));

  test('an order of a kind without members beside it holds for nothing', () => {
    for (const operator of ['<', '<=', '>', '>='] as const) expect(satisfies({ id: '1', x: 2 }, ['x', operator, '2'])).toBe(false);
  });
});

describe('groups', () => {
  const yes: Filter = ['x', '=', 1];
  const no: Filter = ['x', '=', 2];
  const row: Row = { id: '1', x: 1 };
  test.each<readonly [string, Filter, boolean]>([
    ['an empty and', { mod: 'and', filters: [] }, true],
    ['an empty or', { mod: 'or', filters: [] }, false],
    ['and', { mod: 'and', filters: [yes, no] }, false],
    ['or', { mod: 'or', filters: [no, yes] }, true],
    ['or of and', { mod: 'or', filters: [no, { mod: 'and', filters: [yes, no] }] }, false],
    ['and of or', { mod: 'and', filters: [yes, { mod: 'or', filters: [no, yes] }] }, true],
  ])('%s', (_name, filter, expected) => expect(satisfies(row, filter)).toBe(expected));
});

describe('order', () => {
  const mixed: readonly Row[] = [
    { id: 'set', x: ['z'] },
    { id: 'other set', x: [1] },
    { id: 'text b', x: 'b' },
    { id: 'text B', x: 'B' },
    { id: 'ten', x: 10 },
    { id: 'nine', x: 9 },
    { id: 'true', x: true },
    { id: 'false', x: false },
    { id: 'null', x: null },
    { id: 'missing' },
  ];
  const ascending = ['missing', 'null', 'false', 'true', 'nine', 'ten', 'text B', 'text b', 'other set', 'set'];
  const ids = (order: readonly (readonly [string, 'ASC' | 'DESC'])[], of: readonly Row[]) =>
    resultOf({ collection: 'all', where: [], order }, of).map((row) => row.id);

  test('kinds stand in their order, ties by id', () => expect(ids([['x', 'ASC']], mixed)).toEqual(ascending));

  test('descending turns the comparison round, not the ties', () => {
    const expected = ['other set', 'set', 'text b', 'text B', 'ten', 'nine', 'true', 'false', 'missing', 'null'];
    expect(ids([['x', 'DESC']], mixed)).toEqual(expected);
  });

  test('strings order by code unit: a surrogate pair comes before U+FFFF', () => {
    const texts: readonly Row[] = [
      { id: '1', x: '\uFFFF' },
      { id: '2', x: '😀' },
      { id: '3', x: 'é' },
      { id: '4', x: 'z' },
    ];
    expect(ids([['x', 'ASC']], texts)).toEqual(['4', '3', '2', '1']);
    expect(ids([], [{ id: '\uFFFF' }, { id: '😀' }])).toEqual(['😀', '\uFFFF']);
  });

  test('the second attribute counts where the first is equal', () => {
    const pairs: readonly Row[] = [
      { id: '1', x: 1, y: 1 },
      { id: '2', x: 1, y: 2 },
      { id: '3', x: 0, y: 0 },
    ];
    const order = [
      ['x', 'ASC'],
      ['y', 'DESC'],
    ] as const;
    expect(ids(order, pairs)).toEqual(['3', '2', '1']);
  });
});

describe('names that every object seems to have', () => {
  const names = ['toString', 'constructor', 'hasOwnProperty', 'valueOf', '__proto__'] as const;

  test.each(names)('%s is missing where the row does not hold it', (name) => {
    expect(satisfies({ id: 'x' }, [name, 'isDefined', true])).toBe(false);
    expect(satisfies({ id: 'x' }, [name, '=', null])).toBe(true);
  });

  test.each(names)('%s counts, and orders, where the row holds it', (name) => {
    const held: readonly Row[] = [
      { id: 'a', [name]: 2 },
      { id: 'b', [name]: 1 },
    ];
    const query = { collection: 'c', where: [[name, '>', 0]], order: [[name, 'ASC']] } as const;
    expect(resultOf(query, held).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
