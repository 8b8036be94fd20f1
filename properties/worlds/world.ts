/**
 * The port of a world: all that is not deterministic, in one place. A world knows labels and tasks; it knows nothing
 * of the model. A *task* is one unit of what may happen in another order: a delivery on a link, the opening of a
 * socket, a completion, a timer that is due.
 *
 * Labels, all of them:
 *   links        `c1→server`, `server→c1`  (frames and close events, first in first out)
 *   completions  `c1 opening`, `c1 refresh handler`, `c1 store`, `server verify of c1`, `server key set fetch`, `server append`,
 *                `server load` (the log is read again after a restart or a failed append; the first time it is there at once)
 *   timers       `c1 refresh timer`, `c1 reconnect timer`, `c1 heartbeat timer`, `c1 closing timer`,
 *                `server expiry timer of c1`, `server heartbeat timer of c1`, `server hello timer of c1`, `server key set timeout timer`
 *
 * Holding a link label holds the links of that name that exist at that moment (a later connection flows); holding a
 * completion or timer label holds all of that name until it is released.
 */

import type { ClientEnvironment, ServerEnvironment } from '../../sut/port/system.ts';
import type { LogEntry } from '../../sut/server/storage.ts';
import type { StorageOperation } from '../language/storage-operations.ts';
import type { SleepingClock } from './idleness.ts';

/** Of one connection of a client. */
export type WorldEvent = { readonly client: string; readonly connection: number } & (
  | { readonly event: 'attempted' | 'opened' | 'serverHeardClose' | 'readingPaused' | 'readingResumed' }
  | { readonly event: 'clientSent' | 'serverReceived' | 'serverSent' | 'clientHeard'; readonly data: string }
  | ({ readonly event: 'clientClosed' | 'serverClosed'; readonly givenUp: boolean } & HeardClose)
  | ({ readonly event: 'clientHeardClose' } & HeardClose)
  /** A frame that nobody sent joined a link; its delivery is told as `serverReceived` or `clientHeard`. */
  | { readonly event: 'injected'; readonly to: 'server' | 'client'; readonly data: string }
);

export interface HeardClose {
  readonly code: number;
  readonly reason: string;
}

/** A task that the world could run now. `held` tasks run only by `deliver`. */
export interface Task {
  readonly label: string;
  readonly held: boolean;
  /** Nothing can run it now: its client sleeps. */
  readonly isAsleep?: true;
  /** It is a timer that is due and that waits for the next minute. */
  readonly isThrottled?: true;
  /** The connection whose item a link would deliver: a client may have several, and the label alone does not tell which. */
  readonly connection?: number;
}

/** How a storage of the world fails. `kept`: so many entries, the first, it holds all the same, as an unknown outcome may. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly kept: number;
  constructor(kept: number) {
    super('the storage failed');
    this.kept = kept;
  }
}

export interface Awakening {
  readonly stoodMs: number;
  readonly dueTimers: readonly string[];
}

export interface World extends Completions {
  /** The listener hears every event at the moment it happens, in order, synchronously. */
  listen(listener: (event: WorldEvent) => void): void;
  serverEnvironment(): Omit<ServerEnvironment, 'keys' | 'observer'>;
  clientEnvironment(client: string): ClientEnvironment;
  /** Lets system code run: turns the guard against ambient time and chance on, calls `work`, drains all microtasks. */
  run(work: () => void): Promise<void>;

  /** The labels that could run now, one entry a label, sorted by label; the interpreter takes them round robin. */
  tasks(): readonly Task[];
  /** Runs the next task of that label (held or not), drains, and tells whether there was one. */
  execute(label: string): Promise<boolean>;
  /** Whether a hold of this label would mean anything now; `hold` without effect answers false (a skip). */
  hold(label: string): boolean;
  release(label: string): boolean;
  held(): readonly string[];

  /** Monotonic milliseconds since the run began. */
  now(): number;
  /** The true wall clock, which no process need have: for minting tokens. */
  trueWallMs(): number;
  wallMs(process: string): number;
  /** When the earliest timer that is not held is due; undefined without one. */
  nextTimerMs(): number | undefined;
  /** Moves the clock forward; timers due by then become tasks. Never past `nextTimerMs()`. */
  setTime(nowMs: number): void;
  jumpWallClock(process: string, byMs: number): void;
  /** Nothing happens at the client any more: no timer, no delivery, no completion. False for one that sleeps already. */
  fallAsleep(client: string, clock: SleepingClock): boolean;
  /** For how long its clock stood, and the timers that are due then, in the order in which they were due; undefined for one that is awake. */
  wakeUp(client: string): Awakening | undefined;
  isAsleep(client: string): boolean;
  /** The client's timers run once a minute from now on, or when they are due again; false where that changes nothing. */
  throttleTimers(client: string, isThrottled: boolean): boolean;

  /** False where the client has no connection (a skip). */
  cut(client: string, how: 'clean' | 'abrupt' | 'halfOpen'): boolean;
  /** Puts a text on the link of the client's newest connection; false unless it is open at both ends and carries. */
  inject(client: string, to: 'server' | 'client', data: string): boolean;
  /** Connects as nobody known, says the frames, and lets everything that follows at once happen; the close it hears, null without one. */
  stranger(frames: readonly string[]): Promise<HeardClose | null>;
  /**
   * The server's process is gone: its timers and completions with it, its ends of connections too. `crash`: what was in
   * flight is lost and clients hear an abrupt close; `graceful`: `close()` was called before, what it said still arrives.
   * Of the batch under way the first `kept` entries are durable afterwards; tells how many there were of those. Then `serverEnvironment()` may be asked anew.
   */
  killServer(how: 'graceful' | 'crash', kept: number): number;
  /** The client's process is gone, its connection cut abruptly; storage stays, with what it was doing done if `keepsTail` (tells so). Then `clientEnvironment` may be asked anew. `copyOf`: it holds what was copied last of that client's, if anything was. */
  killClient(client: string, keepsTail: boolean, copyOf?: string): boolean;
  /** Copies what the client's storage holds at this moment; false where nobody has used it. */
  copyStorage(client: string): boolean;
  hasCopy(client: string): boolean;
  /** Names a copy of what the server's storage holds at this moment. */
  copyLog(copy: string): void;
  hasLogCopy(copy: string): boolean;
  /** The server's storage holds that copy instead, null for nothing at all. Only while no server runs. */
  restoreLog(copy: string | null): void;
  /**
   * What that process's storage is at, or else the next that it is asked for, fails with a `StorageFailure`: an append, or a compaction that is under way, or of a client's storage that
   * operation, a write that it is to keep if none is named. The server's holds the first `kept` entries all the same. False where that is arranged already.
   */
  failStorage(process: string, kept: number, operation?: StorageOperation): boolean;
  /** The server's storage can never take the entry at that place, counted from 1, of the batch that it has or of the next; or the last that it may refuse. False where that is arranged already. */
  refuseEntry(place: number): boolean;
  /** The server's storage has space for batches, or has none. An incarnation always finds some. False where that is so already. */
  setSpace(hasSpace: boolean): boolean;
  refuseConnections(client: string): boolean;
  acceptConnections(client: string): boolean;
  /** Whether anything of this client's is cut off without its knowing (half-open), so that progress needs a heartbeat. */
  isHalfOpen(client: string): boolean;
  /** Faults stop: releases all holds, accepts connections. Half-open links stay so until given up. */
  heal(): void;
  /** Asserts quiescence: a second drain moves nothing. Throws with the name of what moved. */
  assertQuiescent(): Promise<void>;
  /** Closes everything; throws naming what was left open. */
  close(): Promise<void>;
}

/** A refresh handler of the script is a completion like any other: the interpreter asks the world to order it. */
export interface Completions {
  complete<Result>(label: string, work: () => Promise<Result>): Promise<Result>;
}

export interface WorldOptions {
  readonly clients: readonly { readonly name: string; readonly wallClockSkewMs: number }[];
  /** Log entries that the server's storage holds at the start. */
  readonly initialLog: readonly LogEntry[];
  /** Seeds the ids of the run. */
  readonly seed: number;
}
