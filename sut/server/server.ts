/**
 * The server of the library: `createServer` with a secret or a key set is all it takes. Whatever is not deterministic
 * comes through `runtime`, so that a test may own it.
 */

import type { Roles } from '../../vocabulary/schemas.ts';
import { type AskedBounds, boundsOf } from '../protocol/bounds.ts';
import { frameLimitOf } from '../protocol/codec.ts';
import type { DeploymentOptions } from '../runtime/listener-options.ts';
import { consoleLogger } from '../runtime/loggers.ts';
import { nodeTimers } from '../runtime/node-timers.ts';
import type { Listener, Listening, Logger, Random, Timers, WallClock } from '../runtime/ports.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { wsListener } from '../runtime/ws-listener.ts';
import { frozenCopy } from '../schema/frozen.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { logEntriesMaxOf } from './compactor.ts';
import { zeroCounters } from './counters.ts';
import type { EngineOptions } from './engine.ts';
import { ServerUnavailableError } from './errors.ts';
import { frozenSchema } from './frozen-schema.ts';
import { guardedLogger } from './guarded-logger.ts';
import { guardedObserver } from './guarded-observer.ts';
import { createKeyHolder } from './key-holder.ts';
import { type KeyOptions, keySourceOf } from './key-options.ts';
import type { KeySetLimits } from './key-ring.ts';
import { keySetLimitsOf } from './key-set-limits.ts';
import type { ServerObserver } from './observer.ts';
import { type Running, run, type ServerInspection } from './recovery.ts';
import { memoryServerStorage, type ServerStorage } from './storage.ts';
import { checkTokenRules, type TokenRules } from './token-rules.ts';
import { writeIdsKeptOf } from './write-history.ts';

/** What the server is given of the world around it; each part has a real default. */
export interface ServerRuntime {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly random: Pick<Random, 'hex'>;
  readonly listener: Listener;
  /** Runs asynchronous work that is not storage or sockets, so that a world can order its completion. */
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
}

export interface ServerOptions extends KeyOptions, DeploymentOptions {
  /** Where the log is kept; in memory unless told otherwise, and over real sockets the log says so. `sut/storage/` has one on a disk. */
  readonly storage?: ServerStorage | undefined;
  /** What counts until the log holds one that was pushed; its rows must fit it. None: anything may be written, and read by all. */
  readonly schema?: PlainSchema | undefined;
  /** Role patterns where there is no schema; without any, all tokens are of equal roles. Copied (C1). */
  readonly roles?: Roles | undefined;
  /** Where in a token's payload its claims are: keys separated by dots. The payload itself unless told otherwise. */
  readonly claimsPath?: string | undefined;
  /** What tokens must be beyond signed and in time: audience, issuer, type, age (S11). */
  readonly tokens?: TokenRules | undefined;
  /** When a key set is fetched, and how long one is gone by; `sut/README.md` says what is usual (S11). */
  readonly keySet?: Partial<KeySetLimits> | undefined;
  /** The longest frame that a client may send, in bytes of UTF-8: 1 MiB by default (B5). */
  readonly frameBytesMax?: number | undefined;
  /** How much the server takes of one client: writes, rows, queries, subscriptions, connections (B3, B4, B5). Each bound has a default. */
  readonly bounds?: AskedBounds | undefined;
  /**
   * Of how many of the latest writes of each client id the server remembers which they were: 1,024 unless told otherwise. One that is sent
   * again after so many others is neither applied nor acknowledged (W1).
   */
  readonly writeIdsKept?: number | undefined;
  /**
   * Once so many entries lie behind the snapshot of the log, storage brings that up to date and drops them: 1,024 unless told otherwise, `Infinity` for never. A start
   * reads the rows and at most about so many entries (W2).
   */
  readonly logEntriesMax?: number | undefined;
  readonly runtime?: Partial<ServerRuntime> | undefined;
  readonly observer?: ServerObserver | undefined;
  readonly logger?: Logger | undefined;
}

export interface Server {
  /**
   * Reads the log and listens; without a port, or with 0, on any that is free. Beside a `server` that was given it takes none: its owner
   * listens, and `port` tells where, 0 while it does not. Rejects if the log cannot be read, its rows do not fit the schema, or the port cannot be had.
   */
  start(port?: number): Promise<{ readonly port: number }>;
  /**
   * Closes all connections, stops listening, and waits for storage to be done with what is being appended, so that
   * another server may read the log. A write not yet acknowledged may or may not be stored; its client sends it again.
   * `drainMs`: for so long at most it first ends and answers what it has begun, and takes nothing new. All are told to come back.
   */
  close(options?: { readonly drainMs?: number | undefined }): Promise<void>;
  /** In the text format of Prometheus, for a route of your own; empty while the server does not run. */
  metrics(): string;
  /**
   * Replaces the schema, with its permissions and roles (C2, C3). Resolves with `accepted: false` and the issues where
   * rows do not fit it; then nothing changed. Rejects for what is no schema, with ServerUnavailableError if the server is
   * not running, and with SchemaOutcomeUnknownError if storage fails or the server is closed meanwhile: then it may have
   * been stored or not. What was given may be changed afterwards.
   */
  overrideSchema(schema: PlainSchema): Promise<SchemaOutcome>;
  inspect(): ServerInspection;
}

const ignore = (): void => {};
const nobody: ServerObserver = {
  onAppendBegin: ignore,
  onCommit: ignore,
  onReject: ignore,
  onSchemaAppendBegin: ignore,
  onSchemaRefused: ignore,
  onSchemaCommit: ignore,
  onRecoveryBegin: ignore,
  onRecovered: ignore,
  onEvaluate: ignore,
  onEncode: ignore,
  onLook: ignore,
  onCommitSpent: ignore,
  onAnswerSpent: ignore,
  onKeysFetched: ignore,
};

const nothingToSee = (): ServerInspection => ({ version: 0, connections: [], groups: [], schema: null, counters: zeroCounters() });

type Lifecycle =
  | { readonly phase: 'new' }
  | { readonly phase: 'starting' }
  | { readonly phase: 'running'; readonly running: Running; readonly listening: Listening }
  | { readonly phase: 'closed' };

function engineOptionsOf(options: ServerOptions): EngineOptions {
  const {
    runtime = {},
    storage,
    schema,
    roles,
    claimsPath,
    tokens = {},
    keySet = {},
    frameBytesMax,
    bounds,
    writeIdsKept,
    logEntriesMax,
    logger,
  } = options;
  checkTokenRules(tokens);
  const limits = keySetLimitsOf(keySet);
  const log = guardedLogger(logger ?? consoleLogger({ verbose: false }));
  const observer = guardedObserver(options.observer ?? nobody, log);
  const timers = runtime.timers ?? nodeTimers;
  const complete: ServerRuntime['complete'] = runtime.complete ?? ((_name, work) => work());
  return {
    storage: storage ?? memoryServerStorage(),
    keys: createKeyHolder(keySourceOf(options, limits), { timers, limits, complete, onKeysFetched: observer.onKeysFetched }),
    roles: frozenCopy(roles),
    claimsPath,
    rules: { ...tokens },
    schema: schema === undefined ? null : frozenSchema(schema),
    frameBytesMax: frameLimitOf(frameBytesMax),
    bounds: boundsOf(bounds),
    writeIdsKept: writeIdsKeptOf(writeIdsKept),
    logEntriesMax: logEntriesMaxOf(logEntriesMax),
    wallClock: runtime.wallClock ?? systemClock,
    timers,
    random: runtime.random ?? systemRandom,
    complete,
    observer,
    logger: log,
  };
}

function deploymentOf({ server, host, path, allowedOrigins, metrics }: ServerOptions): DeploymentOptions {
  return { server, host, path, allowedOrigins, metrics };
}

/** Throws if it is not told exactly one source of keys, or given a schema, a limit or a rule of tokens that is none. */
export function createServer(options: ServerOptions): Server {
  const engineOptions = engineOptionsOf(options);
  const listener = options.runtime?.listener ?? wsListener({ ...deploymentOf(options), messageBytesMax: engineOptions.frameBytesMax });
  let lifecycle: Lifecycle = { phase: 'new' };

  /** Over real sockets there are users, who may believe that what was acknowledged is kept. */
  const isForgetful = options.storage === undefined && options.runtime?.listener === undefined;

  async function listen(port: number | undefined): Promise<{ readonly running: Running; readonly listening: Listening }> {
    const running = await run(engineOptions);
    return { running, listening: await listener.listen(port, running.accept, running.health, running) };
  }

  return {
    async start(port) {
      if (options.server !== undefined && port !== undefined) throw new RangeError('a server that was given listens where its owner says');
      if (lifecycle.phase !== 'new') throw new Error('A server is started once.');
      lifecycle = { phase: 'starting' };
      try {
        const started = await listen(port);
        if (isForgetful)
          engineOptions.logger.warn('The log is kept in memory, and is gone with this process: give a `storage` to keep it.');
        lifecycle = { phase: 'running', ...started };
        return { port: started.listening.port };
      } catch (error) {
        lifecycle = { phase: 'new' };
        throw error;
      }
    },
    async close({ drainMs = 0 } = {}) {
      if (lifecycle.phase === 'starting') throw new Error('A server is closed once it has started.');
      const ended = lifecycle;
      lifecycle = { phase: 'closed' };
      if (ended.phase !== 'running') return;
      if (drainMs > 0) await ended.running.stop(drainMs);
      const appended = ended.running.stop(0);
      await ended.listening.close();
      await appended;
    },
    async overrideSchema(schema) {
      if (lifecycle.phase !== 'running') throw new ServerUnavailableError('The server is not running.');
      return lifecycle.running.overrideSchema(schema);
    },
    metrics: () => (lifecycle.phase === 'running' ? lifecycle.running.metrics() : ''),
    inspect: () => (lifecycle.phase === 'running' ? lifecycle.running.inspect() : nothingToSee()),
  };
}
