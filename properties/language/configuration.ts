/** How a script sets a run up: its clients, the server's rows and schema, and in which order things move. */
import type { BoundName, Bounds } from '../../vocabulary/bounds.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import { isLabel } from './labels.ts';
import { client } from './names.ts';
import { schema } from './schemas.ts';
import {
  byKey,
  changed,
  choice,
  flag,
  inspected,
  list,
  listOfSome,
  name,
  nullable,
  number,
  object,
  optional,
  pattern,
  type Shape,
  sentenceOf,
  table,
  whole,
} from './shapes.ts';
import { row } from './values.ts';

export interface ClientConfiguration {
  /** `c1`, `c2`, … */
  readonly name: string;
  /** Whether the client was given the roles, and so checks them itself (S3). */
  readonly knowsRoles: boolean;
  /** How far the client's wall clock is ahead of the true one. */
  readonly wallClockSkewMs: number;
  /** Whether it was given the bounds of the server, and so judges by them itself (B3, B4); absent: it was not. */
  readonly knowsBounds?: boolean | undefined;
  /** Whether it judges by no bound at all, as one that means harm; absent: it does not. */
  readonly ignoresBounds?: boolean | undefined;
  /** The schema it was built with (C4); absent or null: none. */
  readonly schema?: Schema | null | undefined;
}
/**
 * How the tasks of the world and the steps of the script are ordered. Their participants are the labels of tasks and
 * the word `script`, which takes the next step.
 */
export type ScheduleSpec =
  /** After each step everything runs, round robin, until nothing can move. */
  | { readonly kind: 'fair' }
  /**
   * The enabled participant of the highest priority moves; priorities follow from the seed and the label. The one that
   * made the k-th move falls below all others where `changePoints` names k, from 1. Moves within an advance count.
   */
  | { readonly kind: 'priorities'; readonly seed: number; readonly changePoints: readonly number[] }
  /** The participants that move, one after the other; `settle` runs everything. What is not enabled is passed over; then fair. */
  | { readonly kind: 'chosen'; readonly choices: readonly string[] };

export interface Configuration {
  readonly clients: readonly ClientConfiguration[];
  readonly authentication: 'HS256' | 'RS256' | 'ES256' | 'EdDSA';
  readonly claimsPath: string | null;
  /** Rows that the server holds before the run, by collection; each was inserted by client id `seed`. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** The server's schema at the start, with its roles; absent or null: none. The rows fit it. */
  readonly schema?: Schema | null | undefined;
  /** Of how many of the latest writes of a client id the server remembers which they were (W1); absent: 1,024. */
  readonly writeIdsKept?: number | undefined;
  /** Once so many entries lie behind the snapshot of the server's log, it is compacted (W2); absent: 1,024, as many as no run has. */
  readonly logEntriesMax?: number | undefined;
  /** How much the server takes of a client where that is not what the law says (B3, B4); absent: what it says. */
  readonly bounds?: Partial<Bounds> | undefined;
  /** Absent: fair. */
  readonly schedule?: ScheduleSpec;
  /** Suppressions: known deviations that the run passes over, so that they do not hide others, by the names that the system gives them; absent: none. */
  readonly lenient?: readonly string[];
}

export const authentications = ['HS256', 'RS256', 'ES256', 'EdDSA'] as const;

export const fair: ScheduleSpec = { kind: 'fair' };
/** A choice: the script takes its next step. */
export const scriptWord = 'script';
/** A choice: everything runs until nothing can move. */
export const settleWord = 'settle';

const participant = pattern(
  `a label, "${scriptWord}" or "${settleWord}"`,
  (text) => text === scriptWord || text === settleWord || isLabel(text),
);
const schedule: Shape<ScheduleSpec> = byKey<ScheduleSpec>('kind', {
  fair: object({ kind: choice(['fair']) }),
  priorities: object({ kind: choice(['priorities']), seed: whole(0), changePoints: list(whole(1)) }),
  chosen: object({ kind: choice(['chosen']), choices: list(participant) }),
});

const bound = optional(whole(1));
const bounds: Shape<Partial<Bounds>> = changed(
  object({
    writeOperationsMax: bound,
    writeBytesMax: bound,
    rowAttributesMax: bound,
    rowBytesMax: bound,
    subscriptionsMax: bound,
    followedWeightMax: bound,
    filterNodesMax: bound,
    filterDepthMax: bound,
    listLengthMax: bound,
    patternLengthMax: bound,
    connectionsMax: bound,
    connectionsPerAddressMax: bound,
    helloTimeoutMs: bound,
    queueBytesMax: bound,
    queueDrainMs: bound,
    framesWaitingMax: bound,
    bytesWaitingMax: bound,
    answerBytesMax: bound,
    answerPartBytes: bound,
    limitMargin: bound,
    batchEntriesMax: bound,
  } satisfies Readonly<Record<BoundName, typeof bound>>),
  (asked) => Object.fromEntries(Object.entries(asked).filter(([, most]) => most !== undefined)),
);

const clientConfiguration: Shape<ClientConfiguration> = changed(
  object({
    name: client,
    knowsRoles: flag,
    wallClockSkewMs: number,
    knowsBounds: optional(flag),
    ignoresBounds: optional(flag),
    schema: optional(nullable(schema)),
  }),
  ({ schema: own, knowsBounds, ignoresBounds, ...others }) => ({
    ...others,
    ...(knowsBounds === true && { knowsBounds }),
    ...(ignoresBounds === true && { ignoresBounds }),
    ...given({ schema: own }),
  }),
);

const clients: Shape<readonly ClientConfiguration[]> = inspected(listOfSome(clientConfiguration, 'at least one client'), (all) => {
  const repeated = repeatedOf(all.map((one) => one.name));
  return repeated === undefined ? null : { at: [], message: sentenceOf(`${repeated} is there twice`) };
});

const rows: Shape<readonly Row[]> = inspected(list(row), (held) => {
  const repeated = repeatedOf(held.map(({ id }) => id));
  return repeated === undefined ? null : { at: [], message: sentenceOf(`the id ${repeated} is there twice`) };
});

/** In canonical form: what goes without saying is left out. */
export const configuration: Shape<Configuration> = changed(
  object({
    clients,
    authentication: choice(authentications),
    claimsPath: nullable(name),
    rows: table(rows, 'sorted'),
    schema: optional(nullable(schema)),
    writeIdsKept: optional(whole(1)),
    logEntriesMax: optional(whole(1)),
    bounds: optional(bounds),
    schedule: optional(schedule),
    lenient: optional(list(name)),
  }),
  ({ schema: own, writeIdsKept, logEntriesMax, bounds: asked, schedule: order, lenient, ...others }) => ({
    ...others,
    ...given({ schema: own }),
    ...(writeIdsKept !== undefined && { writeIdsKept }),
    ...(logEntriesMax !== undefined && { logEntriesMax }),
    ...(asked !== undefined && Object.keys(asked).length > 0 && { bounds: asked }),
    ...(order !== undefined && order.kind !== 'fair' && { schedule: order }),
    ...(lenient !== undefined && lenient.length > 0 && { lenient }),
  }),
);

/** To say null is to say nothing. */
function given({ schema: own }: { readonly schema: Schema | null | undefined }): { readonly schema?: Schema } {
  return own === undefined || own === null ? {} : { schema: own };
}

function repeatedOf(names: readonly string[]): string | undefined {
  return names.find((one, index) => names.indexOf(one) !== index);
}

export function scheduleOf(configured: Configuration): ScheduleSpec {
  return configured.schedule ?? fair;
}
