/**
 * The running server: an engine over the log, and another one when storage fails (W2). Of a failed batch the log may hold
 * something or nothing, so everything is forgotten, the log is read anew, and clients come back to what it says.
 */

import { errorText } from '../protocol/error-text.ts';
import type { CloseFrame } from '../protocol/frames.ts';
import type { Connection, ConnectionEvents, Timer } from '../runtime/ports.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { temporaryFailure } from './closes.ts';
import { type Counters, copyOfCounters, zeroCounters } from './counters.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { SchemaOutcomeUnknownError, ServerUnavailableError } from './errors.ts';
import { metricsText } from './metrics.ts';
import type { ServerView } from './observer.ts';
import { turnAway } from './turn-away.ts';

export type ServerInspection = ServerView & { readonly counters: Readonly<Counters> };

/** How long after a failure the log is tried again. */
export const loadRetryMs = 1_000;

export interface Running {
  accept(connection: Connection): ConnectionEvents;
  overrideSchema(schema: PlainSchema): Promise<SchemaOutcome>;
  /** While the log is read again: what was known before, without connections and groups. */
  inspect(): ServerInspection;
  /** Body of the health check: JSON. It tells the state, and a stranger nothing else. */
  health(): string;
  isServing(): boolean;
  metrics(): string;
  /**
   * Closes every connection, and every one that still comes; clients try again later. Resolves when storage is done with
   * what is being appended, whatever comes of it: nobody is told. `drainMs`: for so long what was begun is ended and answered first.
   */
  stop(drainMs: number): Promise<void>;
}

type State =
  | { readonly phase: 'serving'; readonly engine: Engine }
  | { readonly phase: 'recovering'; readonly lost: Engine; readonly retry: Timer | undefined }
  /** No connection and no frame is taken any more; what was begun is being ended. */
  | { readonly phase: 'draining'; readonly engine: Engine; readonly finish: () => void }
  | { readonly phase: 'stopped'; readonly last: Engine };

const stopping: CloseFrame = { type: 'UNKNOWN', retry: true, message: 'The server is closing.' };
const recovering = temporaryFailure('The storage failed; the server reads its log again.');

function latest(state: State): Engine {
  switch (state.phase) {
    case 'serving':
    case 'draining':
      return state.engine;
    case 'recovering':
      return state.lost;
    case 'stopped':
      return state.last;
  }
}

/** Rejects if the log cannot be read or begun on for the first time, or the rows do not fit the schema. */
export async function run(options: EngineOptions): Promise<Running> {
  const { storage, observer, logger, timers, keys } = options;
  const counters = zeroCounters();
  let isStopped = false;
  /** The append of the latest incarnation. */
  let beginning: Promise<void> = Promise.resolve();

  /** Each reading of the log begins an incarnation, which is durable before anybody is accepted (W2). */
  async function begin(): Promise<Engine> {
    const engine = createEngine(options, await storage.load(), counters, () => recover(engine));
    beginning = isStopped ? Promise.reject(new ServerUnavailableError('The server was closed.')) : storage.append([engine.incarnation]);
    await beginning;
    return engine;
  }

  function serve(engine: Engine): void {
    state = { phase: 'serving', engine };
    observer.onRecovered(engine.gauges().version);
    engine.begun();
  }

  function recover(lost: Engine): void {
    if (state.phase === 'draining') {
      state.finish();
      return;
    }
    observer.onRecoveryBegin();
    state = { phase: 'recovering', lost, retry: undefined };
    lost.end(recovering, new SchemaOutcomeUnknownError('The storage failed: whether the schema is stored is unknown.'));
    reload(lost);
  }

  function reload(lost: Engine): void {
    begin().then(
      (engine) => {
        if (state.phase === 'recovering') serve(engine);
      },
      (error: unknown) => {
        if (state.phase !== 'recovering') return;
        logger.error(`The log could not be read, or not begun on: ${errorText(error)}`);
        state = { phase: 'recovering', lost, retry: timers.schedule('load timer', loadRetryMs, () => reload(lost)) };
      },
    );
  }

  /** Bounded: storage may take its time, or fail. */
  function drain(engine: Engine, drainMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = timers.schedule('drain timer', drainMs, resolve);
      const finish = (): void => {
        timer.cancel();
        resolve();
      };
      state = { phase: 'draining', engine, finish };
      engine.drain().then(finish);
    });
  }

  let state: State = { phase: 'serving', engine: await begin() };
  serve(state.engine);

  return {
    accept(connection) {
      switch (state.phase) {
        case 'serving':
          return state.engine.accept(connection);
        case 'recovering':
          return turnAway(connection, recovering);
        case 'draining':
        case 'stopped':
          return turnAway(connection, stopping);
      }
    },
    async overrideSchema(schema) {
      if (state.phase !== 'serving') throw new ServerUnavailableError('The storage failed; the server reads its log again.');
      return state.engine.overrideSchema(schema);
    },
    inspect: () => ({ ...latest(state).view(), counters: copyOfCounters(counters) }),
    health: () => JSON.stringify({ status: state.phase === 'serving' ? 'ok' : state.phase }),
    isServing: () => state.phase === 'serving',
    metrics: () => metricsText({ ...latest(state).gauges(), isServing: state.phase === 'serving' }, counters),
    async stop(drainMs) {
      if (state.phase === 'serving' && drainMs > 0) await drain(state.engine, drainMs);
      const ended = state;
      isStopped = true;
      state = { phase: 'stopped', last: latest(ended) };
      keys.stop();
      if (ended.phase === 'recovering') ended.retry?.cancel();
      if (ended.phase === 'serving' || ended.phase === 'draining')
        ended.engine.end(stopping, new SchemaOutcomeUnknownError('The server was closed: whether the schema is stored is unknown.'));
      await Promise.allSettled([beginning, latest(ended).settled()]);
    },
  };
}
