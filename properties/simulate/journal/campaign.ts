/** What a campaign is: the runs that were asked for, on what, and by which code. It heads the journal, so that another process can go on with it. */
import type { Fault } from '../../faults/fault.ts';
import {
  changed,
  flag,
  list,
  name,
  nullable,
  number,
  numberOrNull,
  object,
  optional,
  type Shape,
  table,
  text,
  whole,
} from '../../language/shapes.ts';

/** `to` is the run after the last; null where only the time bounds it. */
export interface RunRange {
  readonly from: number;
  readonly to: number | null;
}

export interface Campaign {
  readonly seed: number;
  /** The runs of this process. */
  readonly range: RunRange;
  /** Those of all shards; the same where there is but one. */
  readonly whole: RunRange;
  readonly shard: { readonly index: number; readonly of: number } | null;
  readonly minutes: number | null;
  readonly bail: number | null;
  /** As `--system` takes it from the root of the repository. */
  readonly system: string;
  /** Of the packages that it consists of; empty for our own client and server. */
  readonly versions: Readonly<Record<string, string>>;
  readonly twice: boolean;
  readonly only: readonly string[];
  /** The theme of every run; absent: each drew its own. */
  readonly theme?: string | undefined;
  readonly shrinksKnown: boolean;
  readonly fault: CampaignFault | null;
  /** The scripts that are run first: their number and a hash over all; null: none are. */
  readonly corpus: { readonly scripts: number; readonly hash: string } | null;
  /** A hash over the sources of what the workers run. */
  readonly sources: string;
  readonly by: CampaignTools;
}

export interface CampaignFault {
  readonly planted: Fault;
  /** The file that it was read from, from the root of the repository. */
  readonly path: string;
}

/** For people. */
export interface CampaignTools {
  readonly lockstep: string;
  /** With `+` where the work tree held changes; null where there is no repository of git. */
  readonly commit: string | null;
  readonly node: string;
}

const range: Shape<RunRange> = object({ from: whole(0), to: numberOrNull });
const plantedFault: Shape<Fault> = changed(
  object({ name: text, rule: text, file: text, find: text, replace: text, since: optional(number) }),
  ({ since, ...others }) => ({ ...others, ...(since !== undefined && { since }) }),
);

export const campaignFault = object({ planted: plantedFault, path: text });
export const campaignTools = object({ lockstep: text, commit: nullable(text), node: text });
export const versions = table(text, 'as written');

export const campaign: Shape<Campaign> = object({
  seed: whole(0),
  range,
  whole: range,
  shard: nullable(object({ index: whole(1), of: whole(1) })),
  minutes: numberOrNull,
  bail: numberOrNull,
  system: name,
  versions,
  twice: flag,
  only: list(text),
  theme: optional(name),
  shrinksKnown: flag,
  fault: nullable(campaignFault),
  corpus: nullable(object({ scripts: whole(0), hash: text })),
  sources: text,
  by: campaignTools,
});
