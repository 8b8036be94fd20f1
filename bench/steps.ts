/** Lockstep steps a second on one core: whole runs (set-up, crypto and storage included), of the default profile. */

import { scriptOf } from '../properties/generator/generate.ts';
import { runScript } from '../properties/systems/run-script.ts';

/** Generates and runs `runs` scripts of a seed, one after the other. */
export async function measureSteps(seed: number, runs: number, world: 'simulated' | 'websocket') {
  const startedMs = performance.now();
  let steps = 0;
  let commands = 0;
  for (let run = 0; run < runs; run += 1) {
    const result = await runScript(scriptOf(seed, run), { world, keepTrace: false });
    steps += result.steps;
    commands += result.commands;
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  return { steps, commands, stepsPerSecond: steps / seconds };
}
