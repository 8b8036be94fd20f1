/** The summary of a simulation: the verdict first, then the figures, one a line. */
import type { Simulation, Verdict } from '../../properties/simulate/simulation.ts';
import { coverageLines, type ExpectedCoverage } from './coverage.ts';
import type { Style } from './style.ts';
import { paragraph, sayCount, sayDuration, sayNumber, sayShare } from './text.ts';

export interface SummaryInput {
  readonly simulation: Simulation;
  readonly verdict: Verdict;
  readonly expectedCoverage: ExpectedCoverage;
  /** Script steps that were executed, for the share of those skipped. */
  readonly scriptSteps: number;
}

export function summaryText(input: SummaryInput, style: Style, widthColumns: number): string {
  const labelColumns = 14;
  const rows = [...figures(input), ...coverageLines(input.simulation.coverage, input.expectedCoverage).map(coverageRow)];
  const lines = rows.map(([label, text]) =>
    paragraph(text, widthColumns, `  ${style.dim(label.padEnd(labelColumns))}`, ' '.repeat(labelColumns + 2)),
  );
  const notes = notesOf(input.simulation).map((note) => paragraph(note, widthColumns, `${style.unsure('  ! ')}`, '    '));
  return [verdictLine(input, style), '', ...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}

const groupNames: Readonly<Record<string, string>> = {
  rule: 'rules',
  step: 'step kinds',
  task: 'tasks',
  heard: 'heard',
  received: 'received',
  close: 'closes',
  status: 'statuses',
  saw: 'observed',
  callback: 'in callbacks',
  input: 'bad input',
  state: 'status×event',
  pair: 'faults struck',
  relation: 'relations',
  'twin-step': 'twins’ steps',
  'twin-skipped': 'twins skipped',
  allowed: 'allowed sets',
  milestone: 'milestones',
  skipped: 'skipped kinds',
  'advance cut short': 'cut short',
};

function coverageRow(line: { readonly group: string; readonly text: string }): readonly [string, string] {
  return [groupNames[line.group] ?? line.group, line.text];
}

function verdictLine({ simulation, verdict }: SummaryInput, style: Style): string {
  const runs = sayCount(simulation.runs, 'run');
  switch (verdict) {
    case 'held':
      return `${style.good(style.bold('HELD'))}  ${runs}, ${simulation.leftOut > 0 ? 'no failure that counts' : 'every property held'}`;
    case 'failed':
      return `${style.bad(style.bold('FAILED'))}  ${sayCount(simulation.failed, 'run')} of ${sayNumber(simulation.runs)}, ${sayCount(
        simulation.failures.length,
        'class of failure',
        'classes of failure',
      )}`;
    case 'undecided':
      return `${style.unsure(style.bold('COULD NOT DECIDE'))}  ${runs} without a failure, but ${whyUndecided(simulation)}`;
  }
}

function whyUndecided(simulation: Simulation): string {
  if (simulation.undecidedRuns > 0) return `${sayCount(simulation.undecidedRuns, 'run')} gave no result`;
  if (simulation.leftOpen > 0) return `${sayCount(simulation.leftOpen, 'worker')} left something open`;
  return 'interrupted before the end';
}

function figures({ simulation, scriptSteps }: SummaryInput): readonly (readonly [string, string])[] {
  const seconds = Math.max(simulation.seconds, 0.001);
  const { steps, commands, skipped } = simulation;
  const twice = simulation.twice ? ', each twice, traces compared' : '';
  const shrinking = simulation.failures.length > 0 ? `, and ${sayDuration(simulation.shrinkSeconds)} of shrinking` : '';
  return [
    ['seed', String(simulation.seed)],
    ['system', simulation.world + (simulation.faultName === null ? '' : `, with the fault "${simulation.faultName}"`)],
    ['runs', `${sayNumber(simulation.runs)}${twice}${simulation.end === 'interrupted' ? ', then interrupted' : ''}`],
    ['time', `${sayDuration(simulation.seconds)} on ${sayCount(simulation.workers, 'worker')}${shrinking}`],
    ['steps', `${sayNumber(steps)}, ${sayNumber(steps / seconds)} a second`],
    ['commands', `${sayNumber(commands)}, ${sayShare(commands, steps)} of the steps`],
    ['skipped', `${sayNumber(skipped)}, ${sayShare(skipped, skipped + scriptSteps)} of the script steps`],
    ['trace hash', simulation.traceHash],
  ];
}

function sayOthers(count: number): string {
  return count === 0 ? '' : ` and ${sayCount(count, 'other')}`;
}

function notesOf(simulation: Simulation): readonly string[] {
  const { undecided, undecidedRuns, leftOut, leftOpen } = simulation;
  const told = undecided.map(({ firstRun, count, why }) => `run ${firstRun}${sayOthers(count - 1)} could not be decided: ${why}`);
  const untold = undecidedRuns - undecided.reduce((sum, { count }) => sum + count, 0);
  const more = untold > 0 ? [`${sayCount(untold, 'other run')} could not be decided, for other reasons`] : [];
  const left = leftOut > 0 ? [`${sayCount(leftOut, 'run')} ended by failures that --only leaves out`] : [];
  const open = leftOpen > 0 ? [`${sayCount(leftOpen, 'worker')} did not end by itself: something was left open`] : [];
  return [...told, ...more, ...left, ...open];
}
