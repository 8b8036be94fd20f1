/** The line that tells how far a simulation is: pure, and as good as the width allows, down to 20 columns. */
import type { SimulationProgress } from '../../properties/simulate/simulation.ts';
import { sayCount, sayDuration, sayNumber } from './text.ts';

const leastBarColumns = 6;
const mostBarColumns = 30;
/** Runs, failures and time left: the bar goes before these do. */
const partsBeforeBar = 3;

export function progressLine(progress: SimulationProgress, widthColumns: number): string {
  const parts = partsOf(progress);
  if (progress.phase === 'corpus') return firstThatFit(parts, widthColumns);
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
  const said = partsOf(progress).join(', ');
  return progress.phase === 'corpus' ? said : `${Math.floor(progress.done * 100)} %, ${said}`;
}

function partsOf(progress: SimulationProgress): readonly string[] {
  switch (progress.phase) {
    case 'corpus':
      return corpusParts(progress);
    case 'running':
      return runningParts(progress);
    case 'shrinking':
      return shrinkingParts(progress);
  }
}

/** Neither bar nor share: those are of the runs, which are not begun. */
function corpusParts({ corpus }: SimulationProgress): readonly string[] {
  const { scripts, done, failed } = corpus;
  return ['corpus', `${sayNumber(done)} of ${sayNumber(scripts)}`, failed === 0 ? 'no failure' : `${sayNumber(failed)} failed`];
}

function firstThatFit(parts: readonly string[], widthColumns: number): string {
  let text = '';
  for (const part of parts) {
    const longer = text === '' ? part : `${text}  ${part}`;
    if (longer.length > widthColumns) break;
    text = longer;
  }
  return text;
}

/** The most telling first: the last ones go when the terminal is narrow. */
function runningParts(progress: SimulationProgress): readonly string[] {
  const seconds = Math.max(progress.seconds, 0.001);
  const left = progress.done > 0.01 ? [`${sayDuration((seconds * (1 - progress.done)) / progress.done)} left`] : [];
  return [
    sayCount(progress.runs, 'run'),
    sayFailed(progress),
    ...left,
    `${sayNumber(progress.runs / seconds)} runs/s`,
    `${sayNumber(progress.steps / seconds)} steps/s`,
  ];
}

function shrinkingParts(progress: SimulationProgress): readonly string[] {
  const sizes = progress.shrunkTo.filter((steps) => steps !== undefined);
  const reached = sizes.length === 0 ? [] : [`to ${sizes.join(', ')} ${sizes.length === 1 && sizes[0] === 1 ? 'step' : 'steps'}`];
  return ['shrinking', sayFailed(progress), ...reached];
}

function sayFailed({ failed, corpus }: SimulationProgress): string {
  if (corpus.failed === 0) return failed === 0 ? 'no failure' : `${sayNumber(failed)} failed`;
  const ofCorpus = `${sayNumber(corpus.failed)} of the corpus`;
  return failed === 0 ? `${ofCorpus} failed` : `${sayNumber(failed)} and ${ofCorpus} failed`;
}

function bar(done: number, columns: number): string {
  const full = Math.round(done * columns);
  return '█'.repeat(full) + '░'.repeat(columns - full);
}
