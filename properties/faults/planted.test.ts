/** Planted faults, end to end: found, shrunk, and shrunk so far that deleting any one step makes the script pass. */
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { bundleWorker } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { openPool, type Pool } from '../../tools/worker-pool.ts';
import type { Script } from '../scripts/script.ts';
import { simulate } from '../simulate/simulate.ts';
import type { Outcome } from '../trace.ts';
import { readFault } from './fault.ts';

let pool: Pool | undefined;
afterEach(async () => {
  await pool?.terminate();
  pool = undefined;
});

async function outcomeOf(open: Pool, script: Script): Promise<Outcome | undefined> {
  let outcome: Outcome | undefined;
  await open.perform({ job: 'script', script, world: 'simulated', keepTrace: false, twice: false }, (answer) => {
    if (answer.answer === 'ranScript') outcome = answer.result.outcome;
  });
  return outcome;
}

describe('a planted fault', () => {
  test.each(['late-close-hits-new-session', 'write-applied-again', 'sharing-key-without-order'])(
    '%s is found and shrunk to the last step',
    async (name) => {
      const fault = readFault(join(repositoryRoot(), 'properties', 'faults', `${name}.json`));
      const bundle = await bundleWorker({ fault });
      const options = {
        seed: 1,
        runs: 60,
        minutes: null,
        world: 'simulated',
        workers: 2,
        twice: false,
        only: [],
        fault,
        stopAfterFirstFailure: true,
      } as const;
      const simulation = await simulate(options, { bundle });
      const [found] = simulation.failures;
      expect(found?.shrinking).toBe('oneMinimal');
      const script = found?.script;
      if (script === undefined) return;
      pool = openPool({ bundle, workers: 2 });
      for (const index of script.steps.keys()) {
        const without = { ...script, steps: script.steps.filter((_step, place) => place !== index) };
        const outcome = await outcomeOf(pool, without);
        const failedClass = outcome?.outcome === 'failed' ? outcome.failure.class : null;
        expect(failedClass, `without step ${index + 1}`).not.toBe(found?.class);
      }
    },
  );
});
