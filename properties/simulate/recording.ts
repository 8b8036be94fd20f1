/**
 * What a simulation tells while it goes on, the moment it is known, so that nothing is lost however it ends; and the same
 * read back, from which a simulation goes on or several become one.
 */
import type { CorpusEntry } from '../corpus/entry.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, Outcome } from '../trace.ts';
import type { SmallerScript } from './jobs.ts';

/** Runs that follow each other, done and added up. A run is no more than its hash, unless it did not hold. */
export interface Segment {
  /** The first run. */
  readonly from: number;
  readonly steps: number;
  readonly commands: number;
  readonly skipped: number;
  readonly coverage: Readonly<Record<string, number>>;
  /** The trace hash of each. */
  readonly hashes: readonly string[];
  /** How those ended that did not hold, by their numbers. */
  readonly ends: readonly { readonly run: number; readonly outcome: Outcome }[];
}

/** A failure that counts, told by a script that shows it. */
export interface Sighting {
  /** How this script fails. */
  readonly failure: Failure;
  readonly script: Script;
  /** Null: it is an entry of the corpus. */
  readonly run: number | null;
  readonly shrunkFrom: number;
  /** `found`: as it was met; `smaller`: on the way to the shortest; `shrunk`: shrinking came to its end. */
  readonly stage: 'found' | 'smaller' | 'shrunk';
}

/** The shortest script that shrinking one run came to. It is the same whenever that run is shrunk. */
export interface RecordedShrink extends SmallerScript {
  readonly run: number;
  readonly attempts: number;
  readonly oneMinimal: boolean;
}

/** None of these throws. */
export interface Recorder {
  corpusRan(entry: CorpusEntry, outcome: Outcome): void;
  /** In the order of the runs. */
  ran(segment: Segment): void;
  /** Each class when it is first met, and whenever a smaller script of it is known. */
  saw(sighting: Sighting): void;
  shrank(shrink: RecordedShrink): void;
}

export interface Recorded {
  /** How scripts of the corpus ended, by their names. */
  readonly corpus: ReadonlyMap<string, Outcome>;
  /** In the order of the runs, without gaps. */
  readonly segments: readonly Segment[];
  readonly shrinks: readonly RecordedShrink[];
  /** How long it took. */
  readonly seconds: number;
}

export const nothingRecorded: Recorded = { corpus: new Map(), segments: [], shrinks: [], seconds: 0 };
export const noRecorder: Recorder = { corpusRan: () => {}, ran: () => {}, saw: () => {}, shrank: () => {} };
