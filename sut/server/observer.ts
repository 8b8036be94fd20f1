/** What the server tells an onlooker of itself, for tests and for operators. */
import type { Schema } from '../../vocabulary/schemas.ts';

/** Costs in numbers that do not depend on the machine; `Counters` says what each means. */
export interface Spent {
  readonly comparisons: number;
  readonly unitsEncoded: number;
  readonly attributesCopied: number;
}

/** Linearisation points and costs, told at the moment they happen, before anything is sent because of them. */
export interface ServerObserver {
  /** A write joins a batch. `connection` is the label of the connection whose frame it is, `id` the write's own, where it has one. */
  onAppendBegin(connection: string, clientId: string, sequence: number, id?: string): void;
  onCommit(clientId: string, sequence: number, version: number): void;
  /** The write was judged and refused, and that is in the log at `version` (W4). */
  onReject(clientId: string, sequence: number, version: number, error: string): void;
  /** A push's turn has come and its data hold: it joins a batch. */
  onSchemaAppendBegin(): void;
  /** A push's turn has come, and rows forbid it: its caller is told when what they stand on is durable. */
  onSchemaRefused(): void;
  onSchemaCommit(version: number): void;
  /** An append failed: the log is read anew (W2). Told before any connection is closed for it. */
  onRecoveryBegin(): void;
  /** The server goes on, or begins, from this version. */
  onRecovered(version: number): void;
  onEvaluate(group: string, version: number): void;
  onEncode(group: string, version: number): void;
  /** For a group all rows of a collection were looked through: to begin it, or since a result with a limit had run dry (H5). */
  onLook(group: string, collection: string, rows: number): void;
  /** What a commit took, judging apart; told when everybody has been told of the commit. */
  onCommitSpent(version: number, spent: Spent): void;
  /** What the answer to a subscription of that connection took, in order: told before it is sent. */
  onAnswerSpent(connection: string, subscription: string, spent: Spent): void;
  onKeysFetched(keys: readonly string[]): void;
}

/** A sharing group as the server shows it: who is in it. */
export interface GroupView {
  readonly id: string;
  readonly members: readonly { readonly connection: string; readonly subscription: string }[];
}
export interface ServerView {
  readonly version: number;
  /** Connections with an accepted token. */
  readonly connections: readonly string[];
  readonly groups: readonly GroupView[];
  /** null: none. */
  readonly schema: Schema | null;
}
