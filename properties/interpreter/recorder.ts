/** Keeps the trace of a run: a hash over its lines always, the events themselves only on request. */
import { createHash } from 'node:crypto';
import type { TraceEvent } from '../trace.ts';

export interface Recorder {
  readonly record: (event: TraceEvent) => void;
  readonly hash: () => string;
  readonly events: readonly TraceEvent[];
}

/** One event as one line: what the hash is over, and what twin runs are compared by. */
export function traceLine(event: TraceEvent): string {
  return `${event.step} ${event.atMs} ${event.process} ${event.event} ${event.detail}\n`;
}

export function createRecorder(keepTrace: boolean): Recorder {
  const hash = createHash('sha256');
  const events: TraceEvent[] = [];
  return {
    record: (event) => {
      hash.update(traceLine(event));
      if (keepTrace) events.push(event);
    },
    hash: () => hash.digest('hex'),
    events,
  };
}
