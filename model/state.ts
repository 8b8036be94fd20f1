/** The state of the model: plain immutable data, and how it begins. */

import type { Filter, Query } from '../vocabulary/queries.ts';
import type { Roles, Schema } from '../vocabulary/schemas.ts';
import type { Row, Value } from '../vocabulary/values.ts';
import type { ClientName, CloseReason, Command, Observation, PushOutcome, Status, Token } from './actions.ts';
import { type Dialect, noDialect } from './profile.ts';
import type { Rows, Version } from './writes/log.ts';

export interface ModelConfiguration {
  readonly clients: readonly {
    readonly name: ClientName;
    readonly knowsRoles: boolean;
    readonly wallClockSkewMs: number;
    /** Its own schema (C4); absent or null: none. */
    readonly schema?: Schema | null | undefined;
  }[];
  /** What clients are given as roles, and the server where it has no schema. */
  readonly roles: Roles;
  /** The server's schema at the start; absent or null: none. */
  readonly schema?: Schema | null | undefined;
  /** A shared secret never rotates and is never fetched. */
  readonly sharedSecret: boolean;
  /** The names of the keys that are published when the run begins; none with a shared secret. */
  readonly firstKeys: readonly string[];
  /** The true wall clock at the beginning of the run. */
  readonly epochMs: number;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** What the system promises otherwise; absent: nothing. */
  readonly dialect?: Dialect | undefined;
}

export function dialectOf(state: State): Dialect {
  return state.configuration.dialect ?? noDialect;
}

/** One operation of a write, as it stands in an outbox and in the log (W1, W3). */
export type Change =
  | { readonly kind: 'insert'; readonly collection: string; readonly id: string; readonly generation: string; readonly row: Row }
  | {
      readonly kind: 'update';
      readonly collection: string;
      readonly id: string;
      readonly generation: string;
      readonly changes: Readonly<Record<string, Value>>;
    }
  | { readonly kind: 'delete'; readonly collection: string; readonly id: string; readonly generation: string };
/** A transaction of one or several changes (W4). */
export interface Write {
  readonly sequence: number;
  readonly changes: readonly Change[];
  /** Whether the client's storage holds it: before that it is not sent (W1). */
  readonly stored: boolean;
  /** What the server decided, at which version of the log; an error: rejected. */
  readonly decided: { readonly version: Version; readonly error: string | null } | null;
  /** Whether the client heard its acknowledgement, and so took it out of its outbox. */
  readonly acknowledged: boolean;
  /** Whether the client heard that it was rejected, and so rolled it back (W4). */
  readonly isRolledBack: boolean;
}

/** Where a refresh handler stands (S7). `due` waits for its time, by a timer or at once. */
export type RefreshCycle =
  | { readonly at: 'idle' }
  | { readonly at: 'due'; readonly dueMs: number; readonly byTimer: boolean }
  | { readonly at: 'asking'; readonly call: number }
  | { readonly at: 'submitting' };

export interface Session {
  readonly token: Token;
  readonly intervalMs: number | null;
  readonly hasHandler: boolean;
  readonly cycle: RefreshCycle;
  /** The handler's next token begins an attempt (S7). */
  readonly reconnectsOnToken: boolean;
  /** The token is the handler's and no server has accepted it yet: refused, it counts as a refused token (S7). */
  readonly isUnproven: boolean;
  /** The promise of a `startSession` that waits for the handler's first answer (S2). */
  readonly waitingStart: string | null;
}

/** A token update not yet answered (S3). `promise` is null for the handler's own. */
export interface TokenUpdate {
  readonly promise: string | null;
  readonly token: Token;
  /** The request number once sent; null before. */
  readonly request: number | null;
}

/** What one subscription could show: the result at some moment since the last emission (Q2). */
export interface Candidate {
  readonly rows: readonly Row[];
  readonly fulfilled: boolean;
  /** The first answer of a session is shown even if the rows are the same (Q6). */
  readonly forced: boolean;
}
/** What is held of the server's rows: those at a version that a permit lets through (P2). */
export interface Held {
  readonly version: Version;
  /** The read permission under which it was answered; null: none. */
  readonly permit: Filter | null;
}
export interface Subscription {
  readonly query: Query;
  /** Of the last answer, updates included; before the first what the cache held, null where it held nothing. */
  readonly held: Held | null;
  /** Writes already acknowledged when it began are none of its pending ones (Q2). */
  readonly ignoredSequences: readonly number[];
  readonly fulfilled: boolean;
  /** On which connection it was answered; updates count only there. */
  readonly answeredOn: number | null;
  /** The first is what was shown last; null: nothing yet. */
  readonly shown: Candidate | null;
  readonly candidates: readonly Candidate[];
  readonly expectedFulfilments: number;
}

export interface ClientState {
  readonly name: ClientName;
  readonly knowsRoles: boolean;
  readonly schema: Schema | null;
  readonly status: Status;
  readonly session: Session | null;
  /** The connection of the session; null between attempts. */
  readonly connection: number | null;
  /** A connection that `disconnect` closes: CLOSING until its close is heard. */
  readonly closing: { readonly connection: number; readonly sinceMs: number } | null;
  /** When the next attempt begins, by the reconnect timer or at once. */
  readonly attemptDue: { readonly atMs: number; readonly byTimer: boolean } | null;
  readonly failuresInARow: number;
  readonly updates: readonly TokenUpdate[];
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  /** The queries of all subscriptions ever begun, by name: the server may still hear of one that has ended. */
  readonly queries: Readonly<Record<string, Query>>;
  /** Counts the client ids it has had: each `clear()` begins another (K1). */
  readonly epoch: number;
  /** By epoch; null: not heard of yet. */
  readonly clientIds: Readonly<Record<number, string>>;
  /** The writes of this epoch. */
  readonly writes: readonly Write[];
  /** Writes that a `clear()` discarded, by their epoch: those that were sent may still commit. */
  readonly discarded: Readonly<Record<number, readonly Write[]>>;
  /** By query as written: what a subscription to it held last (Q2, K2). */
  readonly cache: Readonly<Record<string, Held>>;
  /** Where a dialect keeps one store: the server's rows in it (Q2). */
  readonly store: Rows;
  /** `clear()`s that storage has not done yet, with what a crash would bring back. */
  readonly clears: readonly { readonly epoch: number; readonly before: Kept }[];
  /** Epochs begun so far: none is used twice. */
  readonly epochsBegun: number;
  /** Outcomes that have not been observed yet; undefined as the value of a promise: not decided. */
  readonly promises: Readonly<Record<string, PromiseState>>;
  readonly expectedStatuses: readonly Status[];
  readonly expectedErrors: readonly string[];
  readonly expectedSyncs: readonly string[];
  /** What is told of rejected writes, in order (W4). */
  readonly expectedFailures: readonly ExpectedFailure[];
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
export type Kept = Pick<ClientState, 'epoch' | 'writes' | 'cache'>;

export interface PromiseState {
  readonly of: Command['do'];
  /** The epoch of the `clear()` that it waits for. */
  readonly epoch?: number;
  /** The write that it waits for, where it waits for storage. */
  readonly sequence: number | null;
  /** `open`: not decided; otherwise owed now. */
  readonly outcome: 'open' | { readonly error: string | null };
}

/** A connection as the server sees it, and what each end heard on it. */
export interface ConnectionState {
  readonly client: ClientName;
  readonly openAtServer: boolean;
  readonly openAtClient: boolean;
  /** `schema` is the hash it said. */
  readonly hello: { readonly token: Token; readonly fetchesBefore: number; readonly schema: string | null } | null;
  /** Of the client, when it attempted. */
  readonly epoch: number;
  /** The token of its session then, by label. */
  readonly attemptedWith: string | null;
  /** The server asked for the schema; the client heard that, and answered; the server heard it (C4). */
  readonly schema: 'unasked' | 'asked' | 'heard' | 'said' | 'received';
  /** A frame that broke the protocol has arrived: what comes after it is not handled (B1). */
  readonly broken: boolean;
  /** The client heard what is no frame: it gives up (B1). */
  readonly heardNonsense: boolean;
  /** Why the server must close it in this breath (W2, C4). */
  readonly mustClose: { readonly rule: string; readonly reason: CloseReason; readonly retry: boolean } | null;
  readonly accepted: Token | null;
  /** Monotonic time at which the expiry timer fires; null without `exp`. */
  readonly expiryDueMs: number | null;
  readonly updates: readonly { readonly request: number; readonly token: Token; readonly fetchesBefore: number }[];
  readonly subscriptions: Readonly<Record<string, ServedSubscription>>;
  /** Answers on their way to the client, oldest first. */
  readonly answersUnderWay: readonly { readonly subscription: string; readonly held: Held }[];
  /** Received by the server while earlier frames were still being handled. */
  readonly unsubscribed: readonly string[];
  /** Those of them that the server has certainly handled. */
  readonly left: readonly string[];
  readonly writesReceived: readonly number[];
  readonly acknowledged: readonly number[];
  readonly sentSubscriptions: readonly string[];
  readonly saidHello: boolean;
  /** It was half-open once: what either end does is learnt by the other through silence alone. */
  readonly cutOff: boolean;
  readonly lastWriteSent: number;
  readonly clientSentMs: number;
  /** Monotonic time; the attempt until it opened. */
  readonly openedMs: number;
  /** Monotonic time at which the client heard that it was accepted; the attempt until then. */
  readonly acceptedMs: number;
  readonly clientHeardMs: number;
  readonly serverHeardMs: number;
  readonly serverClosing: CloseReason | null;
}

export interface ServedSubscription {
  readonly query: Query;
  readonly answered: boolean;
  readonly group: string | null;
  /** Its normal form and read permission as of its last answer. */
  readonly form: string | null;
  readonly permit: Filter | null;
  /** The rule for which it must be answered anew, before any other data (S6, C5). */
  readonly stale: 'S6' | 'C5' | null;
}

/** What the server is appending. `carriers` are the tokens under which the write may have been judged. */
export type Append =
  | {
      readonly what: 'write';
      readonly client: ClientName;
      readonly epoch: number;
      readonly clientId: string;
      readonly sequence: number;
      readonly carriers: readonly Token[];
      /** The writes by whose changes it is judged; absent: it alone (W4). */
      readonly together?: readonly number[] | undefined;
      /** Storage holds it, or so it says (W2). */
      readonly durable: boolean;
    }
  | { readonly what: 'schema'; readonly push: Push; readonly durable: boolean };
export interface Push {
  readonly push: string;
  readonly schema: Schema;
  /** What was being appended when it was pushed: its turn does not come before that has ended (C3). */
  readonly behind: Append | null;
}

export interface ServerState {
  readonly phase: 'running' | 'stopping' | 'recovering' | 'stopped';
  readonly schema: Schema | null;
  /** Schemas pushed so far (H1). */
  readonly schemaVersion: number;
  /** Texts of the hashed part of the schemas that it knows (C4): its own, and those it was told; `maybe` after a recovery. */
  readonly knownSchemas: Readonly<Record<string, 'own' | 'told' | 'maybe'>>;
  /** What each hash that a client said stands for. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Pushes whose turn has not come, oldest first. */
  readonly pushes: readonly Push[];
  readonly expectedPushes: Readonly<Record<string, PushOutcome>>;
  readonly heldKeys: readonly string[];
  /** All that were ever published, oldest first: a fetch under way may bring an older set. */
  readonly publishedKeys: readonly string[];
  readonly fetches: number;
  readonly appending: Append | null;
  /** Rows at each version: `versions[v]`. */
  readonly versions: readonly Rows[];
  /** Versions that are rejections (W4). */
  readonly rejections: readonly Version[];
  /** By client id. */
  readonly lastSequence: Readonly<Record<string, number>>;
  /** Normal form by group id, as the answers told it (H1). */
  readonly groups: Readonly<Record<string, string>>;
  /** What the last commit cost: evaluations and encodings by group (H2). */
  readonly cost: CommitCost | null;
}
export interface CommitCost {
  readonly version: Version;
  readonly groups: readonly { readonly group: string; readonly touched: boolean; readonly changed: boolean; readonly mustSend: boolean }[];
  readonly evaluations: Readonly<Record<string, number>>;
  readonly encodings: Readonly<Record<string, number>>;
}

export interface State {
  readonly configuration: ModelConfiguration;
  readonly nowMs: number;
  readonly wallOffsetsMs: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, Token>>;
  /** When each held timer was last seen to be due: what it should have done is late by so much. */
  readonly lastBlockedMs: Readonly<Record<string, number>>;
  readonly clients: Readonly<Record<ClientName, ClientState>>;
  readonly connections: Readonly<Record<number, ConnectionState>>;
  readonly server: ServerState;
}

export const heartbeatMs = { client: 30_000, server: 45_000 } as const;
export const closeTimeoutMs = 5_000;

/** What a process reads on its wall clock. */
export function wallMs(state: State, process: string): number {
  return state.configuration.epochMs + state.nowMs + (state.wallOffsetsMs[process] ?? 0);
}

export function versionOf(state: State): Version {
  return state.server.versions.length - 1;
}
