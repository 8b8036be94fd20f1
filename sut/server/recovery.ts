/**
 * The running server: an engine over the log, and another one when storage fails (W2). A failed append may be in the log
 * or not, so everything is forgotten, the log is read anew, and clients come back to what it says.
 */

import { errorText } from '../protocol/error-text.ts';
import type { CloseFrame } from '../protocol/frames.ts';
import type { Connection, ConnectionEvents, Timer } from '../runtime/ports.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { temporaryFailure } from './closes.ts';
import { type Counters, zeroCounters } from './counters.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { SchemaOutcomeUnknownError, ServerUnavailableError } from './errors.ts';
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
  /** Body of the health check: JSON. */
  health(): string;
  /**
   * Closes every connection, and every one that still comes; clients try again later. Resolves when storage is done with
   * what is being appended, whatever comes of it: nobody is told.
   */
  stop(): Promise<void>;
}

type State =
  | { readonly phase: 'serving'; readonly engine: Engine }
  | { readonly phase: 'recovering'; readonly lost: Engine; readonly retry: Timer | undefined }
  | { readonly phase: 'stopped'; readonly last: Engine };

const stopping: CloseFrame = { type: 'UNKNOWN', retry: true, message: 'The server is closing.' };
const recovering = temporaryFailure('The storage failed; the server reads its log again.');

function latest(state: State): Engine {
  switch (state.phase) {
    case 'serving':
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
    beginning = isStopped ? Promise.reject(new ServerUnavailableError('The server was closed.')) : storage.append(engine.incarnation);
    await beginning;
    return engine;
  }

  function serve(engine: Engine): void {
    state = { phase: 'serving', engine };
    observer.onRecovered(engine.version());
  }

  function recover(lost: Engine): void {
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

  let state: State = { phase: 'serving', engine: await begin() };
  serve(state.engine);

  return {
    accept(connection) {
      switch (state.phase) {
        case 'serving':
          return state.engine.accept(connection);
        case 'recovering':
          return turnAway(connection, recovering);
        case 'stopped':
          return turnAway(connection, stopping);
      }
    },
    async overrideSchema(schema) {
      if (state.phase !== 'serving') throw new ServerUnavailableError('The storage failed; the server reads its log again.');
      return state.engine.overrideSchema(schema);
    },
    inspect: () => ({ ...latest(state).view(), counters: { ...counters } }),
    health: () => {
      const engine = latest(state);
      const status = state.phase === 'serving' ? 'ok' : state.phase;
      return JSON.stringify({ status, version: engine.version(), connections: engine.connectionCount() });
    },
    async stop() {
      const ended = state;
      isStopped = true;
      state = { phase: 'stopped', last: latest(ended) };
      keys.stop();
      if (ended.phase === 'recovering') ended.retry?.cancel();
      if (ended.phase === 'serving')
        ended.engine.end(stopping, new SchemaOutcomeUnknownError('The server was closed: whether the schema is stored is unknown.'));
      await Promise.allSettled([beginning, latest(ended).settled()]);
    },
  };
}
