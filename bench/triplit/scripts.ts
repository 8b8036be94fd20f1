/**
 * The scripts by which the published packages are measured: generated ones, made such that they can be played by real
 * sockets in real time too. A script stays valid when steps are left out, so whatever needs the simulated network or its
 * clocks goes, and with it time that passes: there each second of a script would be a second.
 */

import { scriptOf } from '../../properties/generator/generate.ts';
import type { Script, Step } from '../../properties/scripts/script.ts';
import { isCommand } from '../../properties/steps/index.ts';
import { nameOf } from '../../properties/systems/registry.ts';
import { runScript } from '../../properties/systems/run-script.ts';
import { triplit } from '../../properties/systems/triplit/plugin.ts';
import { narrow } from '../../properties/systems/triplit/scripts.ts';

/** A longer time is not let pass. */
const advanceMostMs = 100;
const stepsLeast = 3;

export interface Chosen {
  readonly scripts: readonly Script[];
  /** How many were drawn until there were enough. */
  readonly drawn: number;
}

/** The first `count` scripts of the seed that both our own system and the published one play to the end without a failure. */
export async function choosePublishedScripts(seed: number, count: number, set: string): Promise<Chosen> {
  const world = nameOf(triplit, set);
  const scripts: Script[] = [];
  let drawn = 0;
  for (; scripts.length < count; drawn += 1) {
    const script = playable(narrow(scriptOf(seed, drawn)));
    if (script.steps.length >= stepsLeast && (await holds(script, 'simulated')) && (await holds(script, world))) scripts.push(script);
  }
  return { scripts, drawn };
}

async function holds(script: Script, world: Parameters<typeof runScript>[1]['world']): Promise<boolean> {
  return (await runScript(script, { world, keepTrace: false })).outcome.outcome === 'held';
}

function playable(script: Script): Script {
  const { schedule: _, ...configuration } = script.configuration;
  const clients = configuration.clients.map((client) => ({ ...client, wallClockSkewMs: 0 }));
  return { ...script, configuration: { ...configuration, clients, rows: {} }, steps: script.steps.filter(isPlayable) };
}

function isPlayable(step: Step): boolean {
  if (step.do === 'advance') return step.ms <= advanceMostMs;
  return step.do === 'together' || (isCommand(step) && step.do !== 'transact' && step.do !== 'clear');
}
