/** What is over a bound and what is just within it (B3, B4). */
import { describe, expect, test } from 'vitest';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { type BoundName, boundsOf, defaultBounds, sayBound } from './bounds.ts';
import { boundBrokenByQuery } from './query-bounds.ts';
import { boundBrokenByInsert, boundBrokenByUpdate } from './row-bounds.ts';

function nested(depth: number): Filter {
  return depth === 1 ? ['done', '=', true] : { mod: 'and', filters: [nested(depth - 1)] };
}

describe('a bound as it may be asked for', () => {
  test('stands in the place of the default', () => {
    expect(boundsOf({ rowBytesMax: 10, listLengthMax: undefined })).toEqual({ ...defaultBounds, rowBytesMax: 10 });
  });
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('is no %s', (bound) => {
    expect(() => boundsOf({ filterDepthMax: bound })).toThrow(/^filterDepthMax must be a whole number, at least 1, not /u);
  });
  test('has a known name', () => {
    expect(() => boundsOf(JSON.parse('{ "rowsMax": 3 }'))).toThrow('there is no bound rowsMax');
  });
  test('is said with what it bounds', () => {
    expect(sayBound('rowBytesMax', boundsOf({ rowBytesMax: 7 }))).toBe('over rowBytesMax: 7 bytes of a row at most');
  });
});

describe('a query', () => {
  const query = (...where: readonly Filter[]): Query => ({ collection: 'todos', where, order: [] });
  const bounds = boundsOf({ filterNodesMax: 3, filterDepthMax: 2, listLengthMax: 2, patternLengthMax: 3 });
  test.each<[string, Query, BoundName | undefined]>([
    ['three statements', query(nested(1), nested(1), nested(1)), undefined],
    ['four statements', query(nested(1), nested(1), nested(1), nested(1)), 'filterNodesMax'],
    ['groups are counted too', query(nested(2), nested(2)), 'filterNodesMax'],
    ['two levels', query(nested(2)), undefined],
    ['three levels', query(nested(3)), 'filterDepthMax'],
    ['an empty group at the last level', query({ mod: 'and', filters: [{ mod: 'or', filters: [] }] }), undefined],
    ['a list of two', query(['id', 'in', ['a', 'b']]), undefined],
    ['a list of three', query(['id', 'in', ['a', 'b', 'c']]), 'listLengthMax'],
    ['a set to compare with is a list as well', query(['tags', '=', ['a', 'b', 'c']]), 'listLengthMax'],
    ['a pattern of three', query(['text', 'like', '%a%']), undefined],
    ['a pattern of four', query(['text', 'like', '%ab%']), 'patternLengthMax'],
    ['a text that is no pattern', query(['text', '=', 'a long text']), undefined],
  ])('%s', (_, asked, broken) => expect(boundBrokenByQuery(asked, bounds)).toBe(broken));
  test('nested without end is judged all the same', () => {
    expect(boundBrokenByQuery(query(nested(100)), bounds)).toBe('filterDepthMax');
  });
});

describe('a row', () => {
  const bounds = boundsOf({ rowAttributesMax: 2, rowBytesMax: 20 });
  test('is counted in bytes, not in characters', () => {
    expect(boundBrokenByInsert({ id: 'eeeeeeeeee' }, bounds)).toBeUndefined();
    expect(boundBrokenByInsert({ id: 'éééééééééé' }, bounds)).toBe('rowBytesMax');
  });
  test('may have so many attributes, the id included', () => {
    expect(boundBrokenByInsert({ id: 'a', b: 1 }, bounds)).toBeUndefined();
    expect(boundBrokenByInsert({ id: 'a', b: 1, c: 1 }, bounds)).toBe('rowAttributesMax');
  });
  test('that is over a bound already may shrink and stay as large, in each measure', () => {
    const before = { id: 'a', text: 'x'.repeat(30), c: 1 };
    const updated = (changes: Attributes): BoundName | undefined => boundBrokenByUpdate(before, changes, { ...before, ...changes }, bounds);
    expect(updated({ text: 'y'.repeat(30) })).toBeUndefined();
    expect(updated({ text: 'y'.repeat(29) })).toBeUndefined();
    expect(updated({ text: 'y'.repeat(31) })).toBe('rowBytesMax');
    expect(updated({ text: 'y', d: 1 })).toBe('rowAttributesMax');
  });
  test('is counted by what changes, again and again, as it would be whole', () => {
    let row: Attributes = { id: 'a', text: 'é', n: 1, tags: null };
    const wide = boundsOf({ rowBytesMax: 60 });
    const changes: readonly Attributes[] = [
      { text: 'abc' },
      { n: 12_345, text: '€' },
      { tags: ['x', 'y'] },
      { more: 'z'.repeat(9) },
      { tags: 'quote "' },
    ];
    for (const change of changes) {
      const after = { ...row, ...change };
      const isOver = new TextEncoder().encode(JSON.stringify(after)).length > 60;
      expect(boundBrokenByUpdate(row, change, after, wide)).toBe(isOver ? 'rowBytesMax' : undefined);
      row = after;
    }
    expect(boundBrokenByInsert(row, wide)).toBe('rowBytesMax');
  });
});
