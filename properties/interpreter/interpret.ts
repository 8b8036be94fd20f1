/** Executes one script on one world: its steps, fairly or as a strategy orders them, then the ending. */
import type { Script } from '../scripts/script.ts';
import { performStep, type Step } from '../steps/index.ts';
import { farewell, heal } from './ending.ts';
import { type Moves, play } from './play.ts';
import { quiesce } from './quiescence.ts';
import type { Stage, Tally } from './run-context.ts';

export async function interpret(stage: Stage, script: Script): Promise<Tally> {
  const tally: Tally = { steps: 0, commands: 0, skipped: 0 };
  await quiesce(stage);
  const { strategy } = stage;
  if (strategy === null) await playFairly(stage, script, tally);
  else await play(strategy, script.steps, movesOf(stage, tally));
  stage.judge.at(script.steps.length);
  if (stage.judge.failure() === null && !stage.endsAsItStands) await heal(stage);
  if (stage.judge.failure() === null && !stage.endsAsItStands) await farewell(stage);
  tally.steps += stage.schedule.executed();
  return tally;
}

async function playFairly(stage: Stage, script: Script, tally: Tally): Promise<void> {
  for (const [index, step] of script.steps.entries()) {
    if (stage.judge.failure() !== null) return;
    if (await takeStep(stage, step, index, tally)) await quiesce(stage);
  }
}

function movesOf(stage: Stage, tally: Tally): Moves {
  const { judge, schedule } = stage;
  return {
    isOver: () => judge.failure() !== null,
    enabled: schedule.enabled,
    runTask: schedule.runOne,
    takeStep: (step, index) => takeStep(stage, step, index, tally),
    quiesce: () => quiesce(stage),
  };
}

/** Whether the step meant anything now. */
async function takeStep(stage: Stage, step: Step, index: number, tally: Tally): Promise<boolean> {
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
