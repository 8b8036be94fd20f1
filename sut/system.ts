/**
 * The port that every system under test implements: a real client and server, given the world's ports, showing only
 * their public surface as plain data. What the wire says is told in a vocabulary that fits every system (`describe`),
 * so that neither the model nor the worlds know a protocol.
 */

import type { ClientStorage } from './client/storage.ts';
import type { Roles } from './protocol/roles.ts';
import type { Query, Value } from './query/types.ts';
import type { Listener, Logger, Random, Timers, Transport, WallClock } from './runtime/ports.ts';
import type { ServerStorage } from './server/storage.ts';
import type { KeySource } from './server/tokens.ts';

export type Row = { readonly id: string } & { readonly [attribute: string]: Value };
export type Status = 'UNINITIALIZED' | 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';

export type { Roles } from './protocol/roles.ts';

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
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
}

/** Linearisation points and costs, told at the moment they happen, before anything is sent because of them. */
export interface ServerObserver {
  /** `connection` is the label of the connection whose frame it is. */
  onAppendBegin(connection: string, clientId: string, sequence: number): void;
  onCommit(clientId: string, sequence: number, version: number): void;
  onEvaluate(group: string, version: number): void;
  onEncode(group: string, version: number): void;
  onKeysFetched(keys: readonly string[]): void;
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
  onStatusChange(callback: (status: Status) => void): void;
  onSessionError(callback: (type: string) => void): void;
  onEntitySyncSuccess(collection: string, id: string, callback: () => void): void;
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
}
export interface SystemServer {
  start(port: number): Promise<{ readonly port: number }>;
  close(): Promise<void>;
  inspect(): ServerView;
}

/** One frame, said in words (see `ClientWord` and `ServerWord` of the model; the shapes are equal, the types are not shared). */
export type WireWord =
  | { readonly word: 'hello'; readonly token: string }
  | { readonly word: 'updateToken'; readonly request: number; readonly token: string }
  | { readonly word: 'subscribe'; readonly subscription: string }
  | { readonly word: 'unsubscribe'; readonly subscription: string }
  | { readonly word: 'write'; readonly sequence: number }
  | { readonly word: 'ping' }
  | { readonly word: 'accepted' }
  | { readonly word: 'tokenAccepted'; readonly request: number }
  | { readonly word: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** `group` is the sharing group that the subscription joined, as `inspect()` names it. */
  | { readonly word: 'answered'; readonly subscription: string; readonly group: string; readonly version: number }
  | { readonly word: 'updated'; readonly subscriptions: readonly string[]; readonly version: number }
  | { readonly word: 'acknowledged'; readonly sequence: number; readonly version: number }
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
}

export interface System {
  readonly name: string;
  createServer(environment: ServerEnvironment, settings: ServerSettings): SystemServer;
  createClient(environment: ClientEnvironment, settings: ClientSettings): SystemClient;
  describeConnection(): Describer;
  describeClose(reason: string): DescribedClose | null;
}
