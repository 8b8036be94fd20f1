/**
 * The pulse of a worker: a few numbers in memory that it shares with its parent. A thread that never comes back from a
 * function can say nothing any more, but what it noted before can be read: that it stands still, and where.
 */
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';

const places = { beats: 0, at: 1, thread: 2 } as const;
const length = Object.keys(places).length;

/** What the parent gives a worker, and reads. */
export type PulseMemory = Int32Array<SharedArrayBuffer>;

export interface Reading {
  /** Counts whatever comes to its end; 0: the worker has not begun. */
  readonly beats: number;
  /** What was noted last. */
  readonly at: number;
  /** As the operating system numbers the thread; 0: it does not tell. */
  readonly thread: number;
}

export function createPulse(): PulseMemory {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

export function readPulse(memory: PulseMemory): Reading {
  return { beats: Atomics.load(memory, places.beats), at: Atomics.load(memory, places.at), thread: Atomics.load(memory, places.thread) };
}

const given: unknown = isMainThread ? null : workerData;
/** Outside a worker of a pool nobody reads it. */
const own: Int32Array = given instanceof Int32Array ? given : createPulse();

/** Something came to its end. */
export function beat(): void {
  Atomics.add(own, places.beats, 1);
}

/** Notes where the work stands. */
export function noteAt(at: number): void {
  Atomics.store(own, places.at, at);
}

/** Called once, by a worker that is loaded. */
export function beginPulse(): void {
  Atomics.store(own, places.thread, threadNumber());
  beat();
}

/** Linux alone tells a thread its number by a file. */
function threadNumber(): number {
  try {
    return Number(basename(readlinkSync('/proc/thread-self'))) || 0;
  } catch {
    return 0;
  }
}
