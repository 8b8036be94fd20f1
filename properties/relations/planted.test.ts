/**
 * Each relation alone, without the verdict of the model, finds a fault that was planted for it; what it found is shrunk
 * (it failed once more then), can be written to a file, and holds on the sound system.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { readFault } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { formatScript, parseScript } from '../scripts/parse.ts';
import { openScriptPool, outcomeIn, type ScriptPool } from '../simulate/script-pool.ts';
import { simulate } from '../simulate/simulate.ts';
import { usualOptions } from '../simulate/simulation.ts';
import { relations } from './index.ts';

const faults: Readonly<Record<string, string>> = {
  'sharing-off': 'unsubscribe-leaves-for-both',
  'filter-algebra': 'or-forgets-a-branch',
  'late-subscriber': 'delta-looks-at-new-row-only',
  'refresh-inserted': 'refreshed-connection-goes-quiet',
  reconnected: 'answer-merged-not-replaced',
};
const runs = 200;
const mostSteps = 10;

let sound: ScriptPool;
beforeAll(async () => {
  sound = openScriptPool({ bundle: await bundleWorker(), workers: 1 });
});
afterAll(() => sound.terminate());

describe('a planted fault', () => {
  test.each(relations)(
    'is found by $name alone, shrunk and replayed',
    async ({ name }) => {
      const fault = readFault(join(repositoryRoot(), 'properties', 'faults', `${faults[name]}.json`));
      const bundle = await bundleWorker({ fault });
      const property = `relations/${name}`;
      const simulation = await simulate(
        { ...usualOptions, seed: 1, runs, only: [property], relations: [name], fault, bail: 1 },
        { bundle },
      );
      const [found] = simulation.failures;
      expect(found).toMatchObject({ failure: { property }, shrinking: 'oneMinimal' });
      if (found === undefined) return;
      expect(found.script.steps.length).toBeLessThanOrEqual(mostSteps);
      const fromFile = parseScript(formatScript(found.script));
      expect(fromFile.relation).toMatchObject({ name });
      expect(await outcomeIn(sound, fromFile)).toEqual({ outcome: 'held' });
    },
    60_000,
  );
});
