/** Planted faults, end to end: found, shrunk, and shrunk so far that deleting any one step makes the script pass. */
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { openScriptPool, outcomeIn, type ScriptPool } from '../simulate/script-pool.ts';
import { simulate } from '../simulate/simulate.ts';
import { usualOptions } from '../simulate/simulation.ts';
import { readFault } from './fault.ts';
import { bundleWorker } from './plant.ts';

let pool: ScriptPool | undefined;
afterEach(async () => {
  await pool?.terminate();
  pool = undefined;
});

describe('a planted fault', () => {
  test.each(['late-close-hits-new-session', 'write-applied-again', 'sharing-key-without-order'])(
    '%s is found and shrunk to the last step',
    async (name) => {
      const fault = readFault(join(repositoryRoot(), 'properties', 'faults', `${name}.json`));
      const bundle = await bundleWorker({ fault });
      const options = { ...usualOptions, seed: 1, runs: 60, workers: 2, fault, bail: 1 };
      const simulation = await simulate(options, { bundle });
      const [found] = simulation.failures;
      expect(found?.shrinking).toBe('oneMinimal');
      const script = found?.script;
      if (script === undefined) return;
      pool = openScriptPool({ bundle, workers: 2 });
      for (const index of script.steps.keys()) {
        const without = { ...script, steps: script.steps.filter((_step, place) => place !== index) };
        const outcome = await outcomeIn(pool, without);
        const failedClass = outcome.outcome === 'failed' ? outcome.failure.class : null;
        expect(failedClass, `without step ${index + 1}`).not.toBe(found?.class);
      }
    },
  );
});
