/**
 * The words in which traces are written: one builder for each action, so that a trace reads like what happened.
 * Builders of several actions return a list, to be spread; `task` ends one, which is when statuses and costs are judged.
 */

import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import type {
  Action,
  ClientName,
  ClientWord,
  Closing,
  KeptEntry,
  Loss,
  Observation,
  PushOutcome,
  Quiescence,
  ServerInspection,
  ServerWord,
  Status,
  Token,
  TransactionOperation,
} from '../actions.ts';
import { canonicalText } from '../schema/difference.ts';

/** One task of the world: what was shown in it is judged at its end. */
export function task(...actions: readonly Action[]): readonly Action[] {
  return [...actions, { kind: 'taskEnded' }];
}

// What the user calls. A promise is named after the call, and can be given another name where a call is made twice.

interface Start {
  readonly connect?: boolean;
  /** A refresh handler with this interval; null: by the token's expiry. Left out: no handler. */
  readonly refreshEveryMs?: number | null;
  readonly promise?: string;
}
export function startSession(client: ClientName, token: Token, { connect = true, refreshEveryMs, promise = 'start' }: Start = {}): Action {
  const refresh = refreshEveryMs === undefined ? null : { intervalMs: refreshEveryMs };
  return { kind: 'command', client, command: { do: 'startSession', promise, token, connect, refresh } };
}
export function updateSessionToken(client: ClientName, token: Token, promise = 'token'): Action {
  return { kind: 'command', client, command: { do: 'updateSessionToken', promise, token } };
}
export function endSession(client: ClientName, promise = 'end'): Action {
  return { kind: 'command', client, command: { do: 'endSession', promise } };
}
export function disconnect(client: ClientName): Action {
  return { kind: 'command', client, command: { do: 'disconnect' } };
}
export function subscribe(client: ClientName, subscription: string, query: Query): Action {
  return { kind: 'command', client, command: { do: 'subscribe', subscription, query } };
}
export function unsubscribe(client: ClientName, subscription: string): Action {
  return { kind: 'command', client, command: { do: 'unsubscribe', subscription } };
}
export function fetched(client: ClientName, query: Query, promise: string): Action {
  return { kind: 'command', client, command: { do: 'fetch', promise, query } };
}
export function insertTodo(client: ClientName, row: Row, promise = 'insert'): Action {
  return { kind: 'command', client, command: { do: 'insert', promise, collection: 'todos', row } };
}
export function updateTodo(client: ClientName, id: string, changes: Readonly<Record<string, Value>>, promise = 'update'): Action {
  return { kind: 'command', client, command: { do: 'update', promise, collection: 'todos', id, changes } };
}
export function deleteTodo(client: ClientName, id: string, promise = 'delete'): Action {
  return { kind: 'command', client, command: { do: 'delete', promise, collection: 'todos', id } };
}
export function transact(client: ClientName, operations: readonly TransactionOperation[], promise = 'transact'): Action {
  return { kind: 'command', client, command: { do: 'transact', promise, operations } };
}
export function clear(client: ClientName, promise = 'clear'): Action {
  return { kind: 'command', client, command: { do: 'clear', promise } };
}
export function refreshAnswered(client: ClientName, call: number, token: Token | null): Action {
  return { kind: 'refreshAnswered', client, call, token };
}

// What the user sees.

function observed(client: ClientName, observation: Observation): Action {
  return { kind: 'observed', client, observation };
}
export function observedStatus(client: ClientName, status: Status): Action {
  return observed(client, { saw: 'status', status });
}
export function observedSessionError(client: ClientName, type: string): Action {
  return observed(client, { saw: 'sessionError', type });
}
export function observedResolved(client: ClientName, promise: string): Action {
  return observed(client, { saw: 'settled', promise, error: null });
}
export function observedRows(client: ClientName, promise: string, rows: readonly Row[]): Action {
  return observed(client, { saw: 'settled', promise, error: null, rows });
}
export function observedRejected(client: ClientName, promise: string, error: string): Action {
  return observed(client, { saw: 'settled', promise, error });
}
/** Another subscription was asked for under a name in use. */
export function observedNameInUse(client: ClientName, subscription: string): Action {
  return observed(client, { saw: 'subscriptionError', subscription, error: 'SubscriptionNameInUseError' });
}
/** The server does not follow it, or the client has not asked for it at all (B4). */
export function observedSubscriptionError(client: ClientName, subscription: string, error: string): Action {
  return observed(client, { saw: 'subscriptionError', subscription, error });
}
/** Rows of a subscription that the server has answered. */
export function observedResults(client: ClientName, subscription: string, rows: readonly Row[]): Action {
  return observed(client, { saw: 'results', subscription, rows, fulfilled: true });
}
/** Rows of a subscription that the server has not answered in this session. */
export function observedLocalResults(client: ClientName, subscription: string, rows: readonly Row[]): Action {
  return observed(client, { saw: 'results', subscription, rows, fulfilled: false });
}
export function observedFulfilment(client: ClientName, subscription: string): Action {
  return observed(client, { saw: 'remoteFulfilled', subscription });
}
export function observedSync(client: ClientName, id: string): Action {
  return observed(client, { saw: 'synced', collection: 'todos', id });
}
/** A write was rejected: its one entity is told, then everybody. */
export function observedFailure(client: ClientName, id: string, error: string): readonly Action[] {
  return [observed(client, { saw: 'notSynced', collection: 'todos', id, error }), observed(client, { saw: 'syncFailed', error })];
}
export function refreshAsked(client: ClientName, call: number): Action {
  return observed(client, { saw: 'refreshAsked', call });
}

/** Storage holds the write, and its promise resolves. */
export function kept(client: ClientName, sequence: number, promise: string): readonly Action[] {
  return [{ kind: 'stored', client, epoch: 1, sequence }, observedResolved(client, promise)];
}

// What crosses the wire.

/** The first id of a client. */
export function idOf(client: ClientName): string {
  return `${client}'s id`;
}

export function attempted(client: ClientName, connection: number): Action {
  return { kind: 'attempted', client, connection };
}
export function opened(client: ClientName, connection: number): Action {
  return { kind: 'opened', client, connection };
}
export function clientSent(client: ClientName, connection: number, word: ClientWord): Action {
  return { kind: 'clientSent', client, connection, word };
}
export function serverSent(client: ClientName, connection: number, word: ServerWord): Action {
  return { kind: 'serverSent', client, connection, word };
}
export function clientHeard(client: ClientName, connection: number, word: ServerWord): Action {
  return { kind: 'clientHeard', client, connection, word };
}
/** A word of the client's, sent and received. */
export function clientSays(client: ClientName, connection: number, word: ClientWord): readonly Action[] {
  return [clientSent(client, connection, word), { kind: 'serverReceived', client, connection, word }];
}
/** A word of the server's, sent and heard. */
export function serverSays(client: ClientName, connection: number, word: ServerWord): readonly Action[] {
  return [serverSent(client, connection, word), clientHeard(client, connection, word)];
}
/** The client closes a connection, and both ends come to know. */
export function clientCloses(client: ClientName, connection: number): Action {
  return { kind: 'clientClosed', client, connection, givenUp: false };
}
export function serverHeardClose(client: ClientName, connection: number): Action {
  return { kind: 'serverHeardClose', client, connection };
}
export function clientHeardClose(client: ClientName, connection: number, closing: Closing): Action {
  return { kind: 'clientHeardClose', client, connection, closing };
}
/** The server closes a connection for a reason, without asking for another attempt; the client hears it. */
export function serverCloses(client: ClientName, connection: number, reason: NonNullable<Closing['reason']>): readonly Action[] {
  const closing: Closing = { reason, retry: false, explained: true };
  return [{ kind: 'serverClosed', client, connection, closing, givenUp: false }, clientHeardClose(client, connection, closing)];
}
/** It has heard nothing for too long. */
export function serverGivesUp(client: ClientName, connection: number): Action {
  return { kind: 'serverClosed', client, connection, closing: { reason: null, retry: true, explained: false }, givenUp: true };
}
export function clientGivesUp(client: ClientName, connection: number): Action {
  return { kind: 'clientClosed', client, connection, givenUp: true };
}
export function fellAsleep(client: ClientName): Action {
  return { kind: 'fellAsleep', client };
}
export function wokeUp(client: ClientName, stoodMs = 0): Action {
  return { kind: 'wokeUp', client, stoodMs };
}
export function throttled(client: ClientName, isThrottled = true): Action {
  return { kind: 'throttled', client, isThrottled };
}
/** So late that the next attempt comes after the whole back-off. */
export const latest = 1 - 2 ** -32;
/** The network loses a connection; both ends notice, and the client draws when it tries again. */
export function networkLost(client: ClientName, connection: number, fraction = latest): readonly Action[] {
  return [
    serverHeardClose(client, connection),
    clientHeardClose(client, connection, { reason: null, retry: true }),
    drew(client, fraction),
  ];
}

export function drew(client: ClientName, fraction: number): Action {
  return { kind: 'drew', client, fraction };
}

// What the server decides, and the clock.

export function appendBegan(client: ClientName, sequence: number): Action {
  return { kind: 'appendBegan', client, clientId: idOf(client), sequence };
}
/** A commit, with one evaluation and one encoding for each group named. */
export function committed(client: ClientName, sequence: number, version: number, ...groups: readonly string[]): readonly Action[] {
  const costs = groups.flatMap((group): readonly Action[] => [evaluated(group, version), { kind: 'encoded', group, version }]);
  const told = groups.length === 0 ? [] : [spentBy(version)];
  return [appendBegan(client, sequence), ...durable('write'), commit(client, sequence, version), ...costs, ...told];
}
/** What a commit took: as good as nothing. */
export function spentBy(version: number): Action {
  return { kind: 'commitSpent', version, comparisons: 0, unitsEncoded: 0, attributesCopied: 0 };
}
/** Storage is asked to take a batch. `rejection`: that of a permission. */
export function sealed(...kinds: readonly KeptEntry['kind'][]): Action {
  return { kind: 'batchSealed', entries: kinds.map(entryOf) };
}
function entryOf(kind: KeptEntry['kind']): KeptEntry {
  return kind === 'rejection' ? { kind, error: 'PermissionDeniedError' } : { kind };
}
/** Storage takes a batch, and holds it. */
export function durable(...kinds: readonly KeptEntry['kind'][]): readonly Action[] {
  return [sealed(...kinds), { kind: 'appendDurable' }];
}
/** A commit of what is durable. */
export function commit(client: ClientName, sequence: number, version: number): Action {
  return { kind: 'committed', clientId: idOf(client), sequence, version };
}
/** The write is judged and refused, and that is in the log. */
export function refused(client: ClientName, sequence: number, version: number, error: string): readonly Action[] {
  return [appendBegan(client, sequence), ...durable('rejection'), { kind: 'refused', clientId: idOf(client), sequence, version, error }];
}
export function pushed(push: string, schema: Schema): Action {
  return { kind: 'schemaPushed', push, schema };
}
export function pushSettled(push: string, outcome: PushOutcome): Action {
  return { kind: 'pushSettled', push, outcome };
}
/** A push is appended and told so. */
export function schemaCommitted(push: string, version: number, compatible: boolean): readonly Action[] {
  return [
    { kind: 'schemaAppendBegan' },
    ...durable('schema'),
    { kind: 'schemaCommitted', version },
    pushSettled(push, { outcome: 'accepted', compatible, issues: [] }),
  ];
}
export function evaluated(group: string, version: number): Action {
  return { kind: 'evaluated', group, version };
}
/** Milliseconds since the run began. */
export function time(nowMs: number): Action {
  return { kind: 'time', nowMs };
}

// The end, and what should never come.

export function over(...awaited: readonly string[]): Action {
  return { kind: 'over', awaited };
}
export function rejectionLost(error: string): Action {
  return { kind: 'rejectionLost', error, shown: error };
}
export function processLost(how: Loss): Action {
  return { kind: 'processLost', how, shown: 'it was seen to be gone' };
}

interface Quiet {
  /** Status and token of each client that has a session. */
  readonly [client: ClientName]: readonly [status: Status, token: Token];
}
function textOf(schema: Schema | null): string | null {
  return schema === null ? null : canonicalText(schema);
}
/** Quiescence with nothing held unless told otherwise; a client that is not named has no session. `schema` is the first client's. */
export function quiet(
  sessions: Quiet,
  server: ServerInspection | null = null,
  schema: Schema | null = null,
  pendingWrites: Quiescence['pendingWrites'] = {},
  blocked: readonly string[] = [],
): Action {
  const statuses = { c1: sessions.c1?.[0] ?? 'UNINITIALIZED', c2: sessions.c2?.[0] ?? 'UNINITIALIZED' } as const;
  const tokens = { c1: sessions.c1?.[1].label ?? null, c2: sessions.c2?.[1].label ?? null };
  return {
    kind: 'quiescent',
    quiescence: { blocked, halfOpen: [], statuses, tokens, pendingWrites, schemas: { c1: textOf(schema) }, server },
  };
}
/** What the server shows of itself: its groups, as lists of `client/subscription`, and its accepted connections, which are those in groups unless said. */
export function inspected(
  version: number,
  groups: Readonly<Record<string, readonly string[]>>,
  connections?: readonly string[],
  schema: Schema | null = null,
): ServerInspection {
  const views = Object.entries(groups).map(([id, names]) => ({ id, members: names.map(memberOf) }));
  const inGroups = [...new Set(views.flatMap((view) => view.members.map((member) => member.connection)))];
  return { version, schema: textOf(schema), connections: connections ?? inGroups, groups: views };
}
function memberOf(name: string): { readonly connection: string; readonly subscription: string } {
  const [connection = '', subscription = ''] = name.split('/');
  return { connection, subscription };
}

export function keyFetchBegan(fetch: number): Action {
  return { kind: 'keyFetchBegan', fetch };
}
/** A good set, which the server goes by from now on. */
export function keysCame(fetch: number, ...keys: readonly string[]): readonly Action[] {
  return [
    { kind: 'keyFetchEnded', fetch, keys },
    { kind: 'keysFetched', keys },
  ];
}
export function keyFetchFailed(fetch: number): Action {
  return { kind: 'keyFetchEnded', fetch, keys: null };
}
/** The server cannot judge, and says that it may work another time. */
export function serverCannotJudge(client: ClientName, connection: number): readonly Action[] {
  const closing: Closing = { reason: 'INTERNAL_ERROR', retry: true };
  return [
    { kind: 'serverClosed', client, connection, closing, givenUp: false },
    { kind: 'clientHeardClose', client, connection, closing },
  ];
}
