/**
 * What a trace tells, ready to be drawn or said: moments in their order, messages from sending to delivery, the state
 * of each session over the moments, and why the last of them was wrong. Plain data, so that every report (terminal,
 * page, Markdown) tells the same.
 */
import type { Failure } from '../../properties/trace.ts';

/** What a moment is drawn as. */
export type MomentKind =
  /** A step of the script: a command, an arrangement of the schedule, or a fault. */
  | 'step'
  /** A step that meant nothing where it stood. */
  | 'skip'
  | 'fault'
  | 'command'
  /** A timer fell due. */
  | 'timer'
  /** A completion (crypto, storage, handler) came back. */
  | 'completion'
  | 'sent'
  | 'received'
  | 'opening'
  | 'closing'
  /** What the user of a client was shown: status, results, promise, error. */
  | 'shown'
  /** A linearisation point of the server: append, commit, push, recovery. */
  | 'commit'
  | 'time'
  | 'quiescent'
  | 'failed';

export interface Moment {
  /** Place in `Story.moments`. */
  readonly index: number;
  /** Index of the script step during which it happened; -1 before the first, the number of steps while healing. */
  readonly step: number;
  readonly atMs: number;
  /** `c1`, `server`, `world`. */
  readonly process: string;
  readonly kind: MomentKind;
  /** One short line in words, such as `sends hello (token ann, member)`. */
  readonly title: string;
  /** Everything known about it, by name, for whoever asks. */
  readonly details: readonly (readonly [name: string, value: string])[];
}

export interface Message {
  readonly client: string;
  readonly connection: number;
  readonly to: 'server' | 'client';
  /** The word in short: `hello`, `write 3`, `answered q1 at version 2`. */
  readonly word: string;
  /** Null where nobody sent it: it was injected. */
  readonly sent: number | null;
  /** Null where it never arrived. */
  readonly delivered: number | null;
  /** The moment from which it could not arrive any more; null where it arrived or was still on its way at the end. */
  readonly lost: number | null;
}

/** A stretch of moments, `to` included, over which a session had one status. */
export interface StatusBand {
  readonly client: string;
  readonly status: string;
  readonly from: number;
  readonly to: number;
}

/** A stretch of moments over which subscriptions shared one group of the server. */
export interface GroupBand {
  readonly group: string;
  /** `c1 q1`, in order. */
  readonly members: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** A piece of text in a difference: in both, only in what was allowed, only in what was shown. */
export interface DifferencePart {
  readonly in: 'both' | 'allowed' | 'shown';
  readonly text: string;
}

/** A link of the chain of events that led to the divergence. */
export interface ChainLink {
  readonly moment: number;
  /** A whole sentence: `c1 started a session anew (step 2), which replaced connection 1.` */
  readonly sentence: string;
}

export interface Divergence extends Failure {
  readonly ruleSentence: string;
  /** Place of the `failed` moment. */
  readonly moment: number;
  /** Of the nearest allowed possibility and what was shown; empty where nothing is to be compared. */
  readonly difference: readonly DifferencePart[];
  /** In the order of time; the last one says what should have been, and what was. */
  readonly chain: readonly ChainLink[];
}

export interface Story {
  /** The clients in order, then the server. */
  readonly processes: readonly string[];
  readonly moments: readonly Moment[];
  readonly messages: readonly Message[];
  readonly statusBands: readonly StatusBand[];
  readonly groupBands: readonly GroupBand[];
  /** The steps of the script in words. */
  readonly steps: readonly string[];
  /** The setting in words. */
  readonly setting: string;
  /** Null where the run held. */
  readonly divergence: Divergence | null;
}
