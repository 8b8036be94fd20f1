/**
 * How much CPU time a worker has used. Node tells it of another thread from 24.6 on only. On Linux the system tells it
 * of every thread, to the hundredth of a second. Elsewhere it is the time in which the worker's event loop did not wait
 * (`eventLoopUtilization`): time by the clock, so that a machine that is overloaded counts against the worker.
 */
import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';

/** The unit of the system's figures; Linux has had no other for programs since 2.6. */
const tickMs = 10;
/** Behind the name, which stands in brackets and may hold anything. */
const places = { user: 11, system: 12 } as const;

/** Milliseconds since it began. */
export function cpuTimeMs(worker: Worker, thread: number): number {
  return ofThreadMs(thread) ?? worker.performance.eventLoopUtilization().active;
}

/** Undefined where the system does not tell. */
function ofThreadMs(thread: number): number | undefined {
  if (thread === 0) return undefined;
  try {
    const text = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[places.user]) + Number(fields[places.system]);
    return Number.isFinite(ticks) ? ticks * tickMs : undefined;
  } catch {
    return undefined;
  }
}
