/**
 * What the generator believes of a run while it draws it: a forecast of the canonical run, in the roughest terms that
 * still tell which step would mean something. It is a guess and judges nothing: being wrong costs a skipped step. It
 * is changed in place, since a script is drawn step by step and nobody looks back.
 */

import type { SessionErrorType, TransactionOperation } from '../../../model/actions.ts';
import { boundRoles, type Claims } from '../../../model/permissions/roles.ts';
import { hashedPart } from '../../../model/schema/difference.ts';
import type { Query } from '../../../vocabulary/queries.ts';
import type { Roles, Schema } from '../../../vocabulary/schemas.ts';
import type { Row } from '../../../vocabulary/values.ts';
import type { CallbackKind } from '../../language/callbacks.ts';
import type { ClientConfiguration, Configuration } from '../../language/configuration.ts';
import type { KeySetAnswer } from '../../language/key-sets.ts';
import type { FreshToken, RefreshSpec, TokenSpec } from '../../language/tokens.ts';
import { atRest, type Busy } from './busy.ts';

/** A token that was minted, with its times on the true wall clock, counted from the beginning of the run. */
export interface MintedToken {
  readonly spec: FreshToken;
  readonly expiresAtMs: number | null;
  readonly validFromMs: number;
  readonly key: number;
}

/** `waiting`: between two attempts. `greeting`: the socket is open, the server has not accepted. */
export type Stage = 'none' | 'closed' | 'waiting' | 'opening' | 'greeting' | 'open' | 'closing';

export interface SessionForecast {
  readonly number: number;
  token: MintedToken;
  /** Whether a token that the handler yields begins an attempt. */
  wanted: boolean;
  /** An attempt waits for the handler, whatever comes of the call. */
  attemptWaits: boolean;
  /** The handler brought the token though the client's clock calls it expired. */
  disputed: boolean;
  refresh: RefreshSpec | null;
  calls: number;
  asking: boolean;
  failedCalls: number;
  refreshDueMs: number | null;
  /** Token updates called before the connection was open. */
  readonly waiting: MintedToken[];
  readonly updating: MintedToken[];
}

export interface SubscriptionForecast {
  readonly name: string;
  readonly query: Query;
  live: boolean;
}

/** One write, of one operation or of a whole transaction. */
export interface Write {
  readonly number: number;
  readonly operations: readonly TransactionOperation[];
}

export interface ClientForecast {
  readonly name: string;
  readonly knowsRoles: boolean;
  wallAheadMs: number;
  session: SessionForecast | undefined;
  stage: Stage;
  /** The number of the newest connection; 0 before the first. */
  connection: number;
  /** On the newest connection; null before the first. */
  listener: Listener | null;
  /** The token under which the server accepted the newest connection. */
  accepted: MintedToken | undefined;
  expiryDueMs: number | null;
  halfOpen: boolean;
  asleep: boolean;
  /** What waits for it to wake up. */
  readonly slept: Happening[];
  throttled: boolean;
  refused: boolean;
  failures: number;
  openedMs: number;
  retryDueMs: number | null;
  beatDueMs: number | null;
  closingDueMs: number | null;
  heard: boolean;
  schema: Schema | null;
  /** Its storage fails the next write. */
  storageFails: boolean;
  /** Counts the clears. */
  epoch: number;
  readonly outbox: Write[];
  readonly subscriptions: SubscriptionForecast[];
  /** What it may be busy with by commands that were surely carried out, and by all that may come in a callback. */
  busy: Busy;
  armed: Busy;
  /** Calls that wait inside callbacks. */
  readonly callbacks: { readonly callback: CallbackKind; readonly call: Call }[];
}

/** What comes of something when its turn comes. It takes the forecast, since one may be cloned while it waits. */
export type Call = (forecast: Forecast) => void;
export type OnConnection = (forecast: Forecast, client: ClientForecast) => void;

/** Something that travels, completes or fires; where its label is held, it waits there. */
export interface Happening {
  readonly happen: Call;
  /** Of a storage that is being written: what stays of it after a crash that keeps the tail. */
  readonly keep?: Call;
  /** Of a batch that the server's storage is to take, in order. */
  readonly entries?: readonly BatchedEntry[];
}

/** `by`: the client whose write it is. */
export interface BatchedEntry {
  readonly by: string | null;
  /** It is in the log. */
  readonly keep: Call;
  /** All of its batch is, and those whom it concerns hear so. */
  readonly tell: Call;
  /** Storage can never take it. */
  readonly refuse: Call;
}

/** What waits for storage to have space. */
export interface SpaceForecast {
  isFull: boolean;
  waiting: readonly BatchedEntry[];
  delayMs: number;
  dueMs: number | null;
}

/** After `SERVER_FAILED` a client tries again by itself, after the others it does not. */
export type CloseReason = SessionErrorType | 'SERVER_FAILED' | 'PROTOCOL_BROKEN';

/** What a client does with what the server says on a connection. */
export interface Listener {
  readonly accepted: OnConnection;
  readonly lost: OnConnection;
  readonly closed: (forecast: Forecast, client: ClientForecast, reason: CloseReason) => void;
  /** Without a token it was refused. */
  readonly tokenAnswered: (forecast: Forecast, client: ClientForecast, token: MintedToken | undefined) => void;
  readonly writeAnswered: (forecast: Forecast, client: ClientForecast, write: Write, answer: 'synced' | 'syncFailed') => void;
}

export interface Hold {
  /** The connection whose link is held; null for a completion or a timer. */
  readonly connection: number | null;
  readonly queue: Happening[];
}

export interface StoredRow {
  readonly collection: string;
  readonly row: Row;
}

/** The key set: how it is served, and what the server has of it. */
export interface KeyForecast {
  answer: KeySetAnswer;
  held: { readonly names: readonly number[]; readonly sinceMs: number } | null;
  fetching: { readonly number: number; readonly sinceMs: number; readonly forName: boolean; readonly waiting: Happening[] } | null;
  fetches: number;
  failedMs: number | null;
  cooledMs: number | null;
}

/** What follows from the server's log. */
export type LogForecast = Pick<Forecast, 'rows' | 'applied' | 'rejected' | 'known' | 'schema'>;

export interface Forecast {
  nowMs: number;
  serverWallAheadMs: number;
  /** The key that signs. */
  key: number;
  /** Null with a shared secret. */
  readonly keys: KeyForecast | null;
  connections: number;
  sessions: number;
  writes: number;
  /** What happens next, first in first out. */
  readonly agenda: Happening[];
  readonly clients: readonly ClientForecast[];
  readonly held: Map<string, Hold>;
  /** What was copied of clients' outboxes, by the name of the client. */
  readonly copies: Map<string, readonly Write[]>;
  /** What was copied of the server's log, by the name of the copy. */
  readonly logCopies: Map<string, LogForecast>;
  /** What the server holds, by `collection/id`. */
  rows: Map<string, StoredRow>;
  /** The numbers of the writes that were answered, rejections among them. */
  applied: Set<number>;
  rejected: Set<number>;
  /** The server's schema, and the one that it began with. */
  schema: Schema | null;
  readonly firstSchema: Schema | null;
  /** The hashed parts of the schemas that were the server's once, and of those that it was told since it started (C4). */
  known: Set<string>;
  readonly told: Set<string>;
  /** False while the server reads its log again. */
  up: boolean;
  /** The server's storage fails the next append, or the one under way. */
  failing: { readonly kept: number } | null;
  /** The server's storage refuses the entry at that place, of the batch that it has or of the next one. */
  refusing: number | null;
  readonly space: SpaceForecast;
}

export function initialForecast(configuration: Configuration): Forecast {
  const rows = Object.entries(configuration.rows).flatMap(([collection, members]) =>
    members.map((row): [string, StoredRow] => [`${collection}/${row.id}`, { collection, row }]),
  );
  const schema = configuration.schema ?? null;
  return {
    nowMs: 0,
    serverWallAheadMs: 0,
    key: 1,
    keys:
      configuration.authentication === 'HS256'
        ? null
        : { answer: 'current', held: null, fetching: null, fetches: 0, failedMs: null, cooledMs: null },
    connections: 0,
    sessions: 0,
    writes: 0,
    agenda: [],
    clients: configuration.clients.map(initialClient),
    held: new Map(),
    copies: new Map(),
    logCopies: new Map(),
    rows: new Map(rows),
    applied: new Set(),
    rejected: new Set(),
    schema,
    firstSchema: schema,
    known: new Set(schema === null ? [] : [hashedPartOf(schema)]),
    told: new Set(),
    up: true,
    failing: null,
    refusing: null,
    space: { isFull: false, waiting: [], delayMs: 0, dueMs: null },
  };
}

function initialClient({ name, knowsRoles, wallClockSkewMs, schema }: ClientConfiguration): ClientForecast {
  return {
    name,
    knowsRoles,
    wallAheadMs: wallClockSkewMs,
    schema: schema ?? null,
    storageFails: false,
    epoch: 0,
    refused: false,
    armed: atRest,
    outbox: [],
    ...freshProcess(),
  };
}

type KeptOverCrash = 'name' | 'knowsRoles' | 'wallAheadMs' | 'schema' | 'storageFails' | 'epoch' | 'refused' | 'armed' | 'outbox';

/** What a client's process begins with, and loses when it dies. */
export function freshProcess(): Omit<ClientForecast, KeptOverCrash> {
  return {
    session: undefined,
    stage: 'none',
    connection: 0,
    listener: null,
    accepted: undefined,
    expiryDueMs: null,
    halfOpen: false,
    asleep: false,
    slept: [],
    throttled: false,
    failures: 0,
    openedMs: 0,
    retryDueMs: null,
    beatDueMs: null,
    closingDueMs: null,
    heard: false,
    busy: atRest,
    subscriptions: [],
    callbacks: [],
  };
}

export function clientOf(forecast: Forecast, name: string): ClientForecast | undefined {
  return forecast.clients.find((client) => client.name === name);
}

export function isConnected(client: ClientForecast): boolean {
  return client.stage === 'opening' || client.stage === 'greeting' || client.stage === 'open';
}

export function mint(forecast: Forecast, spec: FreshToken): MintedToken {
  return {
    spec,
    expiresAtMs: spec.lifetimeMs === null ? null : forecast.nowMs + spec.lifetimeMs,
    validFromMs: forecast.nowMs + (spec.validFromMs ?? 0),
    // No set holds a key under a name that was made up.
    key: spec.flaw === 'forgedKeyName' ? Number.NaN : forecast.key,
  };
}

/** The token that a script asks for; undefined where `current` names one and the client has none. */
export function tokenOf(forecast: Forecast, client: ClientForecast, spec: TokenSpec): MintedToken | undefined {
  return spec.kind === 'current' ? client.session?.token : mint(forecast, spec);
}

export function isExpired(token: MintedToken, nowMs: number, wallAheadMs: number): boolean {
  return token.expiresAtMs !== null && nowMs + wallAheadMs >= token.expiresAtMs;
}

/** Whether both tokens bind the same roles (S6). */
export function sameRoles(patterns: Roles, one: FreshToken, other: FreshToken): boolean {
  return one === other || boundRoles(patterns, claimsOf(one)) === boundRoles(patterns, claimsOf(other));
}

function claimsOf({ user, role, plan }: FreshToken): Claims {
  return { sub: user, role, plan };
}

/** What of a schema is hashed (C4); the few schemas of a run are asked about again and again. */
export function hashedPartOf(schema: Schema): string {
  const text = hashedParts.get(schema) ?? hashedPart(schema);
  hashedParts.set(schema, text);
  return text;
}

const hashedParts = new WeakMap<Schema, string>();
