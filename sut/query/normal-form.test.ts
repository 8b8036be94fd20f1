/** What shares and what does not (H1): equalities and near misses by hand. */

import { describe, expect, test } from 'vitest';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import { normalForm } from './normal-form.ts';

const a: Filter = ['a', '=', 1];
const b: Filter = ['b', '>', 2];
const c: Filter = ['c', 'like', 'x%'];
const and = (...filters: readonly Filter[]): Filter => ({ mod: 'and', filters });
const or = (...filters: readonly Filter[]): Filter => ({ mod: 'or', filters });
const query = (...where: readonly Filter[]): Query => ({ collection: 'todos', where, order: [] });
const keyOf = (given: Query): string => normalForm(given, null, 0).key;

describe('H1: equal normal forms', () => {
  test.each<readonly [name: string, left: Query, right: Query]>([
    ['sorted', query(a, b), query(b, a)],
    ['deduplicated', query(a, b, a), query(a, b)],
    ['where is one and', query(and(a, b)), query(a, b)],
    ['and inside and', query(and(a, and(b, c))), query(a, b, c)],
    ['or inside or', query(or(a, or(b, c))), query(or(c, b, a))],
    ['a single member', query(or(a)), query(a)],
    ['a single member after deduplication', query(or(a, or(a))), query(and(a))],
    ['flattened through a collapsed group', query(or(and(or(a, b)), c)), query(or(a, b, c))],
    ['an empty or alone', query(or()), query(or(or()))],
    ['an empty and among others', query(a, and()), query(a)],
    ['in lists sorted and deduplicated', query(['a', 'in', [3, 1, 3, 2]]), query(['a', 'in', [1, 2, 3]])],
    [
      'the same limit and place',
      { ...query(a), limit: 3, after: { values: [], id: 'x' } },
      { ...query(a), after: { id: 'x', values: [] }, limit: 3 },
    ],
    ['nin lists too', query(['a', 'nin', ['x', null, 'x']]), query(['a', 'nin', [null, 'x']])],
  ])('%s', (_name, left, right) => {
    expect(keyOf(left)).toBe(keyOf(right));
  });
});

describe('H1: other normal forms', () => {
  test.each<readonly [name: string, left: Query, right: Query]>([
    ['1 and "1"', query(['a', '=', 1]), query(['a', '=', '1'])],
    ['null and "null"', query(['a', '=', null]), query(['a', '=', 'null'])],
    ['true and "true"', query(['a', '=', true]), query(['a', '=', 'true'])],
    ['1 and "1" in a list', query(['a', 'in', [1, 2]]), query(['a', 'in', ['1', 2]])],
    ['in of one value and =', query(['a', 'in', [1]]), query(['a', '=', 1])],
    ['and and or', query(and(a, b)), query(or(a, b))],
    ['an empty and and an empty or', query(and()), query(or())],
    ['an empty or in an and', query(a, or()), query(a)],
    ['another operator', query(['a', '<', 1]), query(['a', '<=', 1])],
    ['another attribute', query(['a', '=', 1]), query(['A', '=', 1])],
    ['the collection', query(a), { ...query(a), collection: 'notes' }],
    ['an order', query(a), { ...query(a), order: [['a', 'ASC']] }],
    ['the direction', { ...query(a), order: [['a', 'DESC']] }, { ...query(a), order: [['a', 'ASC']] }],
    [
      'the sequence of an order',
      {
        ...query(),
        order: [
          ['a', 'ASC'],
          ['b', 'ASC'],
        ],
      },
      {
        ...query(),
        order: [
          ['b', 'ASC'],
          ['a', 'ASC'],
        ],
      },
    ],
    ['a limit', query(a), { ...query(a), limit: 0 }],
    ['another limit', { ...query(a), limit: 1 }, { ...query(a), limit: 10 }],
    ['a place to begin after', query(a), { ...query(a), after: { values: [], id: '' } }],
    ['another id of the place', { ...query(a), after: { values: [], id: '1' } }, { ...query(a), after: { values: [], id: '2' } }],
    ['1 and "1" in the place', { ...query(a), after: { values: [1], id: 'x' } }, { ...query(a), after: { values: ['1'], id: 'x' } }],
    ['quotes in a value', query(['a', '=', 'x"],["b","=","y']), query(['a', '=', 'x'], ['b', '=', 'y'])],
    ['where a list ends', query(['a', 'in', ['x', 'y']]), query(['a', 'in', ['x","y']])],
    ['nesting that means something', query(or(and(a, b), c)), query(or(and(a, c), b))],
    ['distribution is not folded', query(or(and(a, b), and(a, c))), query(and(a, or(b, c)))],
  ])('%s', (_name, left, right) => {
    expect(keyOf(left)).not.toBe(keyOf(right));
  });
});

describe('H1: the rest of the key', () => {
  const reads = or(and(b));

  test('the schema version', () => {
    expect(normalForm(query(a), null, 1).key).not.toBe(normalForm(query(a), null, 2).key);
  });
  test('what may be read stands beside what is asked, in a normal form of its own', () => {
    expect(normalForm(query(a), reads, 0)).toMatchObject({ permission: b, filter: a });
    expect(normalForm(query(a), or(and(b), b), 0).key).toBe(normalForm(query(a), reads, 0).key);
    expect(normalForm(query(a), or(), 0)).toMatchObject({ permission: or(), filter: a });
  });
  test('who may read one thing and asks for another shares with neither of those that are like it when joined', () => {
    const key = normalForm(query(a), b, 0).key;
    expect(normalForm(query(b), a, 0).key).not.toBe(key);
    expect(keyOf(query(a, b))).not.toBe(key);
    expect(normalForm(query(a, b), b, 0).key).not.toBe(key);
  });
  test('without one nothing is added', () => {
    expect(normalForm(query(a), null, 0)).toMatchObject({ permission: null, filter: a });
  });
});
