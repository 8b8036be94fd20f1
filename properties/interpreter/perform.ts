/** Takes one step of a script: commands are issued, faults happen, time flows. */
import { performStep, type Step } from '../steps/index.ts';
import type { Stage, Tally } from './run-context.ts';

/** Whether the step meant anything now. */
export async function takeStep(stage: Stage, step: Step, index: number, tally: Tally): Promise<boolean> {
  const { judge, coverage, recorder, world } = stage;
  judge.at(index);
  recorder.record({ step: index, atMs: world.now(), event: 'step', taken: step });
  const before = judge.state();
  const commands = await performStep(stage.performing, step);
  if (commands === null) {
    tally.skipped += 1;
    coverage.skipped(step);
    recorder.record({ step: index, atMs: world.now(), event: 'skip', skipped: step.do });
    return false;
  }
  tally.steps += 1;
  tally.commands += commands;
  coverage.step(step, before);
  judge.tell({ kind: 'taskEnded' });
  return true;
}
