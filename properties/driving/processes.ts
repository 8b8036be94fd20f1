/** The client and server of a run, listened to: every callback, promise outcome and linearisation point becomes an action. */

import { entryOf } from '../../model/entry-of.ts';
import type { Action, Observation } from '../../model/index.ts';
import type { RefreshOptions, ServerObserver, SubscriptionHandlers, SystemClient } from '../../sut/port/system.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { CallbackFailure, CallbackKind } from '../language/callbacks.ts';
import type { HandlerAnswer, RefreshSpec } from '../language/tokens.ts';
import type { World } from '../worlds/world.ts';
import type { Minted, Purse } from './purse.ts';

/** Takes what is reported of a run: every action goes to the model and to the checks. */
export interface Reports {
  readonly tell: (action: Action) => void;
}

/** What the next callback of a kind does, and how it fails then; null: it does not. */
export interface Armed {
  readonly call: () => void;
  readonly fails: CallbackFailure | null;
}

/** One client under test, with what the interpreter must remember of it. */
export interface ClientProcess {
  readonly name: string;
  readonly client: SystemClient;
  /** By name, of those that have ended too. */
  readonly unsubscribes: Map<string, () => void>;
  readonly ended: Set<string>;
  /** By `collection/id`. */
  readonly watchedEntities: Map<string, { readonly collection: string; readonly id: string }>;
  readonly schema: Schema | null;
  /** Commands that wait for the next callback of a kind. */
  readonly armed: Map<CallbackKind, Armed[]>;
  /** Counts the callbacks that failed. */
  failures: number;
  refreshCalls: number;
  /** How many writes it told last to wait; null: nothing yet. */
  pendingWritesTold: number | null;
  /** False once it was killed: what it still says is not heard. */
  isAlive: boolean;
}

export function createClientProcess(name: string, client: SystemClient, reports: Reports, schema: Schema | null): ClientProcess {
  const process: ClientProcess = {
    name,
    client,
    schema,
    unsubscribes: new Map(),
    ended: new Set(),
    watchedEntities: new Map(),
    armed: new Map(),
    failures: 0,
    refreshCalls: 0,
    pendingWritesTold: null,
    isAlive: true,
  };
  client.onStatusChange((status) => show(process, reports, { saw: 'status', status }, 'status'));
  client.onSessionError((type) => show(process, reports, { saw: 'sessionError', type }, 'sessionError'));
  client.onFailureToSyncWrites((error) => show(process, reports, { saw: 'syncFailed', error: error.name }, 'syncFailed'));
  client.onPendingWritesChange((count) => {
    process.pendingWritesTold = count;
  });
  client.onLogReplaced(() => show(process, reports, { saw: 'logReplaced' }, 'logReplaced'));
  return process;
}

/** Tells an observation, then runs what was armed for that kind of callback, inside the callback. */
export function show(
  process: ClientProcess,
  reports: Reports,
  observation: Observation,
  kind: CallbackKind | null,
): Promise<never> | undefined {
  if (!process.isAlive) return undefined;
  reports.tell({ kind: 'observed', client: process.name, observation });
  const [armed, ...later] = kind === null ? [] : (process.armed.get(kind) ?? []);
  if (armed === undefined || kind === null) return undefined;
  process.armed.set(kind, later);
  armed.call();
  return armed.fails === null || !process.isAlive ? undefined : fail(process, reports, armed.fails);
}

/** As a user's callback would. Whoever leaves a rejection alone is told apart by its log: the process of the run is not to end for it. */
function fail(process: ClientProcess, reports: Reports, how: CallbackFailure): Promise<never> {
  process.failures += 1;
  reports.tell({ kind: 'callbackFailed', client: process.name, failure: process.failures });
  const error = new Error(`failure ${process.failures} of a callback of ${process.name}`);
  if (how === 'throws') throw error;
  const rejected = Promise.reject(error);
  rejected.catch(() => {});
  return rejected;
}

/** What a client logs of a callback that failed; every other line is for people. */
export function loggedFailure(message: string): { readonly failure: number; readonly withStack: boolean } | null {
  const [, failure] = /failure (\d+) of a callback of c\d+/u.exec(message) ?? [];
  return failure === undefined ? null : { failure: Number(failure), withStack: /\n\s+at /u.test(message) };
}

/** A call with a promise: its outcome is an observation. */
export function watchPromise<Value>(
  process: ClientProcess,
  reports: Reports,
  promise: string,
  outcome: Promise<Value>,
  compared: (value: Value) => Compared,
): void {
  const settled = (observation: Compared & { readonly error: string | null }): void => {
    if (process.isAlive) reports.tell({ kind: 'observed', client: process.name, observation: { saw: 'settled', promise, ...observation } });
  };
  outcome.then(
    (value) => settled({ error: null, ...compared(value) }),
    (problem: unknown) => settled({ error: problem instanceof Error ? problem.name : String(problem) }),
  );
}

/** What of the value of a promise is compared. */
export interface Compared {
  readonly rows?: readonly Row[];
}

export function watchEntity(process: ClientProcess, reports: Reports, collection: string, id: string): void {
  const entity = `${collection}/${id}`;
  if (process.watchedEntities.has(entity)) return;
  process.watchedEntities.set(entity, { collection, id });
  process.client.onEntitySyncSuccess(collection, id, () => show(process, reports, { saw: 'synced', collection, id }, 'synced'));
  process.client.onEntitySyncError(collection, id, (error) =>
    show(process, reports, { saw: 'notSynced', collection, id, error: error.name }, null),
  );
}

/** What a client throws for what is no query (Q1), and because of a bound (B4): nothing has come of the call. */
const refusals: readonly string[] = ['InvalidQueryError', 'LimitExceededError'];

/** A refusal is observed like an error that the server tells. */
export function subscribe(process: ClientProcess, reports: Reports, subscription: string, query: Query): void {
  const handlers: SubscriptionHandlers = {
    onResults: (rows, { hasRemoteFulfilled }) =>
      show(process, reports, { saw: 'results', subscription, rows, fulfilled: hasRemoteFulfilled }, 'results'),
    onError: (error) => show(process, reports, { saw: 'subscriptionError', subscription, error: error.name }, null),
    onRemoteFulfilled: () => show(process, reports, { saw: 'remoteFulfilled', subscription }, null),
  };
  try {
    process.unsubscribes.set(subscription, process.client.subscribe(subscription, query, handlers));
  } catch (problem) {
    if (!(problem instanceof Error) || !refusals.includes(problem.name)) throw problem;
    show(process, reports, { saw: 'subscriptionError', subscription, error: problem.name }, null);
  }
}

/** The name is in use: what the client throws is observed. */
export function subscribeUnderNameInUse(process: ClientProcess, reports: Reports, subscription: string, query: Query): void {
  const nothing = (): void => {};
  try {
    process.client.subscribe(subscription, query, { onResults: nothing, onError: nothing, onRemoteFulfilled: nothing });
  } catch (problem) {
    const error = problem instanceof Error ? problem.name : String(problem);
    show(process, reports, { saw: 'subscriptionError', subscription, error }, null);
  }
}

/** The script's refresh handler: each call is seen, takes the next answer, and completes as a task of the world. */
export function refreshOptions(
  process: ClientProcess,
  reports: Reports,
  world: Pick<World, 'complete'>,
  purse: Purse,
  spec: RefreshSpec,
): RefreshOptions {
  let calls = 0;
  const refreshHandler = (): Promise<string | null> => {
    const answer = spec.answers[Math.min(calls, spec.answers.length - 1)];
    calls += 1;
    process.refreshCalls += 1;
    const call = process.refreshCalls;
    reports.tell({ kind: 'observed', client: process.name, observation: { saw: 'refreshAsked', call } });
    return world
      .complete(`${process.name} refresh handler`, () => answerOf(process, purse, answer))
      .then((minted) => {
        reports.tell({ kind: 'refreshAnswered', client: process.name, call, token: minted?.token ?? null });
        if (answer?.answer === 'throw') throw new Error('the refresh handler of the script throws');
        return minted?.bytes ?? null;
      });
  };
  return spec.intervalMs === null ? { refreshHandler } : { refreshHandler, interval: spec.intervalMs };
}

async function answerOf(process: ClientProcess, purse: Purse, answer: HandlerAnswer | undefined): Promise<Minted | null> {
  return answer?.answer === 'token' ? purse.mint(answer.token, process.client.token()) : null;
}

/** The server's linearisation points and costs, as long as its process lives. */
export function createObserver(reports: Reports, isAlive: () => boolean): ServerObserver {
  const tell = (action: Action): void => {
    if (isAlive()) reports.tell(action);
  };
  return {
    onAppendBegin: (connection, clientId, sequence, id) => tell({ kind: 'appendBegan', client: connection, clientId, sequence, id }),
    onCommit: (clientId, sequence, version) => tell({ kind: 'committed', clientId, sequence, version }),
    onReject: (clientId, sequence, version, error) => tell({ kind: 'refused', clientId, sequence, version, error }),
    onSchemaAppendBegin: () => tell({ kind: 'schemaAppendBegan' }),
    onSchemaRefused: () => tell({ kind: 'schemaRefused' }),
    onSchemaCommit: (version) => tell({ kind: 'schemaCommitted', version }),
    onRecoveryBegin: () => tell({ kind: 'recoveryBegan' }),
    onRecovered: (version) => tell({ kind: 'recovered', version }),
    onEvaluate: (group, version) => tell({ kind: 'evaluated', group, version }),
    onEncode: (group, version) => tell({ kind: 'encoded', group, version }),
    onLook: (group, collection, rows) => tell({ kind: 'looked', group, collection, rows }),
    onCommitSpent: (version, spent) => tell({ kind: 'commitSpent', version, ...spent }),
    onAnswerSpent: (connection, subscription, spent) => tell({ kind: 'answerSpent', client: connection, subscription, ...spent }),
    onKeysFetched: (keys) => tell({ kind: 'keysFetched', keys }),
  };
}

/** A client with a schema throws at a collection that is not in it: no subscription begins. */
export function isCollectionKnown({ schema }: ClientProcess, collection: string): boolean {
  return schema === null || entryOf(schema.collections, collection) !== undefined;
}
