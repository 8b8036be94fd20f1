/** When queries share (H1): what is rewritten, what is left alone, and that rewriting never changes a result. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import { satisfies } from '../subscriptions/evaluate.ts';
import { normalForm } from './normal-form.ts';

const where = (...filters: readonly Filter[]): Query => ({ collection: 'todos', where: filters, order: [] });
const and = (...filters: readonly Filter[]): Filter => ({ mod: 'and', filters });
const or = (...filters: readonly Filter[]): Filter => ({ mod: 'or', filters });
const a: Filter = ['a', '=', 1];
const b: Filter = ['b', '=', 2];
const c: Filter = ['c', '=', 3];

describe('shares', () => {
  test.each<readonly [string, Query, Query]>([
    ['another order of clauses', where(a, b), where(b, a)],
    ['the clauses of where are one and', where(a, b), where(and(a, b))],
    ['an and inside an and', where(a, and(b, c)), where(and(a, b), c)],
    ['an or inside an or', where(or(a, or(b, c))), where(or(or(a, b), c))],
    ['a double', where(a, a), where(a)],
    ['a single member', where(or(a)), where(a)],
    ['single members, one inside the other', where(or(and(or(a)))), where(a)],
    ['a group that collapses into the one around it', where(or(a, and(or(b, c)))), where(or(a, b, c))],
    ['doubles that show only after rewriting', where(or(and(a, b), and(b, a))), where(a, b)],
    ['an in list sorted and without doubles', where(['a', 'in', [3, 1, 3]]), where(['a', 'in', [1, 3]])],
    ['a nin list', where(['a', 'nin', ['y', 'x']]), where(['a', 'nin', ['x', 'y']])],
    ['an empty and inside an and', where(a, and()), where(a)],
  ])('%s', (_name, left, right) => expect(normalForm(left)).toBe(normalForm(right)));
});

describe('keeps apart', () => {
  test.each<readonly [string, Query, Query]>([
    ['and and or', where(and(a, b)), where(or(a, b))],
    ['an empty and and an empty or', where(and()), where(or())],
    ['an empty or inside an and', where(a, or()), where(a)],
    ['a number and its text', where(['a', '=', 1]), where(['a', '=', '1'])],
    ['null and its text', where(['a', '=', null]), where(['a', '=', 'null'])],
    ['in of one value and =', where(['a', 'in', [1]]), where(['a', '=', 1])],
    ['a number and its text in a list', where(['a', 'in', [1, '1']]), where(['a', 'in', [1]])],
    ['boundaries in a list', where(['a', 'in', ['x,y']]), where(['a', 'in', ['x', 'y']])],
    ['absorption', where(or(a, and(a, b))), where(a)],
    ['distribution', where(or(a, b), or(a, c)), where(or(a, and(b, c)))],
    ['collections', where(a), { ...where(a), collection: 'lists' }],
    ['orders', where(a), { ...where(a), order: [['a', 'ASC']] }],
    [
      'the sequence of an order',
      {
        ...where(a),
        order: [
          ['a', 'ASC'],
          ['b', 'ASC'],
        ],
      },
      {
        ...where(a),
        order: [
          ['b', 'ASC'],
          ['a', 'ASC'],
        ],
      },
    ],
  ])('%s', (_name, left, right) => expect(normalForm(left)).not.toBe(normalForm(right)));
});

describe('in general', () => {
  const scalar = fc.constantFrom(0, 1, 2, 'x', '1', null, true);
  const attribute = fc.constantFrom('a', 'b');
  const statement: fc.Arbitrary<Filter> = fc.oneof(
    fc.tuple(attribute, fc.constantFrom('=', '!=', '<', '>='), scalar),
    fc.tuple(attribute, fc.constantFrom('in', 'nin'), fc.array(scalar, { maxLength: 3 })),
  );
  const { filter } = fc.letrec<{ filter: Filter; group: Filter }>((tie) => ({
    filter: fc.oneof({ maxDepth: 3, depthIdentifier: 'filter' }, statement, tie('group')),
    group: fc.record({
      mod: fc.constantFrom('and', 'or'),
      filters: fc.array(tie('filter'), { maxLength: 3, depthIdentifier: 'filter' }),
    }),
  }));
  const row: fc.Arbitrary<Row> = fc.record({ id: fc.constant('1'), a: scalar, b: scalar });

  /** The filter that the text of a normal form holds. */
  function filterIn(form: string): Filter {
    const [, , rewritten]: readonly [string, Filter | null, Filter] = JSON.parse(form);
    return rewritten;
  }

  test('who may read one thing and asks for another shares with nobody who may read the other and asks for the one', () => {
    fc.assert(
      fc.property(filter, filter, (one, other) => {
        const isSame = normalForm(where(one)) === normalForm(where(other));
        expect(normalForm(where(one), other) === normalForm(where(other), one)).toBe(isSame);
        expect(normalForm(where(one), other)).not.toBe(normalForm(where(one, other)));
      }),
      { seed: 3 },
    );
  });

  test('a normal form means what the filter means, and is its own normal form', () => {
    fc.assert(
      fc.property(filter, row, (drawn, sample) => {
        const form = normalForm(where(drawn));
        expect(satisfies(sample, filterIn(form))).toBe(satisfies(sample, drawn));
        expect(normalForm(where(filterIn(form)))).toBe(form);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
