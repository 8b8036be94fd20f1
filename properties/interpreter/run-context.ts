/** What a run is played on: the world, the processes in it, and who watches. */
import type { Coverage } from '../coverage/coverage.ts';
import type { Gifts } from '../driving/gifts.ts';
import type { Performing } from '../driving/performing.ts';
import type { ClientProcess } from '../driving/processes.ts';
import type { Purse } from '../driving/purse.ts';
import type { World } from '../worlds/world.ts';
import type { Hosts } from './hosts.ts';
import type { Judge } from './judge.ts';
import type { Recorder } from './recorder.ts';
import type { Schedule } from './schedule.ts';
import type { Strategy } from './strategies.ts';

export interface Stage {
  readonly world: World & { readonly openTimers: () => readonly string[] };
  readonly hosts: Hosts;
  /** What steps have in hand. */
  readonly performing: Performing;
  readonly gifts: Gifts;
  readonly processes: ReadonlyMap<string, ClientProcess>;
  readonly purse: Purse;
  readonly judge: Judge;
  readonly schedule: Schedule;
  /** Null: fair. */
  readonly strategy: Strategy | null;
  readonly coverage: Coverage;
  readonly recorder: Recorder;
  /** The run ends at the quiescence after its last step: the world is not healed, and nobody says farewell. */
  readonly endsAsItStands: boolean;
}
export interface Tally {
  steps: number;
  commands: number;
  skipped: number;
}
