import { describe, expect, test } from 'vitest';
import type { Hunt } from './hunt.ts';
import { complaintsAboutHunts, type FaultResult, median, medianRuns, mediansOf, verdictOf } from './verdict.ts';

const found: Hunt = {
  seed: 1,
  runsUntilFound: 10,
  steps: 4,
  shrunkFrom: 60,
  foundBy: 'S1',
  failureClass: 'S1 x',
  script: null,
  without: 'held',
  seconds: 1,
  undecidedRuns: 0,
};
const survived: Hunt = { ...found, runsUntilFound: null, steps: null, foundBy: null, failureClass: null, without: null };
const result = (hunts: readonly Hunt[], canary = false): FaultResult => ({
  file: 'f.json',
  fault: { name: 'f', rule: 'S1', file: 'sut/x.ts', find: 'a', replace: 'b' },
  canary,
  hunts,
});

describe('the verdict on a fault', () => {
  test('found under every seed', () => expect(verdictOf(result([found, found]))).toBe('found'));
  test('survived where one seed misses it', () => expect(verdictOf(result([found, survived, found]))).toBe('survived'));
  test('a script that is too long', () => expect(verdictOf(result([found, { ...found, steps: 16 }]))).toBe('script too long'));
  test('a script that fails without the fault has found something else', () =>
    expect(verdictOf(result([found, { ...found, without: 'failed' }]))).toBe('fails without it'));
  test('a script that comes to no decision without the fault shows nothing, and is not said to fail', () =>
    expect(verdictOf(result([found, { ...found, without: 'unknown' }]))).toBe('undecided without it'));
  test('a canary lives, dies, or is undecided', () => {
    expect(verdictOf(result([survived, survived], true))).toBe('alive');
    expect(verdictOf(result([survived, found], true))).toBe('canary died');
    expect(verdictOf(result([{ ...survived, undecidedRuns: 1 }], true))).toBe('undecided');
  });
});

test('medians, with a survivor as infinitely late', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(medianRuns([found, survived, { ...found, runsUntilFound: 30 }])).toBe(30);
  expect(medianRuns([found, survived, survived])).toBe(Number.POSITIVE_INFINITY);
});

describe('all faults together', () => {
  const late = result([{ ...found, runsUntilFound: 501 }]);
  const long = result([{ ...found, steps: 9 }]);
  const many = (count: number, one: FaultResult): readonly FaultResult[] => Array.from({ length: count }, () => one);

  test('the medians leave canaries out', () =>
    expect(mediansOf([result([found]), ...many(3, result([survived], true))])).toEqual({ runs: 10, steps: 4 }));
  test('half of them may be found late or by long scripts', () => {
    expect(complaintsAboutHunts([...many(2, result([found])), late], true)).toEqual([]);
    expect(complaintsAboutHunts([...many(2, result([found])), long], true)).toEqual([]);
    expect(complaintsAboutHunts(many(3, result([{ ...found, runsUntilFound: 500, steps: 8 }])), true)).toEqual([]);
  });
  test('more than half may not', () => {
    expect(complaintsAboutHunts([result([found]), late, late], true)).toEqual(['the median of the runs is above 500']);
    expect(complaintsAboutHunts([result([found]), long, long], true)).toEqual(['the median of the steps is above 8']);
  });
  test('of a few that were picked each is judged alone', () => {
    expect(complaintsAboutHunts([late, long], false)).toEqual([]);
    expect(complaintsAboutHunts([result([found, survived])], false)).toEqual(['f: survived']);
  });
  test('survivors are infinitely late', () =>
    expect(complaintsAboutHunts([result([survived])], true)).toEqual([
      'f: survived',
      'the median of the runs is above 500',
      'the median of the steps is above 8',
    ]));
});
