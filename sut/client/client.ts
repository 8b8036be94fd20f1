/**
 * The client as its users see it: names, types and conversions around the core. Rows go in and out as the schema
 * types them; everything behind is plain data.
 */

import type { Roles } from '../../vocabulary/schemas.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { type AskedBounds, boundsOf } from '../protocol/bounds.ts';
import { frameLimitOf } from '../protocol/codec.ts';
import { defaultLogger, defaultRuntime } from '../runtime/defaults.ts';
import type { Logger, Random, Timers, Transport, WallClock } from '../runtime/ports.ts';
import { websocketTransport } from '../runtime/websocket-transport.ts';
import { deepFrozen, frozenCopy } from '../schema/frozen.ts';
import type { PlainSchema } from '../schema/types.ts';
import { ClientTransaction } from './client-transaction.ts';
import { type Core, createCore, type FailedWrite } from './core.ts';
import { updateBy } from './draft.ts';
import { fetchRows } from './fetch.ts';
import type { ResultsInfo } from './live-subscription.ts';
import { asQuery } from './plain-query.ts';
import type { Query } from './queries.ts';
import { QueryBuilder } from './query-builder.ts';
import type { RefreshOptions } from './refresh.ts';
import type { ChangesOf, CollectionName, Collections, DraftOf, InsertOf, RowOf } from './schema/collections.ts';
import { plainSchema } from './schema/plain.ts';
import { apiRow, insertedRow, requireCollection } from './schema/shape.ts';
import type { SessionError } from './session.ts';
import type { Status } from './session-table.ts';
import { type ClientStorage, memoryClientStorage } from './storage.ts';
import { type SubscriptionState, subscribeWithStatus } from './subscribe-with-status.ts';
import type { UpdateOutcome } from './token-updates.ts';
import { websocketUrl } from './websocket-url.ts';

export interface ClientOptions<Schema extends Collections = Collections> {
  /** Copied: what becomes of the object afterwards is no matter of the client (C1). */
  readonly schema?: Schema | undefined;
  /** With them the client refuses by itself a token of other roles (S3). Copied (C1). */
  readonly roles?: Roles | undefined;
  /** `ws:`, `wss:`, `http:` or `https:`. Without it the client stays local. */
  readonly serverUrl?: string | undefined;
  /** Starts a session at once. */
  readonly token?: string | undefined;
  /** Whether the session of `token` connects at once; default true. */
  readonly autoConnect?: boolean | undefined;
  readonly refreshOptions?: RefreshOptions | undefined;
  /** Where in a token's payload the claims are, as a dotted path; default: the payload itself. */
  readonly claimsPath?: string | undefined;
  /** The longest frame that the server takes, in bytes of UTF-8; default: 1 MiB (B1). What is longer rejects here. */
  readonly frameBytesMax?: number | undefined;
  /** How much the server takes (B3, B4), where it is not the default. What is over a bound rejects here, with LimitExceededError. */
  readonly bounds?: AskedBounds | undefined;
  readonly onSessionError?: ((error: SessionError) => void) | undefined;
  /** Default: memory, gone with the process. */
  readonly storage?: ClientStorage | undefined;
  readonly transport?: Transport | undefined;
  readonly logger?: Logger | undefined;
  /** Clocks, timers and chance; default: the machine's own. */
  readonly runtime?: { readonly wallClock: WallClock; readonly timers: Timers; readonly random: Random } | undefined;
}

export interface SubscribeOptions {
  /** The server has answered for the first time in this session; called after the `onResults` of that answer. */
  readonly onRemoteFulfilled?: (() => void) | undefined;
  /** A debugging aid: the subscription's name on the wire. Two live ones of one name are refused with SubscriptionNameInUseError (Q4). */
  readonly subscriptionName?: string | undefined;
}

/** How one `fetch` goes. */
export type FetchOptions = Pick<SubscribeOptions, 'subscriptionName'>;

/** A query of one collection: a builder, or the same as plain data. */
export type QueryOf<Name extends string> = Query & { readonly collection: Name };

export class SyncClient<const Schema extends Collections = Collections> {
  readonly #core: Core;
  readonly #schema: Schema | undefined;
  readonly #plainSchema: PlainSchema | undefined;
  readonly #random: Random;

  /** @throws InvalidSchemaError for a schema that is none, RangeError for a limit that is none */
  constructor(options: ClientOptions<Schema> = {}) {
    const runtime = options.runtime ?? defaultRuntime;
    const roles = frozenCopy(options.roles);
    this.#schema = frozenCopy(options.schema);
    this.#plainSchema = this.#schema === undefined ? undefined : deepFrozen(plainSchema(this.#schema, roles));
    this.#random = runtime.random;
    this.#core = createCore({
      serverUrl: options.serverUrl === undefined ? undefined : websocketUrl(options.serverUrl),
      roles,
      claimsPath: options.claimsPath,
      frameBytesMax: frameLimitOf(options.frameBytesMax),
      bounds: boundsOf(options.bounds),
      schema: this.#plainSchema,
      transport: options.transport ?? websocketTransport,
      storage: options.storage ?? memoryClientStorage(),
      logger: options.logger ?? defaultLogger,
      wallClock: runtime.wallClock,
      timers: runtime.timers,
      random: runtime.random,
    });
    if (options.onSessionError !== undefined) this.onSessionError(options.onSessionError);
    if (options.token !== undefined) void this.startSession(options.token, options.autoConnect ?? true, options.refreshOptions);
  }

  /** Replaces the session there is; with its very token, keeps a live connection. Resolves once the session is stored and connecting (S2). */
  startSession(token: string, connect = true, refreshOptions?: RefreshOptions): Promise<void> {
    return new Promise((resolve) => {
      this.#core.turns.run(() => this.#core.session.start({ token, connect, refresh: refreshOptions }, resolve));
    });
  }

  /**
   * Gives the session a fresh token of the same roles, over the live connection (S3). Rejects with NoActiveSessionError,
   * TokenDecodingError, TokenExpiredError, SessionRolesMismatchError or TokenRefusedError.
   */
  updateSessionToken(token: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: UpdateOutcome): void => ('error' in outcome ? reject(outcome.error) : resolve());
      this.#core.turns.run(() => this.#core.session.update(token, settle));
    });
  }

  /** Ends the session and all that it set going; subscriptions and local data are kept for the next one (S10). */
  endSession(): Promise<void> {
    this.#core.turns.run(() => this.#core.session.end());
    return Promise.resolve();
  }

  /** Begins an attempt where there is a session and no connection. */
  connect(): void {
    this.#core.turns.run(() => this.#core.session.connect());
  }

  /** Closes the connection, and keeps it closed until `connect`. */
  disconnect(): void {
    this.#core.turns.run(() => this.#core.session.disconnect());
  }

  get connectionStatus(): Status {
    return this.#core.session.status();
  }

  /** The session's token: the last one that was accepted or stored. */
  get token(): string | undefined {
    return this.#core.session.token();
  }

  /**
   * How many writes the server has not answered yet, a transaction being one: what an application may ask before it signs
   * somebody out (S10). Undefined until storage has been read, or where that failed.
   */
  get pendingWrites(): number | undefined {
    return this.#core.pendingCount.now();
  }

  /**
   * How many writes are held in memory: those that the server has not answered, and acknowledged ones that some subscription does not show by
   * itself yet (Q2). For those who watch over what a client takes.
   */
  get heldWrites(): number {
    return this.#core.heldWrites();
  }

  /** Calls back with each change of `pendingWrites`, the first number included. `runImmediately`: also with the one there is now, if any. */
  onPendingWritesChange(callback: (count: number) => void, runImmediately = false): () => void {
    const remove = this.#core.pendingCount.onChange.add(callback);
    if (runImmediately)
      this.#core.turns.run(() =>
        this.#core.turns.tell(() => {
          const count = this.pendingWrites;
          if (count !== undefined) callback(count);
        }),
      );
    return remove;
  }

  /** As it was given; frozen, for it is the one that the client goes by. */
  getSchema(): Schema | undefined {
    return this.#schema;
  }

  /** The same as plain data with the roles, frozen: what the client says to the server (C4), and what `createServer` takes. */
  getPlainSchema(): PlainSchema | undefined {
    return this.#plainSchema;
  }

  /**
   * The server closed, and the client does not try again by itself: UNAUTHORIZED, TOKEN_EXPIRED, ROLES_MISMATCH,
   * SCHEMA_MISMATCH or, where the client broke the protocol, INTERNAL_ERROR or LIMIT_EXCEEDED (S8).
   */
  onSessionError(callback: (error: SessionError) => void): () => void {
    return this.#core.onSessionError.add(callback);
  }

  /**
   * The server's log is another than the one that the client has heard of: lost, or restored from an older copy (W2). What the client
   * held of it is gone, and fills again from the server; writes that waited go on where they begin rows, and are told by
   * `onFailureToSyncWrites` with LogReplacedError where they concern rows of the former log.
   */
  onLogReplaced(callback: () => void): () => void {
    return this.#core.onLogReplaced.add(callback);
  }

  /** `runImmediately`: also tells the status there is now. */
  onConnectionStatusChange(callback: (status: Status) => void, runImmediately = false): () => void {
    const remove = this.#core.onStatus.add(callback);
    if (runImmediately) this.#core.turns.run(() => this.#core.turns.tell(() => callback(this.connectionStatus)));
    return remove;
  }

  query<const Name extends CollectionName<Schema>>(collection: Name): QueryBuilder<RowOf<Schema, Name>, Name> {
    return new QueryBuilder(collection);
  }

  /**
   * Calls back with what is held locally, then whenever the rows differ, and for the server's first answer in any case.
   * Returns the unsubscribe function. Never calls back inside this call.
   * @throws CollectionNotFoundError, InvalidQueryError, SubscriptionNameInUseError, LimitExceededError
   */
  subscribe<Name extends CollectionName<Schema>>(
    query: QueryOf<Name>,
    onResults: (rows: readonly RowOf<Schema, Name>[], info: ResultsInfo) => void,
    onError?: (error: Error) => void,
    options?: SubscribeOptions,
  ): () => void {
    asQuery(() => requireCollection(this.#schema, query.collection));
    const handlers = {
      onResults: (rows: readonly Attributes[], info: ResultsInfo) => onResults(this.#rows(query.collection, rows), info),
      onError: (error: Error) => onError?.(error),
      onRemoteFulfilled: () => options?.onRemoteFulfilled?.(),
    };
    const { turns, subscriptions } = this.#core;
    return turns.run(() => subscriptions.subscribe(query, handlers, { name: options?.subscriptionName }));
  }

  /** Like `subscribe`, with the state of loading and failure beside the rows. */
  subscribeWithStatus<Name extends CollectionName<Schema>>(
    query: QueryOf<Name>,
    callback: (state: SubscriptionState<RowOf<Schema, Name>>) => void,
    options?: SubscribeOptions,
  ): () => void {
    return subscribeWithStatus<RowOf<Schema, Name>>(
      {
        subscribe: (onResults, onError) => this.subscribe(query, onResults, onError, options),
        onUnfulfilled: (listener) => this.#core.onUnfulfilled.add(listener),
        onConnectionStatusChange: (listener, runImmediately) => this.onConnectionStatusChange(listener, runImmediately),
        call: this.#core.turns.call,
      },
      callback,
    );
  }

  /**
   * The server's current rows, where the client is OPEN or CONNECTING; in every other status, or where it leaves both before
   * the server has answered, what is held locally (Q6). Rejects with CollectionNotFoundError or InvalidQueryError.
   */
  async fetch<Name extends CollectionName<Schema>>(query: QueryOf<Name>, options?: FetchOptions): Promise<readonly RowOf<Schema, Name>[]> {
    asQuery(() => requireCollection(this.#schema, query.collection));
    return this.#rows(query.collection, await fetchRows(this.#core, query, options?.subscriptionName));
  }

  /** The first row of the result, or null. */
  async fetchOne<Name extends CollectionName<Schema>>(query: QueryOf<Name>): Promise<RowOf<Schema, Name> | null> {
    const [first] = await this.fetch({ ...query, limit: Math.min(1, query.limit ?? 1) });
    return first ?? null;
  }

  fetchById<const Name extends CollectionName<Schema>>(collection: Name, id: string): Promise<RowOf<Schema, Name> | null> {
    return this.fetchOne({ collection, where: [['id', '=', id]], order: [] });
  }

  /** Resolves with the row once storage holds the write (W1). On a live id it replaces the whole row. */
  async insert<const Name extends CollectionName<Schema>>(collection: Name, entity: InsertOf<Schema, Name>): Promise<RowOf<Schema, Name>> {
    const row = insertedRow(this.#schema, collection, { ...entity }, () => this.#random.uuid());
    await this.#core.writes.insert(collection, row.id, row);
    return this.#row(collection, row);
  }

  /** The attributes that change, or a function that changes a draft of the row. Rejects with EntityNotFoundError for a row not held. */
  update<const Name extends CollectionName<Schema>>(collection: Name, id: string, changes: ChangesOf<Schema, Name>): Promise<void>;
  update<const Name extends CollectionName<Schema>>(
    collection: Name,
    id: string,
    change: (draft: DraftOf<Schema, Name>) => ChangesOf<Schema, Name> | undefined,
  ): Promise<void>;
  async update(collection: string, id: string, changes: unknown): Promise<void> {
    requireCollection(this.#schema, collection);
    await this.#core.writes.update(collection, id, updateBy(changes, this.#schema, collection));
  }

  /** Rejects with EntityNotFoundError for a row not held, or already deleted here. */
  async delete(collection: CollectionName<Schema>, id: string): Promise<void> {
    requireCollection(this.#schema, collection);
    await this.#core.writes.delete(collection, id);
  }

  /**
   * All operations that the callback makes are one write: all take effect, or none (W4). At the call itself where the
   * callback returns no promise, else when that resolves. Resolves with what the callback returned once storage holds the
   * write; rejects with what the callback threw, or with what the first operation failed for, and then nothing is written.
   */
  transact<Result>(callback: (transaction: ClientTransaction<Schema>) => Result | PromiseLike<Result>): Promise<Result> {
    return this.#core.writes.transact((plain) => callback(new ClientTransaction(plain, this.#schema, () => this.#random.uuid())));
  }

  /**
   * Empties data, cache and outbox at once and begins anew under a fresh id; session and subscriptions stay, and fill again
   * (K1). Writes that were not kept yet reject with WriteDiscardedError. Resolves when storage is empty too.
   */
  clear(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#core.turns.run(() => this.#core.clear({ resolve, reject }));
    });
  }

  /** A write of the entity was acknowledged by the server. */
  onEntitySyncSuccess(collection: CollectionName<Schema>, id: string, callback: () => void): () => void {
    return this.#core.onSynced.add(collection, id, callback);
  }

  /** A write of the entity was rejected by the server and rolled back here. */
  onEntitySyncError(collection: CollectionName<Schema>, id: string, callback: (error: Error, write: FailedWrite) => void): () => void {
    return this.#core.onNotSynced.add(collection, id, (write) => callback(write.error, write));
  }

  /** A write of any entity was rejected by the server and rolled back here. */
  onFailureToSyncWrites(callback: (error: Error, write: FailedWrite) => void): () => void {
    return this.#core.onAnyNotSynced.add((write) => callback(write.error, write));
  }

  #rows<Name extends CollectionName<Schema>>(collection: Name, rows: readonly Attributes[]): readonly RowOf<Schema, Name>[] {
    return rows.map((row) => this.#row(collection, row));
  }

  /** What the schema says of a row is the compiler's knowledge; this is where it meets the plain data. */
  #row<Name extends CollectionName<Schema>>(collection: Name, row: Attributes): RowOf<Schema, Name>;
  #row(collection: string, row: Attributes): unknown {
    return apiRow(this.#schema, collection, row);
  }
}
