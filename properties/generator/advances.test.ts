/** A script that is cut says nothing: the generator draws none, also where its forecast is wrong about who is idle. */
import { expect, test } from 'vitest';
import type { Script } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import { scriptOf } from './generate.ts';

const scripts = Array.from({ length: 3_000 }, (_, run) => scriptOf(11, run));

function longestMs({ steps }: Script): number {
  return Math.max(0, ...steps.map((step) => (step.do === 'advance' ? step.ms : 0)));
}

/** Two minutes of the busiest script are far from the bound, so only those are run that wait longer. */
const dear = scripts.filter((script) => longestMs(script) >= 120_000);

test('no advance of 3,000 scripts is cut', async () => {
  const undecided: string[] = [];
  for (const script of dear) {
    const { outcome } = await runScript(script, { world: 'simulated', keepTrace: false });
    if (outcome.outcome === 'unknown') undecided.push(outcome.why);
  }
  expect(undecided).toEqual([]);
});

test('weeks pass all the same where nothing happens', () => {
  expect(dear.length).toBeGreaterThan(50);
  expect(scripts.some((script) => longestMs(script) >= 2 ** 31)).toBe(true);
});
