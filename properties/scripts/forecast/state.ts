/**
 * What the generator believes of a run while it draws it: a forecast of the canonical run, in the roughest terms that
 * still tell which step would mean something. It is a guess and judges nothing: being wrong costs a skipped step. It
 * is changed in place, since a script is drawn step by step and nobody looks back.
 */
import type { Query, Row, Value } from '../../../model/query.ts';
import type { CommandStep, Configuration, RefreshSpec, Step, TokenSpec } from '../script.ts';

export type FreshToken = Extract<TokenSpec, { kind: 'fresh' }>;

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
  refresh: RefreshSpec | null;
  calls: number;
  asking: boolean;
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

export type Write =
  | { readonly number: number; readonly do: 'insert'; readonly collection: string; readonly id: string; readonly row: Row }
  | {
      readonly number: number;
      readonly do: 'update';
      readonly collection: string;
      readonly id: string;
      readonly changes: Readonly<Record<string, Value>>;
    }
  | { readonly number: number; readonly do: 'delete'; readonly collection: string; readonly id: string };

export type CallbackKind = Extract<Step, { do: 'inCallback' }>['callback'];

export interface ClientForecast {
  readonly name: string;
  readonly knowsRoles: boolean;
  wallAheadMs: number;
  session: SessionForecast | undefined;
  stage: Stage;
  /** The number of the newest connection; 0 before the first. */
  connection: number;
  /** The token under which the server accepted the newest connection. */
  accepted: MintedToken | undefined;
  expiryDueMs: number | null;
  halfOpen: boolean;
  refused: boolean;
  failures: number;
  retryDueMs: number | null;
  beatDueMs: number | null;
  closingDueMs: number | null;
  heard: boolean;
  readonly outbox: Write[];
  readonly subscriptions: SubscriptionForecast[];
  readonly callbacks: { readonly callback: CallbackKind; readonly command: CommandStep }[];
}

/** Something that travels, completes or fires; where its label is held, it waits there. */
export type Happening =
  | ServerHappening
  | ConnectionHappening
  | SessionHappening
  | { readonly what: 'command'; readonly command: CommandStep };

interface OnConnection {
  readonly client: string;
  readonly connection: number;
}
/** What reaches the server, or completes or fires there. */
export type ServerHappening =
  | ({ readonly what: 'hello' | 'updateToken'; readonly token: MintedToken } & OnConnection)
  | ({ readonly what: 'fetched' | 'verified'; readonly token: MintedToken; readonly update: boolean } & OnConnection)
  | ({ readonly what: 'write' | 'append'; readonly write: Write } & OnConnection)
  | ({ readonly what: 'subscribe' | 'clientClose' | 'expiry' | 'ping' } & OnConnection);
/** What reaches a client on a connection, or fires for it. */
export type ConnectionHappening =
  | ({ readonly what: 'opening' | 'accepted' | 'tokenRefused' | 'data' | 'lost' | 'pong' | 'beat' | 'retry' | 'closing' } & OnConnection)
  | ({ readonly what: 'tokenAccepted'; readonly token: MintedToken } & OnConnection)
  | ({ readonly what: 'acknowledged'; readonly write: Write } & OnConnection)
  | ({ readonly what: 'serverClose'; readonly reason: string } & OnConnection);
/** What completes or fires in a client whatever its connection. */
export type SessionHappening =
  | { readonly what: 'stored'; readonly client: string; readonly write: Write }
  | { readonly what: 'refreshDue' | 'answer'; readonly client: string; readonly session: number };

export interface Hold {
  /** The connection whose link is held; null for a completion or a timer. */
  readonly connection: number | null;
  readonly queue: Happening[];
}

export interface Forecast {
  nowMs: number;
  serverWallAheadMs: number;
  readonly keySet: boolean;
  key: number;
  fetchedKey: number | null;
  connections: number;
  sessions: number;
  writes: number;
  /** What happens next, first in first out. */
  readonly agenda: Happening[];
  readonly clients: readonly ClientForecast[];
  readonly held: Map<string, Hold>;
  /** What the server holds, by `collection/id`. */
  readonly rows: Map<string, { readonly collection: string; row: Row }>;
  readonly applied: Set<number>;
}

export function initialForecast(configuration: Configuration): Forecast {
  const rows = Object.entries(configuration.rows).flatMap(([collection, members]) =>
    members.map((row): [string, { collection: string; row: Row }] => [`${collection}/${row.id}`, { collection, row }]),
  );
  return {
    nowMs: 0,
    serverWallAheadMs: 0,
    keySet: configuration.authentication !== 'HS256',
    key: 1,
    fetchedKey: null,
    connections: 0,
    sessions: 0,
    writes: 0,
    agenda: [],
    clients: configuration.clients.map(({ name, knowsRoles, wallClockSkewMs }) => initialClient(name, knowsRoles, wallClockSkewMs)),
    held: new Map(),
    rows: new Map(rows),
    applied: new Set(),
  };
}

function initialClient(name: string, knowsRoles: boolean, wallAheadMs: number): ClientForecast {
  return {
    name,
    knowsRoles,
    wallAheadMs,
    session: undefined,
    stage: 'none',
    connection: 0,
    accepted: undefined,
    expiryDueMs: null,
    halfOpen: false,
    refused: false,
    failures: 0,
    retryDueMs: null,
    beatDueMs: null,
    closingDueMs: null,
    heard: false,
    outbox: [],
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
    key: forecast.key,
  };
}

export function isExpired(token: MintedToken, nowMs: number, wallAheadMs: number): boolean {
  return token.expiresAtMs !== null && nowMs + wallAheadMs >= token.expiresAtMs;
}

/** Whether both tokens bind the same roles (`properties/scripts/roles.ts`). */
export function sameRoles(one: FreshToken, other: FreshToken): boolean {
  if (one.role !== other.role) return !hasRole(one.role) && !hasRole(other.role);
  return one.role !== 'member' || one.user === other.user;
}

function hasRole(role: string): boolean {
  return role === 'member' || role === 'guest';
}
