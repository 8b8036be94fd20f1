/** The script of a run: drawn by what the system has, then in its words. */
import { drawnScriptOf } from '../relations/draw.ts';
import type { Script } from '../scripts/script.ts';
import { fitFor } from '../systems/fit.ts';
import type { DrawnRun, SystemName } from './jobs.ts';

export async function scriptOfRun({ seed, run, schedules, relations, theme }: DrawnRun, world: SystemName): Promise<Script> {
  const { drawnBy, narrow } = await fitFor(world);
  return narrow(drawnScriptOf(seed, run, { schedules, relations, theme, capabilities: drawnBy }));
}

/** Whether the system has words for the script. */
export async function isInWords(world: SystemName, script: Script): Promise<boolean> {
  return (await fitFor(world)).isInWords(script);
}
