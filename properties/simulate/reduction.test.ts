import { expect, test } from 'vitest';
import type { Failure } from '../trace.ts';
import type { RunSummary } from './jobs.ts';
import { openReduction } from './reduction.ts';

function failed(failureClass: string, step: number): RunSummary {
  const failure: Failure = { class: failureClass, rule: 'S1', property: 'x', message: `at ${step}`, allowed: [], shown: '', step };
  return { outcome: { outcome: 'failed', failure }, steps: 1, commands: 1, skipped: 0, traceHash: `${failureClass} ${step}`, coverage: {} };
}

test('a class is told by the run that failed after the fewest steps, the lowest of them, in whatever order they come in', () => {
  const summaries = [failed('S1 a', 9), failed('S1 b', 4), failed('S1 a', 2), failed('S1 a', 5), failed('S1 a', 2)];
  const orders = [
    [0, 1, 2, 3, 4],
    [4, 2, 3, 0, 1],
  ];
  for (const order of orders) {
    const reduction = openReduction({ only: [], bail: null });
    for (const run of order) {
      const summary = summaries[run];
      if (summary !== undefined) reduction.add(run, summary);
    }
    expect(
      [...reduction.failures()].map(([name, { firstRun, shortestRun, count, failure }]) => [
        name,
        firstRun,
        shortestRun,
        count,
        failure.step,
      ]),
    ).toEqual([
      ['S1 a', 0, 2, 4, 2],
      ['S1 b', 1, 1, 1, 4],
    ]);
  }
});
