/** The trace read: each event with the action or the step that it stands for. Everything else of a story is drawn from this. */
import type { Action } from '../../model/actions.ts';
import type { Script, Step } from '../../properties/scripts/script.ts';
import { sayStep } from '../../properties/scripts/words.ts';
import type { TraceEvent } from '../../properties/trace.ts';
import { readAction } from './read-action.ts';

export interface Told {
  readonly event: TraceEvent;
  /** Null for what is none of the model's: steps, tasks, and what could not be read. */
  readonly action: Action | null;
  /** The step that begins here; null elsewhere, and where the run played other steps than the script's own (a twin). */
  readonly begins: Step | null;
  /** The label of the task that begins here. */
  readonly task: string | null;
  /** 0, or 1 in the second run of a relation, whose connections and steps count anew. */
  readonly twin: number;
}

export function readTrace(script: Script, trace: readonly TraceEvent[]): readonly Told[] {
  let twin = 0;
  return trace.map((event): Told => {
    if (event.event === 'twin') twin += 1;
    return {
      event,
      action: isOwnWord(event.event) ? null : readAction(event),
      begins: event.event === 'step' ? stepOf(script, event) : null,
      task: event.event === 'task' ? event.detail : null,
      twin,
    };
  });
}

function isOwnWord(event: string): boolean {
  return ['step', 'skip', 'task', 'cut short', 'failed', 'twin'].includes(event);
}

function stepOf(script: Script, event: TraceEvent): Step | null {
  const step = script.steps[event.step];
  return step !== undefined && sayStep(step) === event.detail ? step : null;
}
