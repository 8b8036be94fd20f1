/** Which strategy finds which fault first: the runs that each needed, as the rows of a table. */
import { type FaultResult, median, medianRuns } from './verdict.ts';

/** The results of one strategy, in the order of the faults. */
export interface Compared {
  readonly strategy: string;
  readonly results: readonly FaultResult[];
}

export interface Comparison {
  /** The fault, its rule, the runs of each strategy, the strategies that needed fewest. */
  readonly rows: readonly (readonly string[])[];
  /** A line for each strategy. */
  readonly totals: readonly string[];
}

export function compareStrategies(compared: readonly Compared[]): Comparison {
  const faults = (compared[0]?.results ?? []).flatMap(({ fault, canary }, index) => (canary ? [] : [{ fault, index }]));
  const runsOf = ({ results }: Compared, index: number): number => {
    const result = results[index];
    return result === undefined ? Number.POSITIVE_INFINITY : medianRuns(result.hunts);
  };
  const rows = faults.map(({ fault, index }) => {
    const runs = compared.map((one) => runsOf(one, index));
    const fewest = Math.min(...runs);
    const first = compared.filter((_, place) => runs[place] === fewest && Number.isFinite(fewest));
    return [fault.name, fault.rule, ...runs.map(sayRuns), first.map(({ strategy }) => strategy).join(' ') || 'none'];
  });
  const totals = compared.map((one) => {
    const runs = faults.map(({ index }) => runsOf(one, index));
    const found = runs.filter(Number.isFinite).length;
    const first = rows.filter((row) => row.at(-1) === one.strategy).length;
    return `${one.strategy}: ${found} of ${faults.length} found, median ${sayRuns(median(runs))} runs, first alone for ${first}`;
  });
  return { rows, totals };
}

function sayRuns(runs: number): string {
  return Number.isFinite(runs) ? String(runs) : '–';
}
