/** Which rule a wrong result breaks, told by how it is wrong. */

import { describe, expect, test } from 'vitest';
import type { Row } from '../../vocabulary/values.ts';
import type { Candidate, Subscription } from '../client-state.ts';
import { aunt, milk, openTodos, rent } from '../traces/cast.ts';
import { ruleOfMissingResults, ruleOfWrongResults } from './blame.ts';

const candidate = (rows: readonly Row[], forced = false): Candidate => ({ rows, fulfilled: true, forced });
function subscription(shown: readonly Row[] | null, ...candidates: readonly Candidate[]): Subscription {
  return {
    query: openTodos,
    held: null,
    ignoredWrites: [],
    fulfilled: true,
    answeredOn: 1,
    failedOn: null,
    shown: shown === null ? null : candidate(shown),
    candidates,
    expectedFulfilments: 0,
  };
}
const walk: Row = { id: 't4', title: 'Walk the dog', done: false };
const oat: Row = { ...milk, title: 'Buy oat milk' };
const bought: Row = { ...milk, done: true };

describe('wrong results', () => {
  test.each<readonly [rule: string, why: string, Subscription, readonly Row[]]>([
    ['Q1', 'a new row that the filter excludes', subscription([], candidate([milk])), [milk, rent]],
    ['Q1', 'the right rows in another order', subscription([], candidate([milk, aunt])), [aunt, milk]],
    ['Q2', 'a row twice', subscription([], candidate([milk])), [milk, milk]],
    ['Q2', 'contents of no version', subscription([milk], candidate([oat])), [{ ...milk, title: 'Buy m' }]],
    ['Q2', 'two versions mixed', subscription([milk], candidate([milk, aunt]), candidate([milk, walk])), [milk, aunt, walk]],
    ['Q2', 'an answer that lacks a row', subscription([], candidate([milk, aunt], true)), [milk]],
    ['Q2', 'nothing was to be shown', subscription([milk]), [milk]],
    ['Q5', 'a row that did not leave', subscription([milk, aunt], candidate([aunt])), [bought, aunt]],
    ['Q5', 'a row that did not enter', subscription([milk], candidate([oat, aunt])), [oat]],
    ['Q5', 'a row that left without cause', subscription([milk, aunt], candidate([oat, aunt])), [aunt]],
    ['Q6', 'the right rows with the wrong mark', subscription([], candidate([milk])), [milk]],
  ])('%s: %s', (rule, _why, given, rows) => expect(ruleOfWrongResults(given, rows)).toBe(rule));
});

describe('missing results', () => {
  test.each<readonly [rule: string, why: string, Candidate, Candidate | null]>([
    ['Q2', 'the first of all', candidate([milk]), null],
    ['Q2', 'an answer', candidate([milk], true), candidate([])],
    ['Q2', 'other contents', candidate([oat]), candidate([milk])],
    ['Q5', 'a row that entered', candidate([milk, aunt]), candidate([milk])],
    ['Q5', 'a row that left', candidate([milk]), candidate([milk, aunt])],
  ])('%s: %s', (rule, _why, last, shown) => expect(ruleOfMissingResults(last, shown)).toBe(rule));
});
