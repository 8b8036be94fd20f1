/** What is needed to conduct a campaign, begun or gone on with. */
import type { Campaign } from '../../properties/simulate/journal/campaign.ts';
import type { Recorded } from '../../properties/simulate/recording.ts';
import type { SimulationOptions } from '../../properties/simulate/simulation.ts';
import type { NamedSystem } from '../../properties/systems/registry.ts';

export interface Conducted {
  readonly campaign: Campaign;
  /** Null where nothing can be written. */
  readonly folder: string | null;
  readonly system: NamedSystem;
  readonly options: SimulationOptions;
  /** Said when it begins. */
  readonly announcement: string;
  readonly bundle: string;
  /** What was done before. */
  readonly recorded?: Recorded | undefined;
  /** Where the journal is that of an earlier process: what of it is kept. */
  readonly earlier?: { readonly wholeBytes: number } | undefined;
}

/** What was asked for besides the folder. */
export interface Outputs {
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly verbose: boolean;
}
