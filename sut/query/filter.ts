/**
 * Filters (Q1). A filter is compiled once into a test, since the server runs it for every row that is written. Every
 * operator is total: whatever the attribute holds and whatever it is compared with, the answer is yes or no.
 */

import type { Filter, FilterGroup, Statement } from '../../vocabulary/queries.ts';
import type { Attributes, Scalar, Value } from '../../vocabulary/values.ts';
import { compileLike } from './like.ts';
import { isStatement } from './statement.ts';
import { attributeOf, isSet } from './value.ts';
import { noAccount, type Work } from './work.ts';

export type RowTest = (attributes: Attributes) => boolean;
/** `undefined` stands for a missing attribute. */
type ValueTest = (held: Value | undefined) => boolean;

const never: ValueTest = () => false;
const not =
  (test: ValueTest): ValueTest =>
  (held) =>
    !test(held);

function equals(value: Value): ValueTest {
  if (isSet(value)) return never;
  if (value === null) return (held) => held === null || held === undefined;
  return (held) => held === value;
}

function differs(value: Value): ValueTest {
  if (isSet(value) || value === null) return not(equals(value));
  return (held) => held !== value;
}

function isIn(value: Value): ValueTest {
  if (!isSet(value)) return never;
  const members: ReadonlySet<Scalar> = new Set(value);
  return (held) => !isSet(held) && members.has(held ?? null);
}

/** `holds` is told how the attribute compares with the value: below zero, zero, above zero. */
function ordered(value: Value, holds: (comparison: number) => boolean): ValueTest {
  if (isSet(value) || value === null) return never;
  const kind = typeof value;
  return (held) => {
    if (held === null || held === undefined || isSet(held) || typeof held !== kind) return false;
    return holds(held === value ? 0 : held < value ? -1 : 1);
  };
}

function like(value: Value, work: Work): ValueTest {
  if (typeof value !== 'string') return never;
  const fits = compileLike(value, work);
  return (held) => typeof held === 'string' && fits(held);
}

function has(value: Value, work: Work): ValueTest {
  if (isSet(value)) return never;
  return (held) => {
    if (!isSet(held)) return false;
    work.comparisons += held.length;
    return held.includes(value);
  };
}

function isDefined(value: Value): ValueTest {
  const wanted = value === true;
  return (held) => (held !== undefined) === wanted;
}

function compileValueTest([, operator, value]: Statement, work: Work): ValueTest {
  switch (operator) {
    case '=':
      return equals(value);
    case '!=':
      return differs(value);
    case '<':
      return ordered(value, (comparison) => comparison < 0);
    case '<=':
      return ordered(value, (comparison) => comparison <= 0);
    case '>':
      return ordered(value, (comparison) => comparison > 0);
    case '>=':
      return ordered(value, (comparison) => comparison >= 0);
    case 'in':
      return isIn(value);
    case 'nin':
      return not(isIn(value));
    case 'like':
      return like(value, work);
    case 'has':
      return has(value, work);
    case '!has':
      return not(has(value, work));
    case 'isDefined':
      return isDefined(value);
  }
}

function compileStatement(statement: Statement, work: Work): RowTest {
  const attribute = statement[0];
  const test = compileValueTest(statement, work);
  return (attributes) => {
    work.comparisons += 1;
    return test(attributeOf(attributes, attribute));
  };
}

function compileGroup({ mod, filters }: FilterGroup, work: Work): RowTest {
  const tests = filters.map((filter) => compileOne(filter, work));
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  // Loops, since every row that is written comes through here for each of thousands of filters.
  switch (mod) {
    case 'and':
      return (attributes) => {
        for (const test of tests) if (!test(attributes)) return false;
        return true;
      };
    case 'or':
      return (attributes) => {
        for (const test of tests) if (test(attributes)) return true;
        return false;
      };
  }
}

function compileOne(filter: Filter, work: Work): RowTest {
  return isStatement(filter) ? compileStatement(filter, work) : compileGroup(filter, work);
}

/** The clauses are one `and`; none at all lets every row through. What the test takes is added to the account. */
export function compileFilter(filters: readonly Filter[], work: Work = noAccount()): RowTest {
  return compileGroup({ mod: 'and', filters }, work);
}

/** For one row and one time; whoever tests many rows compiles once. */
export function matches(filters: readonly Filter[], attributes: Attributes): boolean {
  return compileFilter(filters)(attributes);
}
