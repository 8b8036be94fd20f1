import { expect, test } from 'vitest';
import type { Failure } from '../trace.ts';
import { neverBegan } from './start.ts';

const failing = (step: number, count: number) => {
  const failure: Failure = {
    class: 'E2 unhandled TypeError',
    rule: 'E2',
    property: 'lockstep',
    message: 'm',
    allowed: [],
    shown: 's',
    step,
  };
  return { failure, count };
};

test.each([
  ['every run fails before its first step', 4, 4, 0, [failing(-1, 3), failing(-1, 1)], true],
  ['some are known', 4, 1, 3, [failing(-1, 4)], true],
  ['one run came further', 4, 4, 0, [failing(-1, 3), failing(0, 1)], false],
  ['one run held', 4, 3, 0, [failing(-1, 3)], false],
  ['nothing was run', 0, 0, 0, [], false],
] as const)('%s', (_, runs, failed, knownRuns, failures, expected) => {
  expect(neverBegan({ runs, failed, knownRuns, failures })).toBe(expected);
});
