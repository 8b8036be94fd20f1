/** What a run is played on: the world, the processes in it, and who watches. */
import type { Coverage } from '../coverage/coverage.ts';
import type { Gifts } from '../driving/gifts.ts';
import type { ClientProcess } from '../driving/processes.ts';
import type { Purse } from '../driving/purse.ts';
import type { Mint } from '../worlds/tokens.ts';
import type { World } from '../worlds/world.ts';
import type { Commander } from './commands.ts';
import type { Hosts } from './hosts.ts';
import type { Incidents } from './incidents.ts';
import type { Judge } from './judge.ts';
import type { Recorder } from './recorder.ts';
import type { Schedule } from './schedule.ts';
import type { Strategy } from './strategies.ts';

export interface Stage {
  readonly world: World & { readonly openTimers: () => readonly string[] };
  readonly hosts: Hosts;
  readonly incidents: Incidents;
  readonly gifts: Gifts;
  readonly processes: ReadonlyMap<string, ClientProcess>;
  readonly mint: Mint;
  readonly purse: Purse;
  readonly commander: Commander;
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
