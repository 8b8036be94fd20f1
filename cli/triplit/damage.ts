/** `npm run damage -- [scripts] [seed]`: many scripts that hold, each on every damaged system in turn, and what was taken for known. */
import process from 'node:process';
import { drawnScriptOf } from '../../properties/relations/draw.ts';
import { nameOf } from '../../properties/systems/registry.ts';
import { deviationsOf } from '../../properties/systems/triplit/classify.ts';
import { damages } from '../../properties/systems/triplit/damage/index.ts';
import { failureOf, type Held, holds, type Trial, withoutOneStep } from '../../properties/systems/triplit/damage/trial.ts';
import { triplit } from '../../properties/systems/triplit/plugin.ts';
import { narrow } from '../../properties/systems/triplit/scripts.ts';
import { defaultSetName } from '../../sut/triplit/sets.ts';

const usualScripts = 150;
/** Each script is damaged at its first and at a later chance. */
const chances = [1, 2, 5];

const world = nameOf(triplit, defaultSetName);
const deviations = deviationsOf(defaultSetName);

async function* heldScripts(count: number, seed: number): AsyncGenerator<Held> {
  for (const candidate of withoutOneStep(deviations)) if (await holds(candidate, world)) yield candidate;
  let found = 0;
  for (let run = 0; found < count; run += 1) {
    const candidate = { of: `${seed}:${run}`, script: narrow(drawnScriptOf(seed, run)) };
    if (!(await holds(candidate, world))) continue;
    found += 1;
    yield candidate;
  }
}

async function main(count: number, seed: number): Promise<void> {
  const counts = new Map(damages.map(({ name }) => [name, { failed: 0, taken: 0 }]));
  let trials = 0;
  for await (const { of, script } of heldScripts(count, seed)) {
    for (const damage of damages) {
      const trial: Trial = { of, script, damage, nth: chances[trials % chances.length] ?? 1 };
      trials += 1;
      const end = await failureOf(trial, world, deviations);
      if (end === null) continue;
      const counted = counts.get(damage.name) ?? { failed: 0, taken: 0 };
      const isTaken = end.takenFor.length > 0;
      counts.set(damage.name, { failed: counted.failed + 1, taken: counted.taken + (isTaken ? 1 : 0) });
      if (isTaken) process.stdout.write(`${of}, ${damage.name} (${trial.nth}): ${end.class} is taken for ${end.takenFor.join(', ')}\n`);
    }
  }
  for (const [name, { failed, taken }] of counts)
    process.stdout.write(`${String(failed).padStart(6)} ${String(taken).padStart(4)}  ${name}\n`);
  const taken = [...counts.values()].reduce((sum, count) => sum + count.taken, 0);
  process.stdout.write(`${trials} trials, ${taken} taken for known\n`);
  process.exitCode = taken === 0 ? 0 : 1;
}

const [count = usualScripts, seed = 1] = process.argv.slice(2).map(Number);
await main(count, seed);
