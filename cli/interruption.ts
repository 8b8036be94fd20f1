/** Long work that Ctrl-C, or another signal to end, ends with what there is, and a second one at once: by then nobody waits for a summary. */
import type { SimulationProgress } from '../properties/simulate/simulation.ts';
import { openProgress, type ProgressDisplay } from '../reports/terminal/progress.ts';
import type { ExitCode, Surroundings } from './verb.ts';

export interface Interruptible {
  readonly display: ProgressDisplay;
  readonly onProgress: (progress: () => SimulationProgress) => void;
  readonly signal: AbortSignal;
}

/** `atOnce` has the last word of a program that ends at once, by the progress that was told last; undefined: none was. */
export async function interruptibly<Result>(
  surroundings: Surroundings,
  atOnce: (progress: SimulationProgress | undefined) => ExitCode,
  work: (interruptible: Interruptible) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const display = openProgress(surroundings.err, surroundings.environment);
  let last: (() => SimulationProgress) | undefined;
  const stopListening = surroundings.onInterrupt(() => {
    if (interruption.signal.aborted) {
      display.end();
      process.exit(atOnce(last?.()));
    }
    display.say('lockstep: ending with what there is; once more ends it at once');
    interruption.abort();
  });
  const onProgress = (progress: () => SimulationProgress): void => {
    last = progress;
    display.update(progress);
  };
  try {
    return await work({ display, onProgress, signal: interruption.signal });
  } finally {
    stopListening();
    display.end();
  }
}
