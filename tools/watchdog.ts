/** Watches a worker at work: it may be silent for a while, and it may use so much CPU time without anything coming to its end. */
import type { Worker } from 'node:worker_threads';
import { cpuTimeMs } from './cpu-time.ts';
import { type PulseMemory, readPulse } from './pulse.ts';

export interface Limits {
  /** By the clock, without an answer and without using its CPU. One that is at work has ten times as long. */
  readonly silenceMs: number;
  /** Of the worker's CPU, without a beat. */
  readonly cpuMs: number;
}

export type Bite = 'silent' | 'standing still';

const lookEveryMs = 200;
/** So long a worker may take to load its code, which is no fault of its work. */
const startLimitMs = 60_000;
/** A machine that is overloaded lets a worker wait: what it does not do for that is not its silence. */
const patienceAtWork = 10;

export interface Watchdog {
  /** The worker has answered. */
  heard(): void;
  stop(): void;
}

export function watch(worker: Worker, pulse: PulseMemory, { silenceMs, cpuMs }: Limits, onBite: (bite: Bite) => void): Watchdog {
  let heardAtMs = performance.now();
  let idleSinceMs = heardAtMs;
  let beats = -1;
  let cpuAtBeatMs = 0;
  let cpuBeforeMs = 0;
  const look = setInterval(() => {
    const now = readPulse(pulse);
    const usedMs = cpuTimeMs(worker, now.thread);
    const nowMs = performance.now();
    if (usedMs > cpuBeforeMs) idleSinceMs = nowMs;
    cpuBeforeMs = usedMs;
    const limitMs = now.beats === 0 ? Math.max(startLimitMs, silenceMs) : silenceMs;
    if (beats === 0 && now.beats > 0) heard();
    if (nowMs - idleSinceMs >= limitMs || nowMs - heardAtMs >= patienceAtWork * limitMs) {
      onBite('silent');
      return;
    }
    if (now.beats !== beats || now.beats === 0) {
      beats = now.beats;
      cpuAtBeatMs = usedMs;
    } else if (usedMs - cpuAtBeatMs >= cpuMs) onBite('standing still');
  }, lookEveryMs);
  return { heard, stop: () => clearInterval(look) };

  function heard(): void {
    heardAtMs = performance.now();
    idleSinceMs = heardAtMs;
  }
}
