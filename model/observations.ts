/** What can be seen from outside: what a client shows its user, and what the world and the server say at quiescence. */
import type { Row } from '../vocabulary/values.ts';

export type ClientName = string;
export type Status = 'UNINITIALIZED' | 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';
export type SessionErrorType = 'UNAUTHORIZED' | 'TOKEN_EXPIRED' | 'ROLES_MISMATCH' | 'SCHEMA_MISMATCH';

/** What the callbacks and promises of one client showed. */
export type Observation =
  | { readonly saw: 'status'; readonly status: Status }
  | { readonly saw: 'sessionError'; readonly type: string }
  /** `error` is the name of the error, null when the promise resolved; `rows`: what it resolved with, where that is a result. */
  | { readonly saw: 'settled'; readonly promise: string; readonly error: string | null; readonly rows?: readonly Row[] | undefined }
  | { readonly saw: 'results'; readonly subscription: string; readonly rows: readonly Row[]; readonly fulfilled: boolean }
  | { readonly saw: 'remoteFulfilled'; readonly subscription: string }
  | { readonly saw: 'subscriptionError'; readonly subscription: string; readonly error: string }
  | { readonly saw: 'refreshAsked'; readonly call: number }
  | { readonly saw: 'synced'; readonly collection: string; readonly id: string }
  | { readonly saw: 'notSynced'; readonly collection: string; readonly id: string; readonly error: string }
  | { readonly saw: 'syncFailed'; readonly error: string }
  /** The server's log is another one (W2). */
  | { readonly saw: 'logReplaced' };

/** One kind of observation. */
export type Observed<Kind extends Observation['saw']> = Extract<Observation, { readonly saw: Kind }>;

/** What the world and the server's own inspection say at quiescence. */
export interface Quiescence {
  /** Labels of held tasks that would otherwise run. */
  readonly blocked: readonly string[];
  /** Those of them that are timers which run at the next minute; absent: none. */
  readonly throttled?: readonly string[] | undefined;
  /** Clients whose newest connection is half-open: only a heartbeat can help. */
  readonly halfOpen: readonly ClientName[];
  readonly statuses: Readonly<Record<ClientName, Status>>;
  /** Labels of the tokens that the clients hold; null without a session. */
  readonly tokens: Readonly<Record<ClientName, string | null>>;
  /** How many writes each client says to wait (W5); absent where its system says nothing of it. */
  readonly pendingWrites: Readonly<Record<ClientName, PendingWrites>>;
  /** Canonical text of the schema that each client has; null without one. */
  readonly schemas: Readonly<Record<ClientName, string | null>>;
  /** null where the system shows none. */
  readonly server: ServerInspection | null;
}
/** `told`: by its callback, last. null: not known, or nothing told yet. */
export interface PendingWrites {
  readonly shown: number | null;
  readonly told: number | null;
  /** How many it holds, answered ones included; absent where the system says nothing of it. */
  readonly held?: number | undefined;
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
