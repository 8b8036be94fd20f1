/** The script of a run: drawn, then in the words of the system that it is for. */
import { drawnScriptOf } from '../relations/draw.ts';
import type { Script } from '../scripts/script.ts';
import { scriptFor } from '../triplit/scripts.ts';
import type { DrawnRun, WorldName } from './jobs.ts';

export function scriptOfRun({ seed, run, schedules, relations }: DrawnRun, world: WorldName): Script {
  return scriptFor(world, drawnScriptOf(seed, run, schedules, relations));
}
