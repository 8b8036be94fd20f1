import { expect, test } from 'vitest';
import { compareStrategies } from './comparison.ts';
import type { Fault } from './fault.ts';
import type { Hunt } from './hunt.ts';
import type { FaultResult } from './verdict.ts';

const hunted: Hunt = {
  seed: 1,
  runsUntilFound: null,
  steps: null,
  shrunkFrom: null,
  foundBy: null,
  failureClass: null,
  script: null,
  without: null,
  seconds: 1,
  undecidedRuns: 0,
};

function result(name: string, runsUntilFound: number | null, canary = false): FaultResult {
  const fault: Fault = { name, rule: 'S1', file: 'sut/reference/adapter.ts', find: 'a', replace: 'b' };
  return { file: `${name}.json`, fault, canary, hunts: [{ ...hunted, runsUntilFound }] };
}

test('the fewest runs are first, equals share it, canaries are left out', () => {
  const { rows, totals } = compareStrategies([
    { strategy: 'fair', results: [result('one', 3), result('two', 8), result('three', null), result('bird', null, true)] },
    { strategy: 'priorities', results: [result('one', 3), result('two', 5), result('three', null), result('bird', null, true)] },
  ]);
  expect(rows).toEqual([
    ['one', 'S1', '3', '3', 'fair priorities'],
    ['two', 'S1', '8', '5', 'priorities'],
    ['three', 'S1', '–', '–', 'none'],
  ]);
  expect(totals).toEqual([
    'fair: 2 of 3 found, median 8 runs, first alone for 0',
    'priorities: 2 of 3 found, median 5 runs, first alone for 1',
  ]);
});
