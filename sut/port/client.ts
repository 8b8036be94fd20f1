/** What a client under test is given, and what it shows: its public surface as plain data. */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Roles } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import type { ClientStorage } from '../client/storage.ts';
import type { Logger, Random, Timers, Transport, WallClock } from '../runtime/ports.ts';
import type { PlainSchema } from '../schema/types.ts';

export type Status = 'UNINITIALIZED' | 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';

export interface ClientEnvironment {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly random: Random;
  readonly transport: Transport;
  readonly storage: ClientStorage;
  readonly logger: Logger;
}
export interface ClientSettings {
  readonly serverUrl: string;
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
  readonly schema: PlainSchema | undefined;
  /** Those of the server, where the client is given them; undefined: it judges by those that the system has by itself. */
  readonly bounds?: Partial<Bounds> | undefined;
}
export interface RefreshOptions {
  readonly interval?: number;
  readonly refreshHandler: () => Promise<string | null>;
}
export interface SubscriptionHandlers {
  onResults(rows: readonly Row[], info: { readonly hasRemoteFulfilled: boolean }): void;
  onError(error: Error): void;
  onRemoteFulfilled(): void;
}

/** What a script asks for inside a transaction. */
export type TransactionOperation =
  | { readonly do: 'insert'; readonly collection: string; readonly row: Row }
  | { readonly do: 'update'; readonly collection: string; readonly id: string; readonly changes: Readonly<Record<string, Value>> }
  | { readonly do: 'delete'; readonly collection: string; readonly id: string };

export interface SystemClient {
  startSession(token: string, connect: boolean, refreshOptions: RefreshOptions | undefined): Promise<void>;
  updateSessionToken(token: string): Promise<void>;
  endSession(): Promise<void>;
  connect(): void;
  disconnect(): void;
  status(): Status;
  token(): string | undefined;
  /** `name` is the name by which `describe` tells of this subscription; returns unsubscribe. */
  subscribe(name: string, query: Query, handlers: SubscriptionHandlers): () => void;
  /** One result; `name` as for `subscribe`. */
  fetch(name: string, query: Query): Promise<readonly Row[]>;
  insert(collection: string, row: Row): Promise<unknown>;
  update(collection: string, id: string, changes: Readonly<Record<string, Value>>): Promise<unknown>;
  delete(collection: string, id: string): Promise<unknown>;
  /** All of them in one transaction, made synchronously in the callback of `transact`. */
  transact(operations: readonly TransactionOperation[]): Promise<unknown>;
  clear(): Promise<void>;
  /** How many writes wait for the server's answer; undefined until storage has been read, null where the system says nothing of it. */
  pendingWrites(): number | undefined | null;
  /** How many writes it holds, answered ones included; null where the system says nothing of it. */
  heldWrites(): number | null;
  /** The schema as it is now, as plain data: never changed by what the client does with it (C1). */
  schema(): PlainSchema | undefined;
  onStatusChange(callback: (status: Status) => void): void;
  onSessionError(callback: (type: string) => void): void;
  onEntitySyncSuccess(collection: string, id: string, callback: () => void): void;
  onEntitySyncError(collection: string, id: string, callback: (error: Error) => void): void;
  onFailureToSyncWrites(callback: (error: Error) => void): void;
  onPendingWritesChange(callback: (count: number) => void): void;
  /** The server's log is another than the one that the client has heard of (W2). */
  onLogReplaced(callback: () => void): void;
}

/** What every system has, since a session needs it. */
type Needed = 'startSession' | 'endSession' | 'connect' | 'disconnect' | 'status' | 'token' | 'onStatusChange' | 'onSessionError';

/** What a client answers where its system lacks the capability; then nobody calls it, so that a call is a mistake. */
export const lackingClient: Omit<SystemClient, Needed> = {
  updateSessionToken: () => lacks('updateSessionToken'),
  subscribe: () => lacks('subscribe'),
  fetch: () => lacks('fetch'),
  insert: () => lacks('insert'),
  update: () => lacks('update'),
  delete: () => lacks('delete'),
  transact: () => lacks('transact'),
  clear: () => lacks('clear'),
  pendingWrites: () => null,
  heldWrites: () => null,
  schema: () => undefined,
  onEntitySyncSuccess: () => {},
  onEntitySyncError: () => {},
  onFailureToSyncWrites: () => {},
  onPendingWritesChange: () => {},
  onLogReplaced: () => {},
};

export function lacks(member: string): never {
  throw new TypeError(`the system has no ${member}, and claims a capability that needs one`);
}
