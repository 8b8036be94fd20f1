/**
 * Plays a script under a strategy: steps are taken and tasks run one move at a time. What is demanded at quiescence is
 * demanded whenever the moves happen to lead there, and at the end.
 */
import type { Step } from '../scripts/script.ts';
import type { Task } from '../worlds/world.ts';
import { Undecided } from './schedule.ts';
import type { Strategy } from './strategies.ts';

export interface Moves {
  readonly isOver: () => boolean;
  /** Tasks that are not held, sorted by label. */
  readonly enabled: () => readonly Task[];
  readonly runTask: (label: string) => Promise<unknown>;
  readonly takeStep: (step: Step, index: number) => Promise<unknown>;
  /** Runs what is left to run, fairly, and demands exact equality. */
  readonly quiesce: () => Promise<void>;
}

/** More moves than this between two quiescences and the run is given up as undecided. */
const movesMost = 20_000;

export async function play(strategy: Strategy, steps: readonly Step[], moves: Moves): Promise<void> {
  let taken = 0;
  let isJudged = true;
  let moved = 0;
  while (!moves.isOver()) {
    const tasks = moves.enabled();
    if (tasks.length === 0 && !isJudged) {
      await moves.quiesce();
      isJudged = true;
      moved = 0;
      continue;
    }
    moved += 1;
    if (moved > movesMost) throw new Undecided(`more than ${movesMost} moves without quiescence`);
    const move = strategy.next({ tasks, script: taken < steps.length });
    switch (move.move) {
      case 'end':
        await moves.quiesce();
        return;
      case 'settle':
        await moves.quiesce();
        isJudged = true;
        moved = 0;
        continue;
      case 'task':
        await moves.runTask(move.label);
        break;
      case 'step': {
        const step = move.step ?? steps[taken];
        if (step === undefined) throw new RangeError('the script has no step left');
        await moves.takeStep(step, taken);
        taken += 1;
        break;
      }
    }
    isJudged = false;
  }
}
