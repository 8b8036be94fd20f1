/** The order of Q1: kinds, directions and ties. */

import { describe, expect, test } from 'vitest';
import type { Ordering } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { compareRows } from './order.ts';

function idsInOrder(order: readonly Ordering[], rows: readonly Attributes[]): readonly unknown[] {
  return [...rows].sort(compareRows(order)).map(({ id }) => id);
}

const mixed: readonly Attributes[] = [
  { id: 'set', a: [1] },
  { id: 'text', a: 'x' },
  { id: 'ten', a: 10 },
  { id: 'nine', a: 9 },
  { id: 'true', a: true },
  { id: 'false', a: false },
  { id: 'null', a: null },
  { id: 'missing' },
  { id: 'another set', a: ['z'] },
];

describe('Q1: order', () => {
  test('missing and null, booleans, numbers, strings, sets', () => {
    expect(idsInOrder([['a', 'ASC']], mixed)).toEqual(['missing', 'null', 'false', 'true', 'nine', 'ten', 'text', 'another set', 'set']);
  });

  test('descending reverses its own comparison, and ties still fall to ascending id', () => {
    expect(idsInOrder([['a', 'DESC']], mixed)).toEqual(['another set', 'set', 'text', 'ten', 'nine', 'true', 'false', 'missing', 'null']);
  });

  test('later attributes decide where earlier ones tie', () => {
    const rows: readonly Attributes[] = [
      { id: 'a', list: 'home', rank: 1 },
      { id: 'b', list: 'home', rank: 2 },
      { id: 'c', list: 'away', rank: 1 },
    ];
    const order: readonly Ordering[] = [
      ['list', 'ASC'],
      ['rank', 'DESC'],
    ];
    expect(idsInOrder(order, rows)).toEqual(['c', 'b', 'a']);
  });

  test('strings order by UTF-16 code unit, not by code point or language', () => {
    const rows: readonly Attributes[] = ['z', 'Z', 'ä', '\u{1F600}', '\uFF5E'].map((id) => ({ id }));
    expect(idsInOrder([], rows)).toEqual(['Z', 'z', 'ä', '\u{1F600}', '\uFF5E']);
  });
});
