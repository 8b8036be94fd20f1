/** The index finds little else than what a row satisfies, where equalities narrow it down. That it misses nothing: `random-filters.test.ts`. */

import { describe, expect, test } from 'vitest';
import type { Filter } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { normalForm } from './normal-form.ts';
import { createPredicateIndex } from './predicate-index.ts';

type Entry = readonly [name: number, filter: Filter, permission?: Filter | null];

function indexOf(entries: readonly Entry[]) {
  const index = createPredicateIndex<Entry>();
  for (const entry of entries) index.add(entry, { collection: 'todos', permission: entry[2] ?? null, filter: entry[1] });
  return index;
}

function found(index: ReturnType<typeof indexOf>, row: Attributes, collection = 'todos'): ReadonlySet<Entry> {
  const entries = new Set<Entry>();
  index.visit(collection, row, (entry) => entries.add(entry));
  return entries;
}

describe('the predicate index', () => {
  test('keeps collections apart', () => {
    const index = indexOf([[0, { mod: 'and', filters: [] }]]);
    expect(found(index, { id: 'a' }).size).toBe(1);
    expect(found(index, { id: 'a' }, 'notes').size).toBe(0);
  });

  test('finds by what may be read where the query itself narrows nothing down', () => {
    const reads = (user: number): Filter => ({
      mod: 'or',
      filters: [{ mod: 'and', filters: [['owner', '=', user]] }, ['list', '=', user]],
    });
    const entries = Array.from({ length: 1_000 }, (_, user): Entry => {
      const query = { collection: 'todos', where: [['rank', '>', 1] as const], order: [], limit: 10 };
      const { filter, permission } = normalForm(query, reads(user), 0);
      return [user, filter, permission];
    });
    expect([...found(indexOf(entries), { id: 'a', owner: 7, list: 8, rank: 0 })].map(([name]) => name)).toEqual([8, 7]);
  });

  test('a row that nobody may read finds nothing, whatever it holds', () => {
    const mine: Filter = ['owner', '=', 1];
    const entries = Array.from({ length: 100 }, (_, value): Entry => [value, ['secret', '=', value], mine]);
    expect(found(indexOf(entries), { id: 'a', owner: 2, secret: 7 }).size).toBe(0);
    expect([...found(indexOf(entries), { id: 'a', owner: 1, secret: 7 })].map(([name]) => name)).toEqual([7]);
  });

  test('never finds who may read nothing', () => {
    const { filter, permission } = normalForm({ collection: 'todos', where: [], order: [] }, { mod: 'or', filters: [] }, 0);
    expect(found(indexOf([[0, filter, permission]]), { id: 'a' }).size).toBe(0);
  });

  test.each<readonly [name: string, filter: (constant: number) => Filter]>([
    ['an equality', (constant) => ['list', '=', constant]],
    [
      'an equality among other clauses',
      (constant) => ({
        mod: 'and',
        filters: [
          ['done', '=', false],
          ['list', '=', constant],
          ['rank', '>', 3],
        ],
      }),
    ],
    [
      'an or of equalities',
      (constant) => ({
        mod: 'or',
        filters: [
          ['list', '=', constant],
          ['owner', '=', constant],
        ],
      }),
    ],
    ['a list of values', (constant) => ['list', 'in', [constant, `x${constant}`]]],
  ])('finds one among ten thousand by %s', (_name, filter) => {
    const entries = Array.from({ length: 10_000 }, (_, constant): Entry => [constant, filter(constant)]);
    const hits = found(indexOf(entries), { id: 'a', list: 77, owner: 'nobody', done: false, rank: 5 });
    expect([...hits].map(([name]) => name)).toContain(77);
    // Where several equalities would do, the first filters may be found by the one that they share.
    expect(hits.size).toBeLessThanOrEqual(3);
  });
});
