/** The client and server of a run, listened to: every callback, promise outcome and linearisation point becomes an action. */
import type { Observation } from '../../model/index.ts';
import type { ClientEnvironment, RefreshOptions, ServerObserver, SystemClient } from '../../sut/system.ts';
import type { CommandStep, HandlerAnswer, RefreshSpec } from '../scripts/script.ts';
import type { World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';
import type { Minted, Purse } from './purse.ts';

export type CallbackKind = 'status' | 'sessionError' | 'results' | 'synced';

/** One client under test, with what the interpreter must remember of it. */
export interface ClientProcess {
  readonly name: string;
  readonly client: SystemClient;
  readonly unsubscribes: Map<string, () => void>;
  readonly watchedEntities: Set<string>;
  /** Commands that wait for the next callback of a kind. */
  readonly armed: Map<CallbackKind, (() => void)[]>;
  refreshCalls: number;
}

export function createClientProcess(name: string, client: SystemClient, judge: Judge): ClientProcess {
  const process: ClientProcess = { name, client, unsubscribes: new Map(), watchedEntities: new Set(), armed: new Map(), refreshCalls: 0 };
  client.onStatusChange((status) => show(process, judge, { saw: 'status', status }, 'status'));
  client.onSessionError((type) => show(process, judge, { saw: 'sessionError', type }, 'sessionError'));
  return process;
}

/** Tells an observation, then runs what was armed for that kind of callback, inside the callback. */
export function show(process: ClientProcess, judge: Judge, observation: Observation, kind: CallbackKind | null): void {
  judge.tell({ kind: 'observed', client: process.name, observation });
  const [command, ...later] = kind === null ? [] : (process.armed.get(kind) ?? []);
  if (command === undefined || kind === null) return;
  process.armed.set(kind, later);
  command();
}

/** A call with a promise: its outcome is an observation. */
export function watchPromise(process: ClientProcess, judge: Judge, promise: string, outcome: Promise<unknown>): void {
  const settled = (error: string | null): void =>
    judge.tell({ kind: 'observed', client: process.name, observation: { saw: 'settled', promise, error } });
  outcome.then(
    () => settled(null),
    (problem: unknown) => settled(problem instanceof Error ? problem.name : String(problem)),
  );
}

export function watchEntity(process: ClientProcess, judge: Judge, collection: string, id: string): void {
  const entity = `${collection}/${id}`;
  if (process.watchedEntities.has(entity)) return;
  process.watchedEntities.add(entity);
  process.client.onEntitySyncSuccess(collection, id, () => show(process, judge, { saw: 'synced', collection, id }, 'synced'));
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

/** The client's storage tells when it holds a write: only then may it be sent (W1). */
export function observedEnvironment(environment: ClientEnvironment, client: string, judge: Judge): ClientEnvironment {
  const { storage } = environment;
  const enqueue: typeof storage.enqueue = async (entry) => {
    await storage.enqueue(entry);
    judge.tell({ kind: 'stored', client, sequence: entry.sequence });
  };
  return { ...environment, storage: { ...storage, enqueue } };
}

/** The server tells by connection label and client id; the model knows client names. */
export function createObserver(judge: Judge): ServerObserver {
  const names = new Map<string, string>();
  return {
    onAppendBegin: (connection, clientId, sequence) => {
      names.set(clientId, connection);
      judge.tell({ kind: 'appendBegan', client: connection, sequence });
    },
    onCommit: (clientId, sequence, version) =>
      judge.tell({ kind: 'committed', client: names.get(clientId) ?? clientId, sequence, version }),
    onEvaluate: (group, version) => judge.tell({ kind: 'evaluated', group, version }),
    onEncode: (group, version) => judge.tell({ kind: 'encoded', group, version }),
    onKeysFetched: (keys) => judge.tell({ kind: 'keysFetched', keys }),
  };
}
