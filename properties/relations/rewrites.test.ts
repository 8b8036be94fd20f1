/** Each rewrite means the same as the filter it was made of, on every row of a truth table, and does change its words. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { satisfiesAll } from '../../model/subscriptions/evaluate.ts';
import type { Filter, Statement } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import { rewrites } from './rewrites.ts';

const names = ['a', 'b', 'c'] as const;
const rows: readonly Row[] = Array.from({ length: 8 }, (_, bits) => ({
  id: String(bits),
  ...Object.fromEntries(names.map((name, place) => [name, ((bits >> place) & 1) === 1])),
}));

const statement: fc.Arbitrary<Statement> = fc.constantFrom(...names).map((name): Statement => [name, '=', true]);
const { filter } = fc.letrec<{ filter: Filter; group: Filter }>((tie) => ({
  filter: fc.oneof({ maxDepth: 3, depthSize: 'small' }, statement, tie('group')),
  group: fc.record({ mod: fc.constantFrom('and', 'or'), filters: fc.array(tie('filter'), { maxLength: 3 }) }),
}));
const where: fc.Arbitrary<readonly Filter[]> = fc.array(filter, { maxLength: 3 });

function selected(filters: readonly Filter[]): readonly string[] {
  return rows.filter((row) => satisfiesAll(row, filters)).map(({ id }) => id);
}

describe('a rewrite', () => {
  test.each(rewrites)('$name selects the same rows', ({ rewrite }) => {
    fc.assert(
      fc.property(where, (filters) => {
        expect(selected(rewrite('and', filters))).toEqual(selected(filters));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  const a: Statement = ['a', '=', true];
  const b: Statement = ['b', '=', true];
  const c: Statement = ['c', '=', true];
  test.each<readonly [string, readonly Filter[], readonly Filter[]]>([
    ['commuted', [a, { mod: 'or', filters: [b, c] }], [{ mod: 'or', filters: [c, b] }, a]],
    ['flattened', [{ mod: 'and', filters: [a, b] }, c], [a, b, c]],
    ['flattened', [a, b, c], [{ mod: 'and', filters: [a, b] }, c]],
    [
      'distributed',
      [a, { mod: 'or', filters: [b, c] }],
      [
        {
          mod: 'or',
          filters: [
            { mod: 'and', filters: [a, b] },
            { mod: 'and', filters: [a, c] },
          ],
        },
      ],
    ],
    ['absorbed', [a], [{ mod: 'or', filters: [a, { mod: 'and', filters: [a, a] }] }]],
    ['doubled', [a, b], [a, b, { mod: 'or', filters: [a, a] }, b]],
  ])('%s, as it is written', (name, before, after) => {
    const found = rewrites.find((rewrite) => rewrite.name === name);
    expect(found?.rewrite('and', before)).toEqual(after);
  });
});
