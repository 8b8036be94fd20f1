/**
 * One process of a run: a bundle of published code, evaluated with this process's clock, timers, chance and network in the
 * place of the ambient ones. The code itself is not touched; what it reaches for is handed to it as parameters.
 */
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type { Timers, Transport, WallClock } from '../runtime/ports.ts';
import { type Chance, createChance } from './chance.ts';
import { createTicks, type Ticks, type TimerKind } from './ticks.ts';
import { webSocketClass } from './web-socket.ts';

export interface ProcessPorts {
  readonly wallClock: WallClock;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonicNow: () => number;
  readonly timers: Timers;
  /** From it follow all numbers, bytes and UUIDs of the process. */
  readonly seed: string;
  /** Absent: the process opens no sockets. */
  readonly transport?: Transport | undefined;
  readonly upgradeText?: ((url: string) => string) | undefined;
  readonly fetch?: ((url: string, request: unknown) => Promise<unknown>) | undefined;
  /** Work that ends in real asynchrony (a signature in the thread pool): its end becomes a task of the world. */
  readonly complete?: (<Result>(work: () => Promise<Result>) => Promise<Result>) | undefined;
  readonly timerNameOf: (kind: TimerKind, cause: Cause) => string;
}
/** What the process is doing when it sets a timer. */
export type Cause = 'close event' | 'other';

export interface Process {
  /** What the bundle exports. */
  readonly exports: unknown;
  /** Every entry into the code of the process goes through here. */
  enter<Result>(work: () => Result): Result;
  /** The process did something to the outside. */
  noteDeed(): void;
}

/** A bundle, compiled once in a thread and evaluated once for each process. */
export type Bundle = (parameters: readonly unknown[]) => void;

const parameterNames = [
  'module',
  'exports',
  'require',
  'globalThis',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'Date',
  'Math',
  'crypto',
  'performance',
  'console',
  'fetch',
  'WebSocket',
] as const;

export function compileBundle(code: string, filename: string): Bundle {
  const compiled: unknown = new Script(`(function (${parameterNames.join(', ')}) {${code}\n})`, { filename }).runInThisContext();
  if (typeof compiled !== 'function') throw new TypeError(`${filename} is no bundle`);
  return (parameters) => void Reflect.apply(compiled, undefined, parameters);
}

const requireReal = createRequire(import.meta.url);
const ignore = (): void => {};
const silentConsole = { log: ignore, info: ignore, warn: ignore, error: ignore, debug: ignore, trace: ignore, table: ignore };

export function startProcess(bundle: Bundle, ports: ProcessPorts): Process {
  let cause: Cause = 'other';
  let deeds = 0;
  const noteDeed = (): void => {
    deeds += 1;
  };
  const enter = <Result>(work: () => Result): Result => {
    ticks.wake();
    return work();
  };
  const now = (): number => ports.wallClock.now();
  const ticks: Ticks = createTicks({
    timers: ports.timers,
    monotonicNow: ports.monotonicNow,
    nameOf: (kind) => ports.timerNameOf(kind, cause),
    deeds: () => deeds,
    enter,
  });
  const chance = createChance(ports.seed);
  const closing = (work: () => void): void => {
    cause = 'close event';
    try {
      work();
    } finally {
      cause = 'other';
    }
  };
  const { transport, upgradeText, fetch } = ports;
  const WebSocket =
    transport === undefined || upgradeText === undefined ? undefined : webSocketClass({ transport, upgradeText, enter, noteDeed, closing });
  const counted = (url: unknown, request: unknown): Promise<unknown> => {
    noteDeed();
    if (fetch === undefined) return Promise.reject(new TypeError('fetch failed'));
    return fetch(String(url), request);
  };
  const crypto = { getRandomValues: chance.fill, randomUUID: chance.uuid, subtle: globalThis.crypto.subtle };
  const require = (name: string): unknown => requireFor(name, chance, crypto, ports.complete);
  const scope = Object.create(globalThis, {
    WebSocket: { value: WebSocket, writable: true },
    crypto: { value: crypto },
    fetch: { value: counted },
  });
  const module: { exports: unknown } = { exports: {} };
  bundle([
    module,
    module.exports,
    require,
    scope,
    ticks.setTimeout,
    ticks.clear,
    ticks.setInterval,
    ticks.clear,
    (callback: () => void) => ticks.setTimeout(callback, 0),
    dateOf(now),
    Object.create(Math, { random: { value: chance.number } }),
    crypto,
    { now: ports.monotonicNow },
    silentConsole,
    counted,
    WebSocket,
  ]);
  return { exports: module.exports, enter, noteDeed };
}

/** `new Date(value)` is arithmetic and stays what it is. */
function dateOf(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, parameters, newTarget) => Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
    apply: (target) => new target(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}

const cryptoModules: readonly string[] = ['crypto', 'node:crypto'];

/** Of the modules of Node only crypto has chance and real asynchrony in it; the others are handed on. */
function requireFor(name: string, chance: Chance, webcrypto: object, complete: ProcessPorts['complete']): unknown {
  const real: unknown = requireReal(name);
  if (!cryptoModules.includes(name) || typeof real !== 'object' || real === null) return real;
  const replaced: Readonly<Record<string, unknown>> = {
    randomUUID: chance.uuid,
    getRandomValues: chance.fill,
    randomFillSync: chance.fill,
    randomBytes: (size: number) => chance.fill(Buffer.alloc(size)),
    webcrypto,
    ...(complete !== undefined && { verify: completing(Reflect.get(real, 'verify'), complete) }),
  };
  return new Proxy(real, {
    get: (target, key) => (typeof key === 'string' && Object.hasOwn(replaced, key) ? replaced[key] : Reflect.get(target, key)),
  });
}

/** The function with a callback at its end, whose call becomes a task of the world. Its length stays, by which callers know what it can. */
function completing(real: unknown, complete: NonNullable<ProcessPorts['complete']>): unknown {
  if (typeof real !== 'function') return real;
  return new Proxy(real, {
    apply: (target, self, parameters: unknown[]) => {
      const callback = parameters.at(-1);
      if (typeof callback !== 'function') return Reflect.apply(target, self, parameters);
      const work = (): Promise<unknown[]> =>
        new Promise(
          (resolve) => void Reflect.apply(target, self, [...parameters.slice(0, -1), (...results: unknown[]) => resolve(results)]),
        );
      void complete(work).then((results) => Reflect.apply(callback, undefined, results));
      return undefined;
    },
  });
}
