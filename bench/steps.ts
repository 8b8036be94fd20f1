/** Lockstep steps a second on one core: whole runs (set-up, crypto and storage included), of the default profile. */

import { scriptOf } from '../properties/generator/generate.ts';
import { runScript } from '../properties/systems/run-script.ts';

export interface StepRate {
  readonly runs: number;
  readonly steps: number;
  readonly commands: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
}

/** Generates and runs `runs` scripts of a seed, one after the other. */
export async function measureSteps(seed: number, runs: number, world: 'simulated' | 'websocket'): Promise<StepRate> {
  const startedMs = performance.now();
  let steps = 0;
  let commands = 0;
  for (let run = 0; run < runs; run += 1) {
    const result = await runScript(scriptOf(seed, run), { world, keepTrace: false });
    steps += result.steps;
    commands += result.commands;
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  return { runs, steps, commands, seconds, stepsPerSecond: steps / seconds };
}
