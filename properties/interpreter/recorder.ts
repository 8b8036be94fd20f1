/** Keeps the trace of a run: a hash over its lines always, the events themselves only on request. */
import { createHash } from 'node:crypto';
import type { TraceEvent } from '../trace.ts';
import { traceLine } from '../trace-line.ts';

export interface Recorder {
  readonly record: (event: TraceEvent) => void;
  readonly hash: () => string;
  readonly events: readonly TraceEvent[];
}

const waitingMost = 16_384;

export function createRecorder(keepTrace: boolean): Recorder {
  const hash = createHash('sha256');
  const events: TraceEvent[] = [];
  // A call for each line costs more than the hashing: lines wait until there are some.
  let waiting = '';
  const flush = (): void => {
    hash.update(waiting);
    waiting = '';
  };
  return {
    record: (event) => {
      waiting += traceLine(event);
      if (waiting.length > waitingMost) flush();
      if (keepTrace) events.push(event);
    },
    hash: () => {
      flush();
      return hash.digest('hex');
    },
    events,
  };
}
