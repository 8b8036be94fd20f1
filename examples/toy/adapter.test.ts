/** The toy of the examples, as somebody brings a system of their own: it holds, says what is not applicable, and a bug in it is found. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reachableWith } from '../../properties/coverage/threshold.ts';
import { readFault } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { simulate } from '../../properties/simulate/simulate.ts';
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { verdictOf } from '../../properties/simulate/simulation.ts';
import { loadAdapter } from '../../properties/systems/load-adapter.ts';
import { adapterPlugin } from '../../tools/adapter-plugin.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';

const root = repositoryRoot();
const path = join(root, 'examples', 'toy', 'adapter.ts');

async function simulateToy(runs: number, faultFile?: string): Promise<Simulation> {
  const { plantable } = await loadAdapter(path);
  const fault = faultFile === undefined ? undefined : readFault(join(root, 'examples', 'toy', faultFile), plantable);
  const bundle = await bundleWorker({ fault, plugins: [adapterPlugin(path, root)] });
  const options = { seed: 8, runs, minutes: null, workers: 1, twice: false, only: [], fault, bail: 1 };
  return simulate({ ...options, world: path }, { bundle });
}

describe('the toy', () => {
  test('holds, is put to the test by every rule that it can break, and the others are not applicable', async () => {
    const simulation = await simulateToy(60);
    expect(verdictOf(simulation)).toBe('held');
    const rules = reachableWith(['sessions']).rule ?? [];
    expect(rules).toEqual(['S1', 'S2', 'S5', 'S8', 'S9', 'S10', 'S11', 'E1', 'E2', 'E3']);
    // No call of a system with sessions alone is rejected, so no rejection could be lost.
    expect(rules.filter((rule) => (simulation.coverage[`rule:${rule}`] ?? 0) === 0)).toEqual(['E2']);
    expect(simulation.notApplicable).toContainEqual({ rule: 'S6', lacks: ['refresh', 'roles'] });
    expect(simulation.notApplicable.map(({ rule }) => rule).filter((rule) => rules.includes(rule))).toEqual([]);
  });

  test('with a bug in it is found out, in few steps', async () => {
    const simulation = await simulateToy(200, 'expiry-unnoticed.json');
    expect(verdictOf(simulation)).toBe('failed');
    // What does not look at the expiry in time accepts an expired token, too.
    expect(['S5', 'S11']).toContain(simulation.failures[0]?.failure.rule);
    expect(simulation.failures[0]?.script.steps.length).toBeLessThanOrEqual(3);
  });
});
