/**
 * The server of the library: `createServer` with a secret or a key set is all it takes. Whatever is not deterministic
 * comes through `runtime`, so that a test may own it.
 */
import { consoleLogger } from '../runtime/loggers.ts';
import { nodeTimers } from '../runtime/node-timers.ts';
import type { Listener, Listening, Logger, Timers, WallClock } from '../runtime/ports.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { wsListener } from '../runtime/ws-listener.ts';
import type { Roles, ServerObserver } from '../system.ts';
import { zeroCounters } from './counters.ts';
import { createEngine, type Engine, type EngineOptions, type ServerInspection } from './engine.ts';
import { type KeyOptions, keySourceOf } from './key-options.ts';
import { memoryServerStorage, type ServerStorage } from './storage.ts';

/** What the server is given of the world around it; each part has a real default. */
export interface ServerRuntime {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly listener: Listener;
  /** Runs asynchronous work that is not storage or sockets, so that a world can order its completion. */
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
}

export interface ServerOptions extends KeyOptions {
  /** Where the log is kept; in memory unless told otherwise. */
  readonly storage?: ServerStorage | undefined;
  /** Role patterns; without any, all tokens are of equal roles. */
  readonly roles?: Roles | undefined;
  /** Where in a token's payload its claims are: keys separated by dots. The payload itself unless told otherwise. */
  readonly claimsPath?: string | undefined;
  readonly runtime?: Partial<ServerRuntime> | undefined;
  readonly observer?: ServerObserver | undefined;
  readonly logger?: Logger | undefined;
}

export interface Server {
  /** Reads the log and listens; port 0 takes any that is free. Rejects if the log cannot be read or the port not be had. */
  start(port: number): Promise<{ readonly port: number }>;
  /** Closes all connections and stops listening. A write not yet acknowledged may or may not be stored; its client sends it again. */
  close(): Promise<void>;
  inspect(): ServerInspection;
}

const ignore = (): void => {};
const nobody: ServerObserver = {
  onAppendBegin: ignore,
  onCommit: ignore,
  onEvaluate: ignore,
  onEncode: ignore,
  onKeysFetched: ignore,
};

type Lifecycle =
  | { readonly phase: 'new' }
  | { readonly phase: 'starting' }
  | { readonly phase: 'running'; readonly engine: Engine; readonly listening: Listening }
  | { readonly phase: 'closed' };

function engineOptionsOf(options: ServerOptions): EngineOptions {
  const { runtime = {}, storage, roles, claimsPath, observer = nobody, logger } = options;
  return {
    storage: storage ?? memoryServerStorage(),
    keys: keySourceOf(options),
    roles,
    claimsPath,
    wallClock: runtime.wallClock ?? systemClock,
    timers: runtime.timers ?? nodeTimers,
    complete: runtime.complete ?? ((_name, work) => work()),
    observer,
    logger: logger ?? consoleLogger({ verbose: false }),
  };
}

/** Throws if it is not told exactly one source of keys. */
export function createServer(options: ServerOptions): Server {
  const engineOptions = engineOptionsOf(options);
  const listener = options.runtime?.listener ?? wsListener();
  let lifecycle: Lifecycle = { phase: 'new' };

  async function listen(port: number): Promise<{ readonly engine: Engine; readonly listening: Listening }> {
    const engine = createEngine(engineOptions, await engineOptions.storage.load());
    return { engine, listening: await listener.listen(port, engine.accept, engine.health) };
  }

  return {
    async start(port) {
      if (lifecycle.phase !== 'new') throw new Error('A server is started once.');
      lifecycle = { phase: 'starting' };
      try {
        const started = await listen(port);
        lifecycle = { phase: 'running', ...started };
        return { port: started.listening.port };
      } catch (error) {
        lifecycle = { phase: 'new' };
        throw error;
      }
    },
    async close() {
      if (lifecycle.phase === 'starting') throw new Error('A server is closed once it has started.');
      const ended = lifecycle;
      lifecycle = { phase: 'closed' };
      if (ended.phase !== 'running') return;
      ended.engine.stop();
      await ended.listening.close();
    },
    inspect: () =>
      lifecycle.phase === 'running' ? lifecycle.engine.inspect() : { version: 0, connections: [], groups: [], counters: zeroCounters() },
  };
}
