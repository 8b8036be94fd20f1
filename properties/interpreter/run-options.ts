/** How a script is run, wherever that is. */
import type { System } from '../../sut/port/system.ts';
import type { Watch } from '../checks/check.ts';
import type { Script } from '../scripts/script.ts';
import type { RunResult, SystemName } from '../trace.ts';

export interface RunOptions {
  readonly world: SystemName;
  readonly keepTrace: boolean;
  /** Sees the run in the place of the model and of all checks: nobody judges it. */
  readonly witness?: Watch;
  /** Takes that many steps of the script, comes to quiescence, tells both states and ends: nothing heals, nobody says farewell. */
  readonly until?: number | undefined;
  /** Called when a step is about to begin: -1 before anything, the number of steps before the world heals. Not in jobs for workers. */
  readonly onStep?: ((step: number) => void) | undefined;
  /** Stands between the system and the run, to show it damaged. Not in jobs for workers. */
  readonly damage?: ((system: System) => System) | undefined;
}

/** `properties/systems/run-script.ts` exports one: `runScript`. */
export type RunScript = (script: Script, options: RunOptions) => Promise<RunResult>;
