/** What the model knows of the server: its log, its schema, its keys, and what it is about to append. */
import type { Filter, Query } from '../vocabulary/queries.ts';
import type { Schema } from '../vocabulary/schemas.ts';
import type { ClientName } from './observations.ts';
import type { Spent } from './sharing/spent.ts';
import type { Token } from './tokens.ts';
import type { SentWrite, Version } from './writes/changes.ts';
import type { Rows } from './writes/log.ts';
import type { LogNumber, Position } from './writes/position.ts';

/** What has joined a batch. `carriers` are the tokens under which the write may have been judged. */
export type Joined =
  | {
      readonly what: 'write';
      readonly client: ClientName;
      readonly epoch: number;
      readonly clientId: string;
      readonly sequence: number;
      readonly sent: SentWrite;
      readonly carriers: readonly Token[];
      /** The writes by whose changes it is judged; absent: it alone (W4). */
      readonly together?: readonly SentWrite[] | undefined;
      /** Storage refused it before (W2). */
      readonly isRefused: boolean;
    }
  | { readonly what: 'schema'; readonly push: Push }
  /** It makes no entry, and stands on those before it (C3). */
  | { readonly what: 'refusal'; readonly push: Push };
export interface Push {
  readonly push: string;
  readonly schema: Schema;
}

/** What goes into the log together (W2). */
export interface Batch {
  /** Entries join it; then storage is asked to take it; then storage holds it, or so it says. */
  readonly phase: 'forming' | 'asked' | 'durable';
  /** In order. Nothing of it is judged before what is in front of it has come about. */
  readonly joined: readonly Joined[];
}

/** What is known of a log: the rows at each version, and of which log, up to which version, it is a copy. */
export interface KnownLog {
  /** Rows at each version: `versions[v]`. */
  readonly versions: readonly Rows[];
  readonly copied: Position | null;
}

/** What a log says, by itself. */
export interface LogCopy extends KnownLog {
  readonly schema: Schema | null;
  /** Schemas pushed so far (H1). */
  readonly schemaVersion: number;
  /** Texts of the hashed part of those that were current once (C4). */
  readonly ownSchemas: readonly string[];
  /** Versions that are rejections (W4). */
  readonly rejections: readonly Version[];
  /** By client id: what was decided of its numbers, in their order, from 1 (W1). */
  readonly decisions: Readonly<Record<string, readonly Decision[]>>;
  /** The starts of servers on it that anybody may have heard of, oldest first, and at which version each began (W2). */
  readonly incarnations: readonly { readonly id: string; readonly from: Version }[];
}

export interface ServerState extends LogCopy {
  readonly log: LogNumber;
  /** The one of the present process, once the log holds it. */
  readonly incarnation: string | null;
  readonly phase: 'running' | 'stopping' | 'recovering' | 'stopped';
  /** Texts of the hashed part of the schemas that it knows (C4): its own, and those it was told; `maybe` after a recovery. */
  readonly knownSchemas: Readonly<Record<string, 'own' | 'told' | 'maybe'>>;
  /** What each hash that a client said stands for. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Pushes whose turn has not come, oldest first. */
  readonly pushes: readonly Push[];
  readonly expectedPushes: Readonly<Record<string, PushOutcome>>;
  readonly keys: KeysAtServer;
  readonly appending: Batch | null;
  /** Storage was asked for a snapshot, and is not done (W2). */
  readonly isCompacting: boolean;
  /** The writes that storage refused since it kept a batch last (W2). */
  readonly refused: readonly { readonly clientId: string; readonly sequence: number; readonly id: string | null }[];
  /** Storage had no space when it was asked last; from `dueMs` on it is asked again (W2). */
  readonly full: { readonly delayMs: number; readonly dueMs: number } | null;
  /** By client id: up to which number its client says it was answered. */
  readonly answered: Readonly<Record<string, number>>;
  /** Normal form by group id, as the answers told it (H1). */
  readonly groups: Readonly<Record<string, string>>;
  /** By group: how many rows that were written may have left it since all rows were looked through for it (H5). */
  readonly departures: Readonly<Record<string, number>>;
  /** Of which groups the rows were made text in this breath, for answers that are owed (H5). */
  readonly madeText: readonly string[];
  /** A group for which all rows were looked through, and what that took is not told yet (H5). */
  readonly lookUntold: string | null;
  /** What the last commit cost: evaluations and encodings by group (H2). */
  readonly cost: CommitCost | null;
}
/** The key set (S11), in monotonic time. */
export interface KeysAtServer {
  /** The last good set. It is as old as its fetch; null: good for ever. */
  readonly held: { readonly names: readonly string[]; readonly sinceMs: number | null } | null;
  /** The one under way. `forName`: for the sake of an unknown name alone, since the set was young. */
  readonly fetching: { readonly fetch: number; readonly sinceMs: number; readonly forName: boolean } | null;
  /** When the last fetch ended, where it failed. */
  readonly failedMs: number | null;
  /** When the last fetch for the sake of a name ended well. */
  readonly cooledMs: number | null;
  readonly endedWell: number;
  readonly endedBadly: number;
}

export const noKeys: KeysAtServer = { held: null, fetching: null, failedMs: null, cooledMs: null, endedWell: 0, endedBadly: 0 };

/** A token that waits to be judged. `wellBefore` and `badlyBefore`: how many fetches had ended so when it came. */
export interface Asked {
  readonly token: Token;
  readonly cameMs: number;
  readonly wellBefore: number;
  readonly badlyBefore: number;
}

/** An entry of the log, as it answers for its number. */
export interface Decision {
  readonly sequence: number;
  /** Of the write, as said; null: the system says none. */
  readonly id: string | null;
  readonly key: string;
  readonly version: Version;
  /** null: committed. */
  readonly error: string | null;
  readonly answered: number;
}
/** `listeners`: the connections that may be sent its update, by number. */
export interface GroupCost {
  readonly group: string;
  readonly touched: boolean;
  readonly changed: boolean;
  /** What there is to tell is over the bound (B4). */
  readonly tooLong: boolean;
  readonly listeners: readonly number[];
  /** What its members ask, and may read. */
  readonly like: { readonly query: Query; readonly permit: Filter | null };
}

export interface CommitCost {
  readonly version: Version;
  readonly groups: readonly GroupCost[];
  /** What sizes allow it to take, without a factor (H5). */
  readonly most: Spent;
  readonly evaluations: Readonly<Record<string, number>>;
  readonly encodings: Readonly<Record<string, number>>;
  /** What it took has been told (H5). */
  readonly isSpentTold: boolean;
}

/** An entry of a batch, as storage is asked to keep it (W2). */
export type KeptEntry = { readonly kind: 'write' } | { readonly kind: 'rejection'; readonly error: string } | { readonly kind: 'schema' };

export type PushOutcome =
  | { readonly outcome: 'accepted' | 'refused'; readonly compatible: boolean; readonly issues: readonly string[] }
  /** Rejected: storage failed, or the server was closed. */
  /** Or, unstorable: storage can never take it. */
  | { readonly outcome: 'failed' | 'unstorable' };
