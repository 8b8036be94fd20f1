/**
 * What is seen of one round from outside: the calls that writers made, what they were told of them, when processes were killed,
 * and what lies in the log and shows in the end. Plain data, so that a history can be made by hand and judged.
 */
import type { TransactionOperation } from '../../model/index.ts';
import type { Row } from '../../vocabulary/values.ts';

/** A process that was killed: the server's, or that of a writer. */
export type Killed = 'server' | 'writer';

/** One call of a writer: a write of one or several operations. */
export interface Call {
  readonly operations: readonly TransactionOperation[];
  /** As the client handed it to its storage; null: it never did. */
  readonly handed: { readonly sequence: number; readonly id: string; readonly operations: readonly unknown[] } | null;
  /** Its promise resolved: storage holds it. */
  readonly isKept: boolean;
  /** When it was told as synced: once for each process of the writer that was still to hear of it. */
  readonly synced: readonly Moment[];
  /** Made by which process of the writer, from 0. */
  readonly life: number;
}
/** How many processes had been killed by then, of each kind. `order` counts what was seen in the round. */
export interface Moment {
  readonly servers: number;
  readonly writers: number;
  readonly order: number;
}

export interface Writer {
  readonly name: string;
  readonly clientId: string;
  /** In the order in which they were made. */
  readonly calls: readonly Call[];
  /** Where its process was killed: when, and the ids that its storage then held. */
  readonly kill: { readonly order: number; readonly outbox: readonly string[] } | null;
  /** What it says to wait when all is over. */
  readonly pendingWrites: number | null;
  /** What should never be told in a round: rejections, a log that was replaced, a fresh id. */
  readonly troubles: readonly string[];
}

export type SeenEntry =
  | {
      readonly kind: 'write';
      readonly version: number;
      readonly clientId: string;
      readonly sequence: number;
      readonly id: string;
      readonly operations: readonly unknown[];
    }
  | { readonly kind: 'rejection'; readonly version: number; readonly clientId: string; readonly sequence: number; readonly error: string }
  | { readonly kind: 'schema'; readonly version: number }
  | { readonly kind: 'incarnation'; readonly version: number; readonly id: string };

export interface History {
  readonly collection: string;
  /** The version of the log at which the round began, before its first server did. */
  readonly baseVersion: number;
  readonly writers: readonly Writer[];
  /** What the log holds beyond that, in its order: it begins with the incarnation of the first server. */
  readonly log: readonly SeenEntry[];
  /** What a reader that comes in the end is shown of the collection. */
  readonly rows: readonly Row[];
}
