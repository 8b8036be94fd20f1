/** Normal form and predicate index on filters and rows at random: few attributes and values, so that they meet often. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter, Query, Statement } from '../../vocabulary/queries.ts';
import type { Attributes, Scalar } from '../../vocabulary/values.ts';
import { matches } from './filter.ts';
import { normalForm } from './normal-form.ts';
import { createPredicateIndex } from './predicate-index.ts';

const attribute = fc.constantFrom('a', 'b', 'c');
const scalar = fc.constantFrom<Scalar>(null, false, true, 0, 1, 2, '', '1', 'x', 'xy');
const list = fc.array(scalar, { maxLength: 3 });

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(attribute, fc.constant<'='>('='), scalar) },
  fc.tuple(attribute, fc.constantFrom<'!=' | '<' | '<=' | '>' | '>=' | 'has' | '!has'>('!=', '<', '<=', '>', '>=', 'has', '!has'), scalar),
  fc.tuple(attribute, fc.constantFrom<'in' | 'nin'>('in', 'nin'), list),
  fc.tuple(attribute, fc.constantFrom<'=' | '!=' | '<'>('=', '!=', '<'), list),
  fc.tuple(attribute, fc.constant<'like'>('like'), fc.constantFrom('%', 'x_', 'x%')),
  fc.tuple(attribute, fc.constant<'isDefined'>('isDefined'), fc.boolean()),
);

const filterArbitrary: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    statement,
    fc.record({ mod: fc.constantFrom<'and' | 'or'>('and', 'or'), filters: fc.array(tie('filter'), { maxLength: 4 }) }),
  ),
})).filter;

const rowArbitrary: fc.Arbitrary<Attributes> = fc
  .dictionary(attribute, fc.oneof(scalar, list), { maxKeys: 3 })
  .map((attributes) => ({ ...attributes, id: 'row' }));

const or = (...filters: readonly Filter[]): Filter => ({ mod: 'or', filters });
const and = (...filters: readonly Filter[]): Filter => ({ mod: 'and', filters });
const query = (...where: readonly Filter[]): Query => ({ collection: 'todos', where, order: [] });
const keyOf = (given: Query): string => normalForm(given, null, 0).key;

describe('H1: at random', () => {
  const reversed = (filter: Filter): Filter =>
    'mod' in filter ? { mod: filter.mod, filters: filter.filters.map(reversed).reverse() } : filter;
  const doubled = (filter: Filter): Filter =>
    'mod' in filter ? { mod: filter.mod, filters: [...filter.filters, ...filter.filters].map(doubled) } : filter;

  test('commuting, doubling and wrapping change nothing', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const key = keyOf(query(filter));
        expect(keyOf(query(reversed(filter)))).toBe(key);
        expect(keyOf(query(doubled(filter)))).toBe(key);
        expect(keyOf(query(or(and(filter), filter)))).toBe(key);
      }),
    );
  });

  test('the normal form is its own, and lets the same rows through', () => {
    fc.assert(
      fc.property(filterArbitrary, rowArbitrary, (filter, row) => {
        const form = normalForm(query(filter), null, 0);
        expect(keyOf(query(form.filter))).toBe(form.key);
        expect(matches([form.filter], row)).toBe(matches([filter], row));
      }),
    );
  });
});

describe('H1: what may be read', () => {
  test('beside what is asked, the two let through what both let through', () => {
    fc.assert(
      fc.property(filterArbitrary, filterArbitrary, rowArbitrary, (asked, readable, row) => {
        const { permission, filter } = normalForm(query(asked), readable, 3);
        expect(matches(permission === null ? [filter] : [permission, filter], row)).toBe(matches([asked], row) && matches([readable], row));
      }),
      { seed: 7 },
    );
  });
});

type Entry = readonly [name: number, filter: Filter, permission: Filter | null];

function indexOf(entries: readonly Entry[]) {
  const index = createPredicateIndex<Entry>();
  for (const entry of entries) index.add(entry, { collection: 'todos', filter: entry[1], permission: entry[2] });
  return index;
}

function found(index: ReturnType<typeof indexOf>, row: Attributes): ReadonlySet<Entry> {
  const entries = new Set<Entry>();
  index.visit('todos', row, (entry) => entries.add(entry));
  return entries;
}

const entriesArbitrary = fc
  .array(fc.tuple(filterArbitrary, fc.option(filterArbitrary)), { maxLength: 12 })
  .map((drawn) => drawn.map(([filter, permission], name): Entry => [name, filter, permission]));

function isFound([, filter, permission]: Entry, row: Attributes): boolean {
  return matches(permission === null ? [filter] : [permission, filter], row);
}

describe('the predicate index', () => {
  test('finds every filter that a scan would find', () => {
    fc.assert(
      fc.property(entriesArbitrary, rowArbitrary, (entries, row) => {
        const hits = found(indexOf(entries), row);
        for (const entry of entries) if (isFound(entry, row)) expect(hits).toContain(entry);
      }),
      { numRuns: 500 },
    );
  });

  test('forgets what was removed and nothing else', () => {
    fc.assert(
      fc.property(entriesArbitrary, rowArbitrary, (entries, row) => {
        const index = indexOf(entries);
        const removed = entries.filter(([name]) => name % 2 === 0);
        const kept = entries.filter(([name]) => name % 2 !== 0);
        for (const entry of removed) index.remove(entry);
        const hits = found(index, row);
        for (const entry of removed) expect(hits).not.toContain(entry);
        for (const entry of kept) if (isFound(entry, row)) expect(hits).toContain(entry);
      }),
    );
  });
});
