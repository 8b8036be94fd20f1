/** What the server did since it started, in plain numbers: the costs that benchmarks and tests hold it to. */
import { type BoundName, defaultBounds } from '../protocol/bounds.ts';
import type { Work } from '../query/work.ts';
import type { Spent } from './observer.ts';

/** Which bound something was over: one of those that have a name, or that of a frame. */
export type RefusalName = BoundName | 'frameBytesMax';

export interface Counters extends Work {
  /** Groups whose result was recomputed because of a commit. */
  evaluations: number;
  /** Rows tried against a group's filter to find out whether the group needs an evaluation. */
  probes: number;
  /** Updates of groups turned into text. */
  encodings: number;
  /** Code units of the rows in answers and updates that were turned into text. */
  unitsEncoded: number;
  /** Attributes copied to know what the operations of a write would leave. */
  attributesCopied: number;
  framesSent: number;
  /** Entries that joined a batch: writes, rejections and schemas. */
  appends: number;
  /** Batches that storage was asked to take. */
  batches: number;
  /** Snapshots that storage was asked to bring up to date. */
  compactions: number;
  /** Entries that storage refused for their own sake. */
  entriesRefused: number;
  /** Writes, queries, frames and connections over each bound (B3, B4, B5). */
  readonly refusals: Map<RefusalName, number>;
}

export function zeroCounters(): Counters {
  const names = [...Object.keys(defaultBounds), 'frameBytesMax'].filter(isRefusalName).filter((name) => !refusingNothing.has(name));
  return {
    evaluations: 0,
    probes: 0,
    rowsLooked: 0,
    comparisons: 0,
    encodings: 0,
    unitsEncoded: 0,
    attributesCopied: 0,
    framesSent: 0,
    appends: 0,
    batches: 0,
    compactions: 0,
    entriesRefused: 0,
    refusals: new Map(names.map((name) => [name, 0])),
  };
}

/** What the server keeps to by itself. */
const refusingNothing: ReadonlySet<RefusalName> = new Set(['answerPartBytes', 'limitMargin', 'batchEntriesMax']);

function isRefusalName(text: string): text is RefusalName {
  return text === 'frameBytesMax' || Object.hasOwn(defaultBounds, text);
}

export function countRefusal({ refusals }: Counters, name: RefusalName): void {
  refusals.set(name, (refusals.get(name) ?? 0) + 1);
}

/** As they stand now, whatever is counted later. */
export function copyOfCounters(counters: Counters): Counters {
  return { ...counters, refusals: new Map(counters.refusals) };
}

/** Begins an account of its own: what is counted from here on, whenever it is asked for. */
export function accountOf(counters: Counters): () => Spent {
  const { comparisons, unitsEncoded, attributesCopied } = counters;
  return () => ({
    comparisons: counters.comparisons - comparisons,
    unitsEncoded: counters.unitsEncoded - unitsEncoded,
    attributesCopied: counters.attributesCopied - attributesCopied,
  });
}

export function sumOf(one: Spent, other: Spent): Spent {
  return {
    comparisons: one.comparisons + other.comparisons,
    unitsEncoded: one.unitsEncoded + other.unitsEncoded,
    attributesCopied: one.attributesCopied + other.attributesCopied,
  };
}
