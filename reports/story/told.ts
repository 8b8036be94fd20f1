/** The trace with the places that everything else of a story looks for: actions, steps, tasks, and the seam between twins. */
import type { Step } from '../../properties/scripts/script.ts';
import type { TracedAction, TraceEvent } from '../../properties/trace.ts';

export interface Told {
  readonly event: TraceEvent;
  /** Null for what is none of the model's: steps, tasks. */
  readonly action: TracedAction | null;
  /** The step that begins here; null elsewhere. */
  readonly begins: Step | null;
  /** The label of the task that begins here. */
  readonly task: string | null;
  /** 0, or 1 in the second run of a relation, whose connections and steps count anew. */
  readonly twin: number;
}

export function readTrace(trace: readonly TraceEvent[]): readonly Told[] {
  let twin = 0;
  return trace.map((event): Told => {
    if (event.event === 'twin') twin += 1;
    return {
      event,
      action: event.event === 'action' ? event.action : null,
      begins: event.event === 'step' ? event.taken : null,
      task: event.event === 'task' ? event.label : null,
      twin,
    };
  });
}
