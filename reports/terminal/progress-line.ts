/** The line that tells how far a simulation is: pure, and as good as the width allows, down to 20 columns. */
import type { SimulationProgress } from '../../properties/simulate/simulation.ts';
import { sayCount, sayDuration, sayNumber } from './text.ts';

const leastBarColumns = 6;
const mostBarColumns = 30;
/** Runs, failures and time left: the bar goes before these do. */
const partsBeforeBar = 3;

export function progressLine(progress: SimulationProgress, widthColumns: number): string {
  const parts = progress.phase === 'running' ? runningParts(progress) : shrinkingParts(progress);
  const percent = `${String(Math.floor(progress.done * 100)).padStart(3)} %`;
  for (let kept = parts.length; kept > 0; kept -= 1) {
    const text = [percent, ...parts.slice(0, kept)].join('  ');
    const room = widthColumns - text.length - 3;
    if (room >= leastBarColumns) return `[${bar(progress.done, Math.min(room, mostBarColumns))}] ${text}`;
    if (kept <= partsBeforeBar && text.trim().length <= widthColumns) return text.trim();
  }
  return percent.trim().slice(0, widthColumns);
}

/** One line of a log: no bar. */
export function plainProgressLine(progress: SimulationProgress): string {
  const parts = progress.phase === 'running' ? runningParts(progress) : shrinkingParts(progress);
  return `${Math.floor(progress.done * 100)} %, ${parts.join(', ')}`;
}

/** The most telling first: the last ones go when the terminal is narrow. */
function runningParts(progress: SimulationProgress): readonly string[] {
  const seconds = Math.max(progress.seconds, 0.001);
  const left = progress.done > 0.01 ? [`${sayDuration((seconds * (1 - progress.done)) / progress.done)} left`] : [];
  return [
    sayCount(progress.runs, 'run'),
    progress.failed === 0 ? 'no failure' : `${sayNumber(progress.failed)} failed`,
    ...left,
    `${sayNumber(progress.runs / seconds)} runs/s`,
    `${sayNumber(progress.steps / seconds)} steps/s`,
  ];
}

function shrinkingParts(progress: SimulationProgress): readonly string[] {
  const sizes = progress.shrunkTo.filter((steps) => steps !== undefined);
  const reached = sizes.length === 0 ? [] : [`to ${sizes.join(', ')} ${sizes.length === 1 && sizes[0] === 1 ? 'step' : 'steps'}`];
  return ['shrinking', `${sayNumber(progress.failed)} failed`, ...reached];
}

function bar(done: number, columns: number): string {
  const full = Math.round(done * columns);
  return '█'.repeat(full) + '░'.repeat(columns - full);
}
