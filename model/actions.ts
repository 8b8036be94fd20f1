/**
 * The alphabet of the model: everything that can be told to it. Commands are what a user of the client calls; words
 * are what crosses the wire, in terms that fit every system; the rest is what the world does to both. All of it is
 * plain data, so that a run can be written down, read and replayed.
 */

import type { Query } from '../vocabulary/queries.ts';
import type { Schema } from '../vocabulary/schemas.ts';
import type { Row, Value } from '../vocabulary/values.ts';
export type ClientName = string;
export type Status = 'UNINITIALIZED' | 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';
export type SessionErrorType = 'UNAUTHORIZED' | 'TOKEN_EXPIRED' | 'ROLES_MISMATCH' | 'SCHEMA_MISMATCH';
export type CloseReason = SessionErrorType | 'INTERNAL_ERROR' | 'UNKNOWN' | 'MANUAL_DISCONNECT' | 'CONNECTION_OVERRIDE';

/** What may be wrong with a token, other than its time (S11). */
export type TokenFlaw =
  | 'none'
  | 'undecodable'
  | 'wrongSignature'
  | 'wrongAlgorithm'
  | 'missingAlgorithm'
  | 'noneAlgorithm'
  | 'keyConfusion'
  | 'tampered'
  | 'wrongClaimsPath';

/** A token as the model knows it: by what it claims, never by its bytes. Equal labels mean equal tokens. */
export interface Token {
  readonly label: string;
  readonly user: string;
  readonly role: string;
  /** A claim that no role looks at: it may change under equal roles (S6). */
  readonly plan: string;
  /** Wall-clock milliseconds; null: never. */
  readonly expiresAtMs: number | null;
  readonly notBeforeMs: number | null;
  readonly flaw: TokenFlaw;
  /** Its claims say that it is a secret token (P1). */
  readonly secret?: boolean | undefined;
  /** The name of the key that signed it; with a shared secret always the same. */
  readonly key: string;
}

/** What a refresh handler was given to do by the script is the world's matter; the model knows only the interval. */
export interface RefreshOptions {
  readonly intervalMs: number | null;
}

/** A call of the client's public API. `promise` names the outcome to be observed (`p3`); unique in a run. */
export type Command =
  | {
      readonly do: 'startSession';
      readonly promise: string;
      readonly token: Token;
      readonly connect: boolean;
      readonly refresh: RefreshOptions | null;
    }
  | { readonly do: 'updateSessionToken'; readonly promise: string; readonly token: Token }
  | { readonly do: 'endSession'; readonly promise: string }
  | { readonly do: 'connect' }
  | { readonly do: 'disconnect' }
  | { readonly do: 'subscribe'; readonly subscription: string; readonly query: Query }
  | { readonly do: 'unsubscribe'; readonly subscription: string }
  | { readonly do: 'insert'; readonly promise: string; readonly collection: string; readonly row: Row }
  | {
      readonly do: 'update';
      readonly promise: string;
      readonly collection: string;
      readonly id: string;
      readonly changes: Readonly<Record<string, Value>>;
    }
  | { readonly do: 'delete'; readonly promise: string; readonly collection: string; readonly id: string }
  | { readonly do: 'transact'; readonly promise: string; readonly operations: readonly TransactionOperation[] }
  | { readonly do: 'clear'; readonly promise: string };

export type TransactionOperation =
  | { readonly do: 'insert'; readonly collection: string; readonly row: Row }
  | {
      readonly do: 'update';
      readonly collection: string;
      readonly id: string;
      readonly changes: Readonly<Record<string, Value>>;
    }
  | { readonly do: 'delete'; readonly collection: string; readonly id: string };

/** What no client should say, and no server (B1). */
export type Nonsense =
  | 'notJson'
  | 'notAFrame'
  | 'unknownType'
  | 'missingField'
  | 'badFilter'
  | 'helloAgain'
  | 'subscribedTwice'
  | 'writeGap'
  | 'requestGap'
  | 'oversized';

/** What a stranger says to the server first: nonsense, a frame before hello, or a hello of another protocol (B1, B2). */
export type StrangerWord = 'notJson' | 'oversized' | 'beforeHello' | 'otherVersion';

/** Words of the wire. `request` counts the token updates sent on a connection, from 1. */
export type ClientWord =
  /** `clientId` is the raw id; `schema` the hash of the client's schema, null for none (C4). */
  | { readonly word: 'hello'; readonly token: string; readonly clientId: string; readonly schema: string | null }
  | { readonly word: 'schemaSaid' }
  | { readonly word: 'nonsense'; readonly nonsense: Nonsense }
  | { readonly word: 'updateToken'; readonly request: number; readonly token: string }
  | { readonly word: 'subscribe'; readonly subscription: string }
  | { readonly word: 'unsubscribe'; readonly subscription: string }
  | { readonly word: 'write'; readonly sequence: number }
  | { readonly word: 'ping' };

export type ServerWord =
  | { readonly word: 'accepted' }
  | { readonly word: 'schemaAsked' }
  | { readonly word: 'nonsense'; readonly nonsense: Nonsense }
  | { readonly word: 'tokenAccepted'; readonly request: number }
  | { readonly word: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** The full answer to one subscription, at a version. */
  | {
      readonly word: 'answered';
      readonly subscription: string;
      readonly group: string;
      readonly version: number;
      readonly rows: readonly Row[];
    }
  /** A change of the results of a group at a version; it concerns every subscription named. */
  | { readonly word: 'updated'; readonly subscriptions: readonly string[]; readonly version: number; readonly rows: readonly Row[] }
  | { readonly word: 'acknowledged'; readonly sequence: number; readonly version: number }
  /** `text` is what it says besides. */
  | { readonly word: 'rejected'; readonly sequence: number; readonly error: string; readonly text?: string }
  /** Every subscription of this connection is current as of this version. */
  | { readonly word: 'progressed'; readonly version: number }
  | { readonly word: 'pong' };

/** What the callbacks and promises of one client showed. */
export type Observation =
  | { readonly saw: 'status'; readonly status: Status }
  | { readonly saw: 'sessionError'; readonly type: string }
  /** `error` is the name of the error, null when the promise resolved. */
  | { readonly saw: 'settled'; readonly promise: string; readonly error: string | null }
  | { readonly saw: 'results'; readonly subscription: string; readonly rows: readonly Row[]; readonly fulfilled: boolean }
  | { readonly saw: 'remoteFulfilled'; readonly subscription: string }
  | { readonly saw: 'subscriptionError'; readonly subscription: string; readonly error: string }
  | { readonly saw: 'refreshAsked'; readonly call: number }
  | { readonly saw: 'synced'; readonly collection: string; readonly id: string }
  | { readonly saw: 'notSynced'; readonly collection: string; readonly id: string; readonly error: string }
  | { readonly saw: 'syncFailed'; readonly error: string };

/** How a connection ended, as one end heard it. `reason` is null where the other end gave none. */
export interface Closing {
  readonly reason: CloseReason | null;
  readonly retry: boolean;
  /** Whether it says in words what was wrong. */
  readonly explained?: boolean;
  /** Those words. */
  readonly text?: string;
}

export type Action =
  | { readonly kind: 'command'; readonly client: ClientName; readonly command: Command }
  /** The answer of a refresh handler reaches the client; null where it returned nothing or threw. */
  | { readonly kind: 'refreshAnswered'; readonly client: ClientName; readonly call: number; readonly token: Token | null }
  | { readonly kind: 'observed'; readonly client: ClientName; readonly observation: Observation }
  /** Connections are numbered over the whole run, in the order of their attempts. */
  | { readonly kind: 'attempted'; readonly client: ClientName; readonly connection: number }
  /** The socket opened at both ends. */
  | { readonly kind: 'opened'; readonly client: ClientName; readonly connection: number }
  | { readonly kind: 'clientSent'; readonly client: ClientName; readonly connection: number; readonly word: ClientWord }
  | { readonly kind: 'serverReceived'; readonly client: ClientName; readonly connection: number; readonly word: ClientWord }
  | { readonly kind: 'serverSent'; readonly client: ClientName; readonly connection: number; readonly word: ServerWord }
  | { readonly kind: 'clientHeard'; readonly client: ClientName; readonly connection: number; readonly word: ServerWord }
  /** The newest connection of a client carries nothing from now on, and neither end is told. */
  | { readonly kind: 'fellSilent'; readonly client: ClientName }
  /** An end called close or gave the connection up. `givenUp`: without a handshake (lost heartbeat). */
  | { readonly kind: 'clientClosed'; readonly client: ClientName; readonly connection: number; readonly givenUp: boolean }
  | {
      readonly kind: 'serverClosed';
      readonly client: ClientName;
      readonly connection: number;
      readonly closing: Closing;
      readonly givenUp: boolean;
    }
  /** An end heard that the connection is over. */
  | { readonly kind: 'clientHeardClose'; readonly client: ClientName; readonly connection: number; readonly closing: Closing }
  | { readonly kind: 'serverHeardClose'; readonly client: ClientName; readonly connection: number }
  /** Linearisation points and costs, from the server's own port. */
  | {
      readonly kind: 'appendBegan';
      readonly client: ClientName;
      readonly clientId: string;
      readonly sequence: number;
      /** The writes that are decided as one with it, itself among them, in order; absent: it alone (W4). */
      readonly together?: readonly number[] | undefined;
    }
  /** The client's storage holds the write. `epoch` counts the `clear()`s before it was handed over. */
  | { readonly kind: 'stored'; readonly client: ClientName; readonly epoch: number; readonly sequence: number }
  /** The client's storage failed to keep the write: it does not hold it. */
  | { readonly kind: 'notStored'; readonly client: ClientName; readonly epoch: number; readonly sequence: number }
  /** The client's storage has cleared itself; `epoch` counts that clear. */
  | { readonly kind: 'cleared'; readonly client: ClientName; readonly epoch: number }
  | { readonly kind: 'committed'; readonly clientId: string; readonly sequence: number; readonly version: number }
  | { readonly kind: 'refused'; readonly clientId: string; readonly sequence: number; readonly version: number; readonly error: string }
  /** Somebody calls `overrideSchema`; `push` names the call. */
  | { readonly kind: 'schemaPushed'; readonly push: string; readonly schema: Schema }
  | { readonly kind: 'schemaAppendBegan' }
  | { readonly kind: 'schemaCommitted'; readonly version: number }
  /** What `overrideSchema` came to; `issues` as `collection/id attribute problem`, sorted. */
  | { readonly kind: 'pushSettled'; readonly push: string; readonly outcome: PushOutcome }
  /** The server's storage holds what was being appended. */
  | { readonly kind: 'appendDurable' }
  /** The server's storage failed an append; `kept`: what it holds all the same. */
  | { readonly kind: 'appendFailed'; readonly kept: KeptEntry | null }
  | { readonly kind: 'recoveryBegan' }
  /** The server's owner calls `close()`. */
  | { readonly kind: 'serverStopping' }
  /** The server's process is gone. `kept`: what was being appended, where that is in the log. */
  | { readonly kind: 'serverStopped'; readonly how: 'graceful' | 'crash'; readonly kept: KeptEntry | null }
  /** The server goes on, or begins, from this version. */
  | { readonly kind: 'recovered'; readonly version: number }
  /** The client's process dies and begins anew. What its storage still does is told before, as `stored` or `cleared`; the rest is undone. */
  | { readonly kind: 'clientCrashed'; readonly client: ClientName }
  /** What the server made of a stranger; null: it left the connection open. */
  | { readonly kind: 'strangerHeard'; readonly said: StrangerWord; readonly closing: (Closing & { readonly explained: boolean }) | null }
  | { readonly kind: 'evaluated'; readonly group: string; readonly version: number }
  | { readonly kind: 'encoded'; readonly group: string; readonly version: number }
  | { readonly kind: 'keysFetched'; readonly keys: readonly string[] }
  /** Monotonic time since the run began, in milliseconds; the same for all processes. */
  | { readonly kind: 'time'; readonly nowMs: number }
  | { readonly kind: 'wallJumped'; readonly process: ClientName | 'server'; readonly byMs: number }
  | { readonly kind: 'keysRotated'; readonly key: string }
  /** The end of a task: what was observed since the last one must be allowed. */
  | { readonly kind: 'taskEnded' }
  | { readonly kind: 'quiescent'; readonly quiescence: Quiescence };

/** An entry that was being appended when its outcome became unknown (W2), and that is in the log. */
export type KeptEntry = { readonly kind: 'write' } | { readonly kind: 'rejection'; readonly error: string } | { readonly kind: 'schema' };

export type PushOutcome =
  | { readonly outcome: 'accepted' | 'refused'; readonly compatible: boolean; readonly issues: readonly string[] }
  /** Rejected: storage failed, or the server was closed. */
  | { readonly outcome: 'failed' };

/** What the world and the server's own inspection say at quiescence. */
export interface Quiescence {
  /** Labels of held tasks that would otherwise run. */
  readonly blocked: readonly string[];
  /** Clients whose newest connection is half-open: only a heartbeat can help. */
  readonly halfOpen: readonly ClientName[];
  readonly statuses: Readonly<Record<ClientName, Status>>;
  /** Labels of the tokens that the clients hold; null without a session. */
  readonly tokens: Readonly<Record<ClientName, string | null>>;
  /** Canonical text of the schema that each client has; null without one. */
  readonly schemas: Readonly<Record<ClientName, string | null>>;
  /** null where the system shows none. */
  readonly server: ServerInspection | null;
}
export interface ServerInspection {
  readonly version: number;
  /** Canonical text; null: none. */
  readonly schema: string | null;
  readonly connections: readonly string[];
  readonly groups: readonly {
    readonly id: string;
    readonly members: readonly { readonly connection: string; readonly subscription: string }[];
  }[];
}
