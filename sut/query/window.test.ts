/** Which rows a query shows (Q2): cursors and limits by hand; windows that are kept up to date against ones made anew. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cursor, Filter, Ordering, Query } from '../../vocabulary/queries.ts';
import type { Attributes, Scalar } from '../../vocabulary/values.ts';
import type { RowWrite } from './kept-result.ts';
import { createLiveWindow } from './live-window.ts';
import { normalForm } from './normal-form.ts';
import { idOf } from './row.ts';
import type { StoredRow } from './types.ts';
import { prepare } from './window.ts';
import { noAccount } from './work.ts';

const stored = (attributes: Attributes, generation = 'c1:1'): StoredRow => ({ generation, attributes });
const rows = [
  { id: 'a', rank: 2 },
  { id: 'b', rank: 1 },
  { id: 'c', rank: null },
  { id: 'd' },
  { id: 'e', rank: 2 },
  { id: 'f', rank: 'x' },
].map((attributes) => stored(attributes));
const byRank: readonly Ordering[] = [['rank', 'ASC']];
const query = (more: Partial<Query>): Query => ({ collection: 'todos', where: [], order: [], ...more });
const shown = (more: Partial<Query>): string => prepare(query(more)).select(rows).map(idOf).join('');

describe('Q2: limit and cursor', () => {
  test.each<readonly [name: string, more: Partial<Query>, expected: string]>([
    ['no limit', { order: byRank }, 'cdbaef'],
    ['a limit', { order: byRank, limit: 3 }, 'cdb'],
    ['a limit of none', { order: byRank, limit: 0 }, ''],
    ['a limit beyond all', { order: byRank, limit: 100 }, 'cdbaef'],
    ['a limit after the filter', { where: [['rank', '=', 2]], limit: 1 }, 'a'],
    ['strictly after a row', { order: byRank, after: { values: [2], id: 'a' } }, 'ef'],
    ['among rows that tie, by id', { order: byRank, after: { values: [1], id: 'zz' } }, 'aef'],
    ['after a place where no row is', { order: byRank, after: { values: [1.5], id: '' } }, 'aef'],
    ['null stands for missing too', { order: byRank, after: { values: [null], id: 'c' } }, 'dbaef'],
    ['descending', { order: [['rank', 'DESC']], after: { values: [2], id: 'a' } }, 'ebcd'],
    ['by id alone', { after: { values: [], id: 'c' } }, 'def'],
    ['an order by id', { order: [['id', 'DESC']], after: { values: ['c'], id: 'c' } }, 'ba'],
    ['limit counts from the cursor', { order: byRank, after: { values: [1], id: 'b' }, limit: 2 }, 'ae'],
    ['after the last', { order: byRank, after: { values: ['x'], id: 'f' } }, ''],
  ])('%s', (_name, more, expected) => {
    expect(shown(more)).toBe(expected);
  });

  test('what was given stays as it is', () => {
    const before = [...rows];
    shown({ order: byRank, limit: 2 });
    expect(rows).toEqual(before);
  });
});

const scalar = fc.constantFrom<Scalar>(null, false, 0, 1, 2, 'x', 'y');
const attributes = fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof({ weight: 6, arbitrary: scalar }, fc.constant([1])));
const orderArbitrary = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'id'), fc.constantFrom('ASC' as const, 'DESC' as const)), {
  maxLength: 2,
});
const idArbitrary = fc.constantFrom('p', 'q', 'r', 's', 't', 'u', 'v');

const cursorOf = (order: readonly Ordering[]): fc.Arbitrary<Cursor | undefined> =>
  fc.option(fc.record({ values: fc.tuple(...order.map(() => scalar)), id: idArbitrary }), { nil: undefined });
const whereArbitrary = fc.constantFrom<readonly Filter[]>(
  [],
  [['a', '!=', 1]],
  [['b', 'in', [0, 'x', null]]],
  [{ mod: 'or', filters: [] }],
);
const queryArbitrary: fc.Arbitrary<Query> = orderArbitrary.chain((order) =>
  fc.record({
    collection: fc.constant('todos'),
    where: whereArbitrary,
    order: fc.constant(order),
    limit: fc.option(fc.nat({ max: 4 }), { nil: undefined, freq: 4 }),
    after: cursorOf(order),
  }),
);
/** Commits, each a list of rows written; no attributes: deleted. */
const commitsArbitrary = fc.array(fc.array(fc.tuple(idArbitrary, fc.option(attributes)), { minLength: 1, maxLength: 4 }), {
  maxLength: 12,
});

/** One write a row, as the database tells it. */
function writesOf(commit: readonly (readonly [string, Attributes | null])[], version: number): readonly RowWrite[] {
  const last = new Map(commit);
  return [...last].map(([id, drawn]) => ({
    id,
    after: drawn === null ? undefined : stored({ ...drawn, id }, `c1:${version % 3}`),
  }));
}

const byId = (held: Iterable<StoredRow>): readonly StoredRow[] => [...held].sort((left, right) => (idOf(left) < idOf(right) ? -1 : 1));

describe('Q5: a window that is kept up to date', () => {
  test('holds what one made anew would hold, and tells exactly what changed', () => {
    fc.assert(
      fc.property(queryArbitrary, commitsArbitrary, fc.integer({ min: 1, max: 4 }), (drawn, commits, margin) => {
        const database = new Map<string, StoredRow>();
        const window = createLiveWindow(normalForm(drawn, null, 0), () => database.values(), { margin, work: noAccount() });
        const follower = new Map<string, StoredRow>();
        for (const [version, commit] of commits.entries()) {
          const writes = writesOf(commit, version);
          for (const { id, after } of writes) {
            if (after === undefined) database.delete(id);
            else database.set(id, after);
          }
          const change = window.apply(writes.flatMap((write) => window.see(write) ?? []));
          for (const id of change?.removals ?? []) expect(follower.delete(id)).toBe(true);
          for (const row of change?.upserts ?? []) {
            expect(follower.get(idOf(row))).not.toEqual(row);
            follower.set(idOf(row), row);
          }
          const anew = prepare(drawn).select(database.values());
          expect(drawn.limit === undefined ? byId(window.rows()) : window.rows()).toEqual(drawn.limit === undefined ? byId(anew) : anew);
          expect(byId(follower.values())).toEqual(byId(anew));
          expect(byId(createLiveWindow(normalForm(drawn, null, 0), () => database.values(), { margin, work: noAccount() }).rows())).toEqual(
            byId(anew),
          );
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('a write that the filter lets through neither before nor after is nothing to it (H2)', () => {
    const window = createLiveWindow(
      normalForm(query({ where: [['rank', '=', 1]], limit: 1 }), null, 0),
      () => [stored({ id: 'a', rank: 1 }), stored({ id: 'b', rank: 1 })],
      { margin: 1, work: noAccount() },
    );
    expect(window.see({ id: 'c', after: stored({ id: 'c', rank: 2 }) })).toBeUndefined();
    expect(window.see({ id: 'c', after: undefined })).toBeUndefined();
    expect(window.see({ id: 'b', after: undefined })).toBeDefined();
    expect(window.see({ id: 'b', after: stored({ id: 'b', rank: 2 }) })).toEqual({ id: 'b', after: undefined });
  });

  test('where one leaves the next one enters in the same change', () => {
    const window = createLiveWindow(normalForm(query({ order: byRank, limit: 2 }), null, 0), () => rows, { margin: 1, work: noAccount() });
    expect(window.apply([{ id: 'c', after: undefined }])).toEqual({ upserts: [stored({ id: 'b', rank: 1 })], removals: ['c'] });
    expect(window.rows().map(idOf)).toEqual(['d', 'b']);
    const first = stored({ id: 'e', rank: null }, 'c1:2');
    expect(window.apply([{ id: 'e', after: first }])).toEqual({ upserts: [first], removals: ['b'] });
  });

  test('what moves beyond the edge changes nothing', () => {
    const window = createLiveWindow(normalForm(query({ order: byRank, limit: 2 }), null, 0), () => rows, { margin: 1, work: noAccount() });
    expect(window.apply([{ id: 'f', after: stored({ id: 'f', rank: 7 }) }])).toBeUndefined();
    expect(window.apply([{ id: 'c', after: rows[2] }])).toBeUndefined();
  });

  test('a commit costs what it wrote, not what the window holds', () => {
    const count = 2_000;
    let comparisons = 0;
    const watched = (id: string, rank: number): StoredRow => ({
      generation: 'c1:1',
      attributes: {
        id,
        get rank() {
          comparisons += 1;
          return rank;
        },
      },
    });
    const all = Array.from({ length: count }, (_, rank) => watched(`r${rank}`, rank));
    const window = createLiveWindow(normalForm(query({ order: byRank, limit: 1_000 }), null, 0), () => all, {
      margin: 64,
      work: noAccount(),
    });
    comparisons = 0;
    window.apply([{ id: 'r10', after: watched('r10', 1_500) }]);
    expect(comparisons).toBeLessThan(100);
  });

  test('all rows are looked through once for as many departures as the margin is wide', () => {
    const left = new Map(Array.from({ length: 20_000 }, (_, rank) => [`r${rank}`, stored({ id: `r${rank}`, rank })]));
    const work = noAccount();
    const window = createLiveWindow(normalForm(query({ order: byRank, limit: 1 }), null, 0), () => left.values(), { margin: 64, work });
    expect(work.rowsLooked).toBe(20_000);
    for (let rank = 0; rank < 650; rank += 1) {
      left.delete(`r${rank}`);
      expect(window.apply([{ id: `r${rank}`, after: undefined }])?.removals).toEqual([`r${rank}`]);
      expect(window.rows().map(idOf)).toEqual([`r${rank + 1}`]);
    }
    expect(work.rowsLooked).toBeLessThan(20_000 * 12);
  });
});
