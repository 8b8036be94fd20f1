/** The truth table of Q1, written out by hand: every operator on every kind of attribute. */

import { describe, expect, test } from 'vitest';
import type { Filter, Operator } from '../../vocabulary/queries.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import { compileFilter, matches } from './filter.ts';

const row: Attributes = {
  id: 'milk',
  number: 5,
  text: 'five',
  yes: true,
  no: false,
  empty: null,
  numbers: [1, 2, 5],
  texts: ['a', 'b'],
  none: [],
};

/** `missing` is no attribute of the row. */
type Case = readonly [attribute: string, operator: Operator, value: Value, expected: boolean];

const table: readonly Case[] = [
  ['number', '=', 5, true],
  ['number', '=', '5', false],
  ['number', '=', 6, false],
  ['number', '=', null, false],
  ['number', '=', [5], false],
  ['text', '=', 'five', true],
  ['text', '=', 'Five', false],
  ['yes', '=', true, true],
  ['yes', '=', 1, false],
  ['no', '=', false, true],
  ['no', '=', null, false],
  ['empty', '=', null, true],
  ['empty', '=', 0, false],
  ['missing', '=', null, true],
  ['missing', '=', '', false],
  ['numbers', '=', 1, false],
  ['numbers', '=', [1, 2, 5], false],
  ['numbers', '=', null, false],

  ['number', '!=', 5, false],
  ['number', '!=', '5', true],
  ['number', '!=', null, true],
  ['number', '!=', [5], true],
  ['empty', '!=', null, false],
  ['empty', '!=', 5, true],
  ['missing', '!=', null, false],
  ['missing', '!=', 5, true],
  ['numbers', '!=', 1, true],
  ['numbers', '!=', [1, 2, 5], true],

  ['number', '<', 6, true],
  ['number', '<', 5, false],
  ['number', '<', '6', false],
  ['number', '<', null, false],
  ['number', '<', [6], false],
  ['text', '<', 'g', true],
  ['text', '<', 'G', false],
  ['no', '<', true, true],
  ['yes', '<', true, false],
  ['empty', '<', 1, false],
  ['missing', '<', 1, false],
  ['numbers', '<', 9, false],
  ['number', '<=', 5, true],
  ['number', '<=', 4, false],
  ['empty', '<=', null, false],
  ['missing', '<=', null, false],
  ['number', '>', 4, true],
  ['number', '>', 5, false],
  ['text', '>', 'Zebra', true],
  ['yes', '>', false, true],
  ['number', '>', false, false],
  ['number', '>=', 5, true],
  ['number', '>=', 6, false],
  ['empty', '>=', null, false],
  ['empty', '>=', 0, false],
  ['numbers', '>=', 0, false],

  ['number', 'in', [4, 5], true],
  ['number', 'in', ['5'], false],
  ['number', 'in', [], false],
  ['number', 'in', [null], false],
  ['empty', 'in', [null], true],
  ['empty', 'in', [1], false],
  ['missing', 'in', [1, null], true],
  ['missing', 'in', [1], false],
  ['numbers', 'in', [1, 2, 5], false],
  ['numbers', 'in', [null], false],
  ['number', 'nin', [4, 5], false],
  ['number', 'nin', ['5'], true],
  ['number', 'nin', [], true],
  ['empty', 'nin', [null], false],
  ['empty', 'nin', [1], true],
  ['missing', 'nin', [null], false],
  ['missing', 'nin', [1], true],
  ['numbers', 'nin', [1], true],

  ['text', 'like', 'five', true],
  ['text', 'like', 'f%', true],
  ['text', 'like', '%v_', true],
  ['text', 'like', 'F%', false],
  ['text', 'like', 'fiv', false],
  ['text', 'like', 5, false],
  ['number', 'like', '%', false],
  ['empty', 'like', '%', false],
  ['missing', 'like', '%', false],
  ['texts', 'like', '%', false],

  ['numbers', 'has', 5, true],
  ['numbers', 'has', '5', false],
  ['numbers', 'has', [5], false],
  ['texts', 'has', 'b', true],
  ['none', 'has', 'b', false],
  ['number', 'has', 5, false],
  ['empty', 'has', null, false],
  ['missing', 'has', null, false],
  ['numbers', '!has', 5, false],
  ['numbers', '!has', 6, true],
  ['numbers', '!has', '5', true],
  ['none', '!has', 1, true],
  ['number', '!has', 5, true],
  ['empty', '!has', null, true],
  ['missing', '!has', null, true],

  ['number', 'isDefined', true, true],
  ['number', 'isDefined', false, false],
  ['empty', 'isDefined', true, true],
  ['empty', 'isDefined', false, false],
  ['missing', 'isDefined', true, false],
  ['missing', 'isDefined', false, true],
  ['none', 'isDefined', true, true],
  ['none', 'isDefined', false, false],
];

describe('Q1: operators', () => {
  test.each(table)('%s %s %j is %s', (attribute, operator, value, expected) => {
    expect(matches([[attribute, operator, value]], row)).toBe(expected);
  });

  test('the table holds every operator on a scalar, null, a missing attribute and a set', () => {
    const operators: readonly Operator[] = ['=', '!=', '<', 'in', 'nin', 'like', 'has', '!has', 'isDefined'];
    const kinds = (name: string) =>
      name === 'missing' ? 'missing' : row[name] === null ? 'null' : Array.isArray(row[name]) ? 'set' : 'scalar';
    for (const operator of operators) {
      const covered = new Set(table.filter((entry) => entry[1] === operator).map(([attribute]) => kinds(attribute)));
      expect([...covered].sort(), operator).toEqual(['missing', 'null', 'scalar', 'set']);
    }
  });

  test('an attribute is only what the row itself holds', () => {
    expect(matches([['constructor', 'isDefined', true]], row)).toBe(false);
    expect(matches([['constructor', '=', 'yes']], { id: 'a', constructor: 'yes' })).toBe(true);
  });
});

describe('Q1: groups', () => {
  const yes: Filter = ['number', '=', 5];
  const no: Filter = ['number', '=', 6];

  test.each<readonly [name: string, filters: readonly Filter[], expected: boolean]>([
    ['no clause at all', [], true],
    ['an empty and', [{ mod: 'and', filters: [] }], true],
    ['an empty or', [{ mod: 'or', filters: [] }], false],
    ['the clauses are one and', [yes, no], false],
    ['or', [{ mod: 'or', filters: [no, yes] }], true],
    ['or inside and', [yes, { mod: 'or', filters: [no, no] }], false],
    ['and inside or', [{ mod: 'or', filters: [no, { mod: 'and', filters: [yes, yes] }] }], true],
    ['deep', [{ mod: 'or', filters: [{ mod: 'and', filters: [yes, { mod: 'or', filters: [no, { mod: 'and', filters: [] }] }] }] }], true],
  ])('%s', (_name, filters, expected) => {
    expect(compileFilter(filters)(row)).toBe(expected);
  });
});
