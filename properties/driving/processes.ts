/** The client and server of a run, listened to: every callback, promise outcome and linearisation point becomes an action. */

import type { Action, Observation } from '../../model/index.ts';
import type { RefreshOptions, ServerObserver, SystemClient } from '../../sut/port/system.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Judge } from '../interpreter/judge.ts';
import type { CommandStep, HandlerAnswer, RefreshSpec } from '../scripts/script.ts';
import type { World } from '../worlds/world.ts';
import type { Minted, Purse } from './purse.ts';

export type CallbackKind = 'status' | 'sessionError' | 'results' | 'synced' | 'syncFailed';

/** One client under test, with what the interpreter must remember of it. */
export interface ClientProcess {
  readonly name: string;
  readonly client: SystemClient;
  readonly unsubscribes: Map<string, () => void>;
  /** By `collection/id`. */
  readonly watchedEntities: Map<string, { readonly collection: string; readonly id: string }>;
  readonly schema: Schema | null;
  /** Commands that wait for the next callback of a kind. */
  readonly armed: Map<CallbackKind, (() => void)[]>;
  refreshCalls: number;
  /** False once it was killed: what it still says is not heard. */
  isAlive: boolean;
}

export function createClientProcess(name: string, client: SystemClient, judge: Judge, schema: Schema | null): ClientProcess {
  const process: ClientProcess = {
    name,
    client,
    schema,
    unsubscribes: new Map(),
    watchedEntities: new Map(),
    armed: new Map(),
    refreshCalls: 0,
    isAlive: true,
  };
  client.onStatusChange((status) => show(process, judge, { saw: 'status', status }, 'status'));
  client.onSessionError((type) => show(process, judge, { saw: 'sessionError', type }, 'sessionError'));
  client.onFailureToSyncWrites((error) => show(process, judge, { saw: 'syncFailed', error: error.name }, 'syncFailed'));
  return process;
}

/** Tells an observation, then runs what was armed for that kind of callback, inside the callback. */
export function show(process: ClientProcess, judge: Judge, observation: Observation, kind: CallbackKind | null): void {
  if (!process.isAlive) return;
  judge.tell({ kind: 'observed', client: process.name, observation });
  const [command, ...later] = kind === null ? [] : (process.armed.get(kind) ?? []);
  if (command === undefined || kind === null) return;
  process.armed.set(kind, later);
  command();
}

/** A call with a promise: its outcome is an observation. */
export function watchPromise(process: ClientProcess, judge: Judge, promise: string, outcome: Promise<unknown>): void {
  const settled = (error: string | null): void => {
    if (process.isAlive) judge.tell({ kind: 'observed', client: process.name, observation: { saw: 'settled', promise, error } });
  };
  outcome.then(
    () => settled(null),
    (problem: unknown) => settled(problem instanceof Error ? problem.name : String(problem)),
  );
}

export function watchEntity(process: ClientProcess, judge: Judge, collection: string, id: string): void {
  const entity = `${collection}/${id}`;
  if (process.watchedEntities.has(entity)) return;
  process.watchedEntities.set(entity, { collection, id });
  process.client.onEntitySyncSuccess(collection, id, () => show(process, judge, { saw: 'synced', collection, id }, 'synced'));
  process.client.onEntitySyncError(collection, id, (error) =>
    show(process, judge, { saw: 'notSynced', collection, id, error: error.name }, null),
  );
}

export function subscribe(process: ClientProcess, judge: Judge, step: Extract<CommandStep, { readonly do: 'subscribe' }>): void {
  const { subscription, query } = step;
  const unsubscribe = process.client.subscribe(subscription, query, {
    onResults: (rows, { hasRemoteFulfilled }) =>
      show(process, judge, { saw: 'results', subscription, rows, fulfilled: hasRemoteFulfilled }, 'results'),
    onError: (error) => show(process, judge, { saw: 'subscriptionError', subscription, error: error.name }, null),
    onRemoteFulfilled: () => show(process, judge, { saw: 'remoteFulfilled', subscription }, null),
  });
  process.unsubscribes.set(subscription, unsubscribe);
}

/** The script's refresh handler: each call is seen, takes the next answer, and completes as a task of the world. */
export function refreshOptions(process: ClientProcess, judge: Judge, world: World, purse: Purse, spec: RefreshSpec): RefreshOptions {
  let calls = 0;
  const refreshHandler = (): Promise<string | null> => {
    const answer = spec.answers[Math.min(calls, spec.answers.length - 1)];
    calls += 1;
    process.refreshCalls += 1;
    const call = process.refreshCalls;
    judge.tell({ kind: 'observed', client: process.name, observation: { saw: 'refreshAsked', call } });
    return world
      .complete(`${process.name} refresh handler`, () => answerOf(process, purse, answer))
      .then((minted) => {
        judge.tell({ kind: 'refreshAnswered', client: process.name, call, token: minted?.token ?? null });
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
export function createObserver(judge: Judge, isAlive: () => boolean): ServerObserver {
  const tell = (action: Action): void => {
    if (isAlive()) judge.tell(action);
  };
  return {
    onAppendBegin: (connection, clientId, sequence) => tell({ kind: 'appendBegan', client: connection, clientId, sequence }),
    onCommit: (clientId, sequence, version) => tell({ kind: 'committed', clientId, sequence, version }),
    onReject: (clientId, sequence, version, error) => tell({ kind: 'refused', clientId, sequence, version, error }),
    onSchemaAppendBegin: () => tell({ kind: 'schemaAppendBegan' }),
    onSchemaCommit: (version) => tell({ kind: 'schemaCommitted', version }),
    onRecoveryBegin: () => tell({ kind: 'recoveryBegan' }),
    onRecovered: (version) => tell({ kind: 'recovered', version }),
    onEvaluate: (group, version) => tell({ kind: 'evaluated', group, version }),
    onEncode: (group, version) => tell({ kind: 'encoded', group, version }),
    onKeysFetched: (keys) => tell({ kind: 'keysFetched', keys }),
  };
}
