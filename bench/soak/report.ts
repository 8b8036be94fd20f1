/** The tables of a soak. */
import { type Columns, tableOf } from '../../cli/programs/program.ts';
import { sayNumber } from '../../reports/terminal/text.ts';
import type { PublishedOutcome } from './beside/carry-out.ts';
import { megabytes, type Outcome, referenceOf } from './carry-out.ts';
import type { DecoderTally } from './fuzz/decoders.ts';

const columns: Columns = {
  attack: 'left',
  'how it ended': 'left',
  'slowest honest write, ms': 'right',
  'longest stall, ms': 'right',
  'of CPU': 'right',
  'of the reference, %': 'right',
  'heap before → after, MB': 'right',
  'held, MB': 'right',
  'at most, MB': 'right',
  'dearest, comparisons': 'right',
  'key fetches': 'right',
};
const howMost = 78;

function rowOf({ name, how, measured }: Outcome): readonly string[] {
  const told = how.length > howMost ? `${how.slice(0, howMost - 1)}…` : how;
  if (measured === undefined) return [name, told, ...Array.from({ length: 9 }, () => '–')];
  const { slowestHonestMs, before, during, after } = measured;
  return [
    name,
    told,
    slowestHonestMs.toFixed(0),
    during.stallMs.toFixed(0),
    during.stallCpuMs.toFixed(0),
    ((100 * during.stallCpuMs) / referenceOf(before, during)).toFixed(0),
    `${megabytes(before.heapBytes)} → ${megabytes(after.heapBytes)}`,
    megabytes(during.heapBytes - before.heapBytes),
    megabytes(during.peakBytes),
    sayNumber(during.dearest.comparisons),
    `${during.keyFetches}`,
  ];
}

export function attackTable(outcomes: readonly Outcome[]): string {
  return tableOf(columns, outcomes.map(rowOf));
}

/** Ours and the published server, by the figures that both have. */
export function besideTable(outcomes: readonly Outcome[], beside: ReadonlyMap<string, PublishedOutcome>): string {
  const heads: Columns = {
    attack: 'left',
    'ours: stall of CPU, ms': 'right',
    'held, MB': 'right',
    honest: 'left',
    'published: stall of CPU, ms': 'right',
    'held there, MB': 'right',
    'honest there': 'left',
    'how it ended there': 'left',
  };
  return tableOf(
    heads,
    outcomes.map(({ name, measured }) => [name, ...ourCells(measured), ...publishedCells(beside.get(name))]),
  );
}

function sayHonest(isLost: boolean): string {
  return isLost ? 'lost its connection' : 'kept its connection';
}

function ourCells(measured: Outcome['measured']): readonly string[] {
  if (measured === undefined) return ['–', '–', '–'];
  const { before, during, losses } = measured;
  return [during.stallCpuMs.toFixed(0), megabytes(during.heapBytes - before.heapBytes), sayHonest(losses > 0)];
}

function publishedCells(outcome: PublishedOutcome | undefined): readonly string[] {
  if (outcome === undefined) return ['–', '–', '–', 'not carried out'];
  switch (outcome.outcome) {
    case 'not applicable':
      return ['–', '–', '–', `not applicable: ${outcome.why}`];
    case 'gone':
      return ['–', '–', '–', outcome.how];
    case 'measured': {
      const { before, during, isHonestLost, how } = outcome;
      return [during.stallCpuMs.toFixed(0), megabytes(during.heapBytes - before.heapBytes), sayHonest(isHonestLost), how];
    }
  }
}

export function decoderTable(tallies: readonly DecoderTally[]): string {
  return tableOf(
    { decoder: 'left', frames: 'right', 'still lawful': 'right', 'slowest, ms of CPU': 'right', failures: 'right' },
    tallies.map(({ side, frames, lawful, slowestMs, failures }) => [
      `of frames by a ${side}`,
      sayNumber(frames),
      sayNumber(lawful),
      slowestMs.toFixed(1),
      `${failures.length}`,
    ]),
  );
}
