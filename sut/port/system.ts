/**
 * The port that every system under test implements: a real client and server, given the world's ports, showing only
 * their public surface as plain data. What the wire says is told in a vocabulary that fits every system (`describe`),
 * so that neither the model nor the worlds know a protocol.
 */

import type { Query } from '../../vocabulary/queries.ts';
import type { Roles } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';

import type { ClientStorage } from '../client/storage.ts';
import type { Listener, Logger, Random, Timers, Transport, WallClock } from '../runtime/ports.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import type { ServerObserver, ServerView } from '../server/observer.ts';
import type { ServerStorage } from '../server/storage.ts';
import type { KeySource } from '../server/tokens.ts';

export type { GroupView, ServerObserver, ServerView } from '../server/observer.ts';
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
}
export interface ServerEnvironment {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly listener: Listener;
  readonly storage: ServerStorage;
  readonly logger: Logger;
  readonly keys: KeySource;
  /** Runs asynchronous work that is not storage or sockets (signatures, key sets) so that the world can order its completion. */
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly observer: ServerObserver;
}
export interface ServerSettings {
  /** Used where there is no schema. */
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
  /** The schema at the start, where the log holds none. */
  readonly schema: PlainSchema | undefined;
  /** Frames of clients longer than this break the protocol (B1). */
  readonly frameBytesMax: number;
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
  insert(collection: string, row: Row): Promise<unknown>;
  update(collection: string, id: string, changes: Readonly<Record<string, Value>>): Promise<unknown>;
  delete(collection: string, id: string): Promise<unknown>;
  /** All of them in one transaction, made synchronously in the callback of `transact`. */
  transact(operations: readonly TransactionOperation[]): Promise<unknown>;
  clear(): Promise<void>;
  /** The schema as it is now, as plain data: never changed by what the client does with it (C1). */
  schema(): PlainSchema | undefined;
  onStatusChange(callback: (status: Status) => void): void;
  onSessionError(callback: (type: string) => void): void;
  onEntitySyncSuccess(collection: string, id: string, callback: () => void): void;
  onEntitySyncError(collection: string, id: string, callback: (error: Error) => void): void;
  onFailureToSyncWrites(callback: (error: Error) => void): void;
}

export interface SystemServer {
  start(port: number): Promise<{ readonly port: number }>;
  close(): Promise<void>;
  /**
   * Replaces the schema, permissions and roles, unless the data forbid it (C3). Rejects with a ServerUnavailableError or,
   * if storage fails or the server ends before the outcome is known (W2), with a SchemaOutcomeUnknownError, told by name.
   */
  overrideSchema(schema: PlainSchema): Promise<SchemaOutcome>;
  /** null: it shows nothing of itself. */
  inspect(): ServerView | null;
}

/** One frame, said in words (see `ClientWord` and `ServerWord` of the model: the same shapes, but for nonsense, which no system has a word for; the types are not shared). */
export type WireWord =
  /** `schema` is the hash it says, null for none. */
  | { readonly word: 'hello'; readonly token: string; readonly clientId: string; readonly schema: string | null }
  | { readonly word: 'schemaSaid' }
  | { readonly word: 'updateToken'; readonly request: number; readonly token: string }
  | { readonly word: 'subscribe'; readonly subscription: string }
  | { readonly word: 'unsubscribe'; readonly subscription: string }
  | { readonly word: 'write'; readonly sequence: number }
  | { readonly word: 'ping' }
  | { readonly word: 'accepted' }
  | { readonly word: 'schemaAsked' }
  | { readonly word: 'tokenAccepted'; readonly request: number }
  | { readonly word: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** `group` is the sharing group that the subscription joined, as `inspect()` names it. */
  | {
      readonly word: 'answered';
      readonly subscription: string;
      readonly group: string;
      readonly version: number;
      readonly rows: readonly Row[];
    }
  /** `rows` are those that came or changed. */
  | { readonly word: 'updated'; readonly subscriptions: readonly string[]; readonly version: number; readonly rows: readonly Row[] }
  | { readonly word: 'acknowledged'; readonly sequence: number; readonly version: number }
  /** `text` is what it says besides. */
  | { readonly word: 'rejected'; readonly sequence: number; readonly error: string; readonly text?: string }
  | { readonly word: 'progressed'; readonly version: number }
  | { readonly word: 'pong' };

/**
 * Tells the frames of one connection in words. It may keep what it needs to remember of that connection (which
 * subscription follows which group). `tokenBytes` inside a word are the token as sent; the world replaces them by labels.
 */
export interface Describer {
  fromClient(data: string): WireWord;
  fromServer(data: string): WireWord;
}

/** The close frame's text, told as a reason; null where the text is no reason of this system. */
export interface DescribedClose {
  readonly reason: string;
  readonly retry: boolean;
  /** What it says to people; null where it says nothing. */
  readonly message: string | null;
}

export type NonsenseKind =
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
export type StrangerKind = 'notJson' | 'oversized' | 'beforeHello' | 'otherVersion';

export interface System {
  readonly name: string;
  createServer(environment: ServerEnvironment, settings: ServerSettings): SystemServer;
  createClient(environment: ClientEnvironment, settings: ClientSettings): SystemClient;
  describeConnection(): Describer;
  describeClose(reason: string): DescribedClose | null;
  /** The text of a frame of nonsense (B1), null where there is none of that kind; `subscription` is the name of one in use, if any. */
  nonsense(kind: NonsenseKind, subscription: string | null): string | null;
  /** The frames with which somebody unknown begins (B1, B2). */
  strangerFrames(says: StrangerKind): readonly string[];
}
