/** A share of the runs is ordered by priorities: another way to reach interleavings than the deviations that steps spell out. */
import type { Chance } from '../generation/chance.ts';
import type { Script } from '../scripts/script.ts';

const shareByPriorities = 20;
const mostChangePoints = 3;
/** About as many moves as scripts of the generator make. */
const movesPerStep = 5;
const mostSeed = 9_999;

/** `mixed`: each run draws its own way. `sequential`: fair, and nothing at once (`sequential.ts`). */
export type Schedules = 'mixed' | 'fair' | 'priorities' | 'sequential';

/** Drawn last, so that the steps are those of the fair run. */
export function withDrawnSchedule(chance: Chance, script: Script, schedules: Schedules = 'mixed'): Script {
  const isDrawn = chance.percent(shareByPriorities);
  return schedules === 'priorities' || (schedules === 'mixed' && isDrawn) ? byPriorities(chance, script) : script;
}

function byPriorities(chance: Chance, script: Script): Script {
  const moves = Math.max(1, script.steps.length * movesPerStep);
  const points = Array.from({ length: chance.integer(0, mostChangePoints) }, () => chance.integer(1, moves));
  const changePoints = [...new Set(points)].sort((left, right) => left - right);
  const schedule = { kind: 'priorities', seed: chance.integer(0, mostSeed), changePoints } as const;
  return { ...script, profile: `${script.profile}, by priorities`, configuration: { ...script.configuration, schedule } };
}
