/**
 * The alphabet of the model: everything that can be told to it. Commands are what a user of the client calls; words
 * are what crosses the wire, in terms that fit every system; the rest is what the world does to both. All of it is
 * plain data, so that a run can be written down, read and replayed.
 */
import type { Query, Row, Value } from './query.ts';

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
  | { readonly do: 'delete'; readonly promise: string; readonly collection: string; readonly id: string };

/** Words of the wire. `request` counts the token updates sent on a connection, from 1. */
export type ClientWord =
  | { readonly word: 'hello'; readonly token: string }
  | { readonly word: 'updateToken'; readonly request: number; readonly token: string }
  | { readonly word: 'subscribe'; readonly subscription: string }
  | { readonly word: 'unsubscribe'; readonly subscription: string }
  | { readonly word: 'write'; readonly sequence: number }
  | { readonly word: 'ping' };

export type ServerWord =
  | { readonly word: 'accepted' }
  | { readonly word: 'tokenAccepted'; readonly request: number }
  | { readonly word: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** The full answer to one subscription, at a version. */
  | { readonly word: 'answered'; readonly subscription: string; readonly group: string; readonly version: number }
  /** A change of the results of a group at a version; it concerns every subscription named. */
  | { readonly word: 'updated'; readonly subscriptions: readonly string[]; readonly version: number }
  | { readonly word: 'acknowledged'; readonly sequence: number; readonly version: number }
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
  | { readonly saw: 'synced'; readonly collection: string; readonly id: string };

/** How a connection ended, as one end heard it. `reason` is null where the other end gave none. */
export interface Closing {
  readonly reason: CloseReason | null;
  readonly retry: boolean;
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
  | { readonly kind: 'appendBegan'; readonly client: ClientName; readonly sequence: number }
  /** The client's storage holds the write. */
  | { readonly kind: 'stored'; readonly client: ClientName; readonly sequence: number }
  | { readonly kind: 'committed'; readonly client: ClientName; readonly sequence: number; readonly version: number }
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

/** What the world and the server's own inspection say at quiescence. */
export interface Quiescence {
  /** Labels of held tasks that would otherwise run. */
  readonly blocked: readonly string[];
  /** Clients whose newest connection is half-open: only a heartbeat can help. */
  readonly halfOpen: readonly ClientName[];
  readonly statuses: Readonly<Record<ClientName, Status>>;
  /** Labels of the tokens that the clients hold; null without a session. */
  readonly tokens: Readonly<Record<ClientName, string | null>>;
  /** null where the system shows none. */
  readonly server: ServerInspection | null;
}
export interface ServerInspection {
  readonly version: number;
  readonly connections: readonly string[];
  readonly groups: readonly {
    readonly id: string;
    readonly members: readonly { readonly connection: string; readonly subscription: string }[];
  }[];
}
