/** What the hunts came to, as a table for people. */

import type { Kept } from '../../properties/faults/keep.ts';
import { type FaultResult, median, medianRuns, medianSteps, mediansOf, verdictOf } from '../../properties/faults/verdict.ts';
import { sayDuration, sayNumber } from '../../reports/terminal/text.ts';
import { type Columns, tableOf } from './program.ts';

const names = { fault: 'left', rule: 'left', 'found by': 'left' } as const;
const columns: Columns = { ...names, runs: 'right', steps: 'right', seconds: 'right', '': 'left' };

export function huntText(results: readonly FaultResult[], seconds: number, complaints: readonly string[]): string {
  const faults = results.filter((result) => !result.canary);
  const found = faults.filter((result) => verdictOf(result) !== 'survived');
  const longest = Math.max(0, ...found.flatMap((result) => result.hunts.map((done) => done.steps ?? 0)));
  const medians = mediansOf(results);
  return [
    tableOf(columns, results.map(row)),
    '',
    `${found.length} of ${faults.length} faults found, ${results.length - faults.length} canaries, ${sayDuration(seconds)}`,
    `median over the faults: ${sayFigure(medians.runs)} runs, ${sayFigure(medians.steps)} steps; longest script: ${longest} steps`,
    ...(complaints.length === 0 ? ['The suite has teeth.'] : complaints),
  ].join('\n');
}

export function keptText({ written, removed, without }: Kept): string {
  const lines = [
    `${sayNumber(written)} scripts kept in properties/corpus/planted/`,
    ...removed.map((name) => `removed, since its fault is gone: ${name}`),
    ...without.map((name) => `not kept, since no script shows it alone: ${name}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Runs, steps and seconds are medians over the seeds. */
function row(result: FaultResult): readonly string[] {
  const { fault, hunts } = result;
  const foundBy = [...new Set(hunts.flatMap((done) => (done.foundBy === null ? [] : [done.foundBy])))].sort();
  const verdict = verdictOf(result);
  return [
    fault.name,
    fault.rule,
    foundBy.join(' ') || '–',
    sayFigure(medianRuns(hunts)),
    sayFigure(medianSteps(hunts)),
    median(hunts.map((done) => done.seconds)).toFixed(1),
    verdict === 'found' ? '' : verdict === 'alive' ? 'canary, alive' : `✗ ${verdict}`,
  ];
}

function sayFigure(value: number): string {
  return Number.isFinite(value) ? (Number.isInteger(value) ? sayNumber(value) : value.toFixed(1)) : '–';
}
