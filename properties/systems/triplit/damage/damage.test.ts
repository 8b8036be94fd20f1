import { describe, expect, test } from 'vitest';
import { defaultSetName, isInstalled } from '../../../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../../../tools/repository-root.ts';
import { drawnScriptOf } from '../../../relations/draw.ts';
import { nameOf } from '../../registry.ts';
import { deviationsOf } from '../classify.ts';
import { triplit } from '../plugin.ts';
import { narrow } from '../scripts.ts';
import { damages } from './index.ts';
import { failureOf, type Held, holds, type Trial, withoutOneStep } from './trial.ts';

/** `npm run damage` makes many more. */
const candidates = 45;
const trialsOfKnownScripts = 120;
const drawnScripts = 4;

const root = repositoryRoot();
const world = nameOf(triplit, defaultSetName);

/** Each script meets a few damages, and each damage a few scripts. */
function trialsOver(held: readonly Held[], count: number): readonly Trial[] {
  return Array.from({ length: count }, (_, index) => {
    const { of, script } = held[index % held.length] ?? { of: '', script: null };
    const damage = damages[(index * 7) % damages.length];
    if (script === null || damage === undefined) throw new Error('nothing to try');
    return { of, script, damage, nth: 1 + (index % 2) };
  });
}

async function takenOf(trials: readonly Trial[]): Promise<{ readonly failed: readonly string[]; readonly taken: readonly string[] }> {
  const failed: string[] = [];
  const taken: string[] = [];
  for (const trial of trials) {
    const end = await failureOf(trial, world, deviationsOf(defaultSetName));
    if (end === null) continue;
    failed.push(trial.damage.name);
    if (end.takenFor.length > 0) taken.push(`${trial.of}, ${trial.damage.name}: ${end.class} is taken for ${end.takenFor.join(', ')}`);
  }
  return { failed, taken };
}

async function holding(candidates: readonly Held[]): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const candidate of candidates) if (await holds(candidate, world)) held.push(candidate);
  return held;
}

describe.skipIf(!isInstalled(root, defaultSetName))('damage is taken for no known deviation', () => {
  test('in scripts of the deviations without one of their steps', async () => {
    const all = withoutOneStep(deviationsOf(defaultSetName));
    const oneOf = Math.ceil(all.length / candidates);
    const held = await holding(all.filter((_held, index) => index % oneOf === 0));
    const { failed, taken } = await takenOf(trialsOver(held, trialsOfKnownScripts));
    expect(taken).toEqual([]);
    expect(new Set(failed).size).toBeGreaterThanOrEqual(12);
  });

  test('in drawn scripts', async () => {
    const drawn = Array.from({ length: drawnScripts * 2 }, (_, run) => ({
      of: `7:${run}`,
      script: narrow(drawnScriptOf(7, run)),
    }));
    const held = (await holding(drawn)).slice(0, drawnScripts);
    expect((await takenOf(trialsOver(held, held.length * 3))).taken).toEqual([]);
  });
});
