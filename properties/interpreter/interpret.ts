/** Executes one script on one world: its steps, fairly or as a strategy orders them, then the ending. */
import type { Script } from '../scripts/script.ts';
import { performStep, type Step } from '../steps/index.ts';
import { farewell, heal } from './ending.ts';
import { quiesce } from './quiescence.ts';
import type { Stage, Tally } from './run-context.ts';
import { restless, tasksPerStepMost } from './schedule.ts';
import type { Strategy } from './strategies.ts';

export async function interpret(stage: Stage, script: Script): Promise<Tally> {
  const tally: Tally = { steps: 0, commands: 0, skipped: 0 };
  await quiesce(stage);
  const { strategy } = stage;
  if (strategy === null) await playFairly(stage, script, tally);
  else await play(strategy, stage, script, tally);
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

/**
 * Steps are taken and tasks run one move at a time. What is demanded at quiescence is demanded whenever the moves happen
 * to lead there, and at the end.
 */
async function play(strategy: Strategy, stage: Stage, { steps }: Script, tally: Tally): Promise<void> {
  let taken = 0;
  let isJudged = true;
  let moved = 0;
  while (stage.judge.failure() === null) {
    const tasks = stage.schedule.enabled();
    if (tasks.length === 0 && !isJudged) {
      await quiesce(stage);
      isJudged = true;
      moved = 0;
      continue;
    }
    moved += 1;
    if (moved > tasksPerStepMost) stage.judge.tell(restless(moved, tasks[0]?.label ?? 'a step'));
    const move = strategy.next({ tasks, script: taken < steps.length });
    switch (move.move) {
      case 'end':
        await quiesce(stage);
        return;
      case 'settle':
        await quiesce(stage);
        isJudged = true;
        moved = 0;
        continue;
      case 'task':
        await stage.schedule.runOne(move.label);
        break;
      case 'step': {
        const step = move.step ?? steps[taken];
        if (step === undefined) throw new RangeError('the script has no step left');
        await takeStep(stage, step, taken, tally);
        taken += 1;
        break;
      }
    }
    isJudged = false;
  }
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
