/** What the model knows of one client: its session, its subscriptions, its writes, and what it is to show. */
import type { Filter, Query } from '../vocabulary/queries.ts';
import type { Schema } from '../vocabulary/schemas.ts';
import type { Row } from '../vocabulary/values.ts';
import type { ClientName, Observation, Status } from './observations.ts';
import type { Token } from './tokens.ts';
import type { TransactionOperation, Version, Write } from './writes/changes.ts';
import type { Rows } from './writes/log.ts';
import type { Position } from './writes/position.ts';

/** Where a refresh handler stands (S7). `due` waits for its time, by a timer or at once. */
export type RefreshCycle =
  | { readonly at: 'idle' }
  | { readonly at: 'due'; readonly dueMs: number; readonly byTimer: boolean }
  | { readonly at: 'asking'; readonly call: number; readonly sinceMs: number }
  | { readonly at: 'submitting' };

export interface Session {
  readonly token: Token;
  readonly intervalMs: number | null;
  readonly hasHandler: boolean;
  readonly cycle: RefreshCycle;
  /** Calls, or refusals, in a row that brought no token that was accepted (S7). */
  readonly failedCalls: number;
  /** When the last call began; null: there was none (S7). */
  readonly calledMs: number | null;
  /** The handler's next token begins an attempt (S7). */
  readonly reconnectsOnToken: boolean;
  /** An attempt waits until the handler has been asked, whatever comes of it (S7). */
  readonly attemptWaits: boolean;
  /** The clock of the client called the token expired when the handler brought it: no attempt asks about it again (S7). */
  readonly isDisputed: boolean;
  /** The token is the handler's and no server has accepted it yet: refused, it counts as a refused token (S7). */
  readonly isUnproven: boolean;
  /** The promise of a `startSession` whose attempt waits for the handler (S2). */
  readonly waitingStart: string | null;
}

/** A token update not yet answered (S3). `promise` is null for the handler's own. */
export interface TokenUpdate {
  readonly promise: string | null;
  readonly token: Token;
  /** The request number once sent; null before. */
  readonly request: number | null;
  /** The client's clock called it expired when the handler brought it (S7). */
  readonly isDisputed: boolean;
}

/** What one subscription could show: the result at some moment since the last emission (Q2). */
export interface Candidate {
  readonly rows: readonly Row[];
  readonly fulfilled: boolean;
  /** The first answer of a session is shown even if the rows are the same (Q6). */
  readonly forced: boolean;
}
/** What is held of the server's rows: those at a version of a log that a permit lets through (P2). */
export interface Held extends Position {
  /** The read permission under which it was answered; null: none. */
  readonly permit: Filter | null;
}
/** What the cache keeps: of which query it is, too. */
export interface Cached extends Held {
  readonly query: Query;
}
export interface Subscription {
  readonly query: Query;
  /** Of the last answer, updates included; before the first what the cache held, null where it held nothing. */
  readonly held: Held | null;
  /** Writes already acknowledged when it began, by key, are none of its pending ones (Q2). */
  readonly ignoredWrites: readonly string[];
  readonly fulfilled: boolean;
  /** On which connection it was answered; updates count only there. */
  readonly answeredOn: number | null;
  /** On which connection it heard that it is not followed (B4). */
  readonly failedOn: number | null;
  /** The first is what was shown last; null: nothing yet. */
  readonly shown: Candidate | null;
  readonly candidates: readonly Candidate[];
  readonly expectedFulfilments: number;
}

export interface ClientState {
  readonly name: ClientName;
  readonly knowsRoles: boolean;
  /** Nothing happens at it. */
  readonly isAsleep: boolean;
  /** Its timers run once a minute. */
  readonly isThrottled: boolean;
  /** When it last woke up, or its timers began to run as they are due again. */
  readonly timelySinceMs: number;
  readonly schema: Schema | null;
  readonly status: Status;
  readonly session: Session | null;
  /** The connection of the session; null between attempts. */
  readonly connection: number | null;
  /** A connection that `disconnect` closes: CLOSING until its close is heard. */
  readonly closing: { readonly connection: number; readonly sinceMs: number } | null;
  /** When the next attempt begins, by the reconnect timer or at once. `asked`: the handler was asked for it (S7). */
  readonly attemptDue: { readonly atMs: number; readonly byTimer: boolean; readonly asked: boolean } | null;
  /** The back-off after a loss, until its chance is drawn (S9). */
  readonly undrawnBackOffMs: number | null;
  readonly failuresInARow: number;
  readonly updates: readonly TokenUpdate[];
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  /** The queries of all subscriptions ever begun, by name: the server may still hear of one that has ended. */
  readonly queries: Readonly<Record<string, Query>>;
  /** Counts the client ids it has had: each `clear()` begins another (K1), and each fork (W1). */
  readonly epoch: number;
  /** By epoch; null: not heard of yet. */
  readonly clientIds: Readonly<Record<number, string>>;
  /** Whose id each epoch has, where another client's storage was copied: `c1 1`. Its own where none is given. */
  readonly origins: Readonly<Record<number, string>>;
  /** The server knows one of its numbers as another's: it is to take a fresh id, or storage is at it (W1). */
  readonly fork: { readonly at: 'due' } | { readonly at: 'begun'; readonly epoch: number } | null;
  /** By the epoch that a fork began, the one that it left. */
  readonly forkedFrom: Readonly<Record<number, number>>;
  /** The writes since the last `clear()`: those unanswered have numbers of this epoch. */
  readonly writes: readonly Write[];
  /** Writes ever made: each has a key of its own. */
  readonly writesMade: number;
  /** Writes that a `clear()` discarded or a fork renumbered, by the epoch that was left: those that were sent may still commit. */
  readonly discarded: Readonly<Record<number, readonly Write[]>>;
  /** By query as written: what a subscription to it held last (Q2, K2). */
  readonly cache: Readonly<Record<string, Cached>>;
  /** What it has heard of the server's log; null: nothing (W2). */
  readonly heard: HeardOfLog | null;
  /** Where a profile keeps one store: the server's rows in it (Q2). */
  readonly store: Rows;
  /** `clear()`s, and departures from a log (W2), that storage has not done yet, with what a crash would bring back. */
  readonly clears: readonly Clearing[];
  /** Storage has cleared itself after it had failed to, in this very task: of what was heard since it has nothing yet (K3). */
  readonly isJustCleared: boolean;
  /** What storage holds in place of what the client knows, since it failed (K3). */
  readonly lag: StorageLag;
  /** Storage could not be read: what it holds, and the calls that wait until it is read, or fails again. null: it was read (K3). */
  readonly unread: { readonly kept: Kept; readonly waiting: readonly WaitingCall[] } | null;
  /** Epochs begun so far: none is used twice. */
  readonly epochsBegun: number;
  /** Outcomes that have not been observed yet; undefined as the value of a promise: not decided. */
  readonly promises: Readonly<Record<string, PromiseState>>;
  /** The promises of calls that go on: their command is asked after every action (`follow`). */
  readonly followed: readonly string[];
  readonly expectedStatuses: readonly Status[];
  readonly expectedErrors: readonly string[];
  /** How often it is still to be told that the log was replaced (W2). */
  readonly expectedLogReplacements: number;
  /** Of subscriptions asked for under a name in use (Q4), and of those that the server does not follow (B4). */
  readonly expectedSubscriptionErrors: readonly { readonly subscription: string; readonly error: string }[];
  readonly expectedSyncs: readonly string[];
  /** What is told of rejected writes, in order (W4). */
  readonly expectedFailures: readonly ExpectedFailure[];
  /** Failures of callbacks that are still to be logged (B1). */
  readonly unloggedFailures: readonly number[];
  readonly observed: readonly Observation[];
  /** Something of a replaced or ended session arrived in this task: what follows from it is S2's matter. */
  readonly late: boolean;
}
/** One entity of a rejected write, or, with null, the write as a whole. */
export interface ExpectedFailure {
  readonly entity: string | null;
  readonly error: string;
}

/** What a client's storage keeps (K2). */
export type Kept = Pick<ClientState, 'epoch' | 'writes' | 'cache' | 'heard'>;

/** By query what storage holds of it, null: nothing: since it failed to keep another result, or is not asked to before it holds what was heard; or what fits no schema of the client's and is not found. */
type LaggingCache = Readonly<Record<string, { readonly holds: Cached | null; readonly since: 'failed' | 'behindHeard' | 'ofAnotherType' }>>;

/** `wordBegan`: as the client and its storage were before the word that it hears now; `answering`: the write, by key, that this word answers. */
export interface StorageLag {
  readonly cache: LaggingCache;
  /** null: storage holds what was heard last. */
  readonly heard: { readonly holds: HeardOfLog | null } | null;
  readonly wordBegan: {
    readonly cache: ClientState['cache'];
    readonly lag: LaggingCache;
    readonly heard: HeardOfLog | null;
  };
  readonly answering: string | null;
}

/** A call that waits for storage to be read. */
export type WaitingCall =
  | {
      readonly do: 'write';
      readonly promise: string;
      readonly operations: readonly TransactionOperation[];
    }
  | { readonly do: 'clear'; readonly promise: string }
  | { readonly do: 'fetch'; readonly promise: string; readonly query: Query };

/** `keeps`: the writes, by key, that storage holds once it is done. */
interface Clearing {
  readonly of: 'clear' | 'a log that is left';
  readonly epoch: number;
  readonly before: Kept;
  readonly keeps: readonly string[];
  /** Storage was asked again, since it had failed (K3). */
  readonly isAgain: boolean;
  /** Storage failed: it is asked again at the next acceptance, when that is `due`, or before. null: it is at it. */
  readonly failed: { readonly due: boolean } | null;
}

/** The incarnation that said something last, and the highest version of all that was said (W2). */
export interface HeardOfLog {
  readonly incarnation: string;
  readonly version: Version;
}

export interface PromiseState {
  /** The command. */
  readonly of: string;
  /** The rule that is broken where it settles wrongly. */
  readonly rule: string;
  /** The epoch of the `clear()` that it waits for. */
  readonly epoch?: number;
  /** The write that it waits for, by key, where it waits for storage. */
  readonly write: string | null;
  /** `open`: not decided; else owed now. */
  readonly outcome: 'open' | { readonly error: string | null; readonly rows?: readonly (readonly Row[])[] | undefined };
  /** What a result that is decided and not shown yet follows from: until it is shown, own writes may still change it. */
  readonly decidedFrom?: Subscription;
}
