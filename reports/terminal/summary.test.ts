import { describe, expect, test } from 'vitest';
import { failedReport, heldReport, knownReport } from '../explored/sample.test-data.ts';
import { columnsOf } from './columns.ts';
import { plainStyle, styleOf } from './style.ts';
import { type SummaryForm, summaryText } from './summary.ts';

function form(widthColumns: number, more: Partial<SummaryForm> = {}): SummaryForm {
  return { style: plainStyle, widthColumns, bars: false, verbose: false, page: 'reports/out/summary.html', ...more };
}

describe('the summary in the terminal', () => {
  test.each([40, 80, 120])('in %i columns', async (columns) => {
    await expect(summaryText(heldReport, form(columns, { bars: columns > 40 }))).toMatchFileSnapshot(`snapshots/held-${columns}.txt`);
    await expect(summaryText(failedReport, form(columns))).toMatchFileSnapshot(`snapshots/failed-${columns}.txt`);
    await expect(summaryText(knownReport, form(columns))).toMatchFileSnapshot(`snapshots/known-${columns}.txt`);
  });

  test('with every cell', async () => {
    await expect(summaryText(heldReport, form(80, { verbose: true }))).toMatchFileSnapshot('snapshots/verbose-80.txt');
  });

  test('fits into any width from 40 columns on, with colours or without', () => {
    const colours = styleOf({}, { FORCE_COLOR: '1' });
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'gu');
    for (let columns = 40; columns <= 120; columns += 5) {
      for (const report of [heldReport, failedReport, knownReport]) {
        const plain = summaryText(report, form(columns, { bars: true, verbose: true }));
        for (const line of plain.split('\n')) expect(columnsOf(line), line).toBeLessThanOrEqual(Math.max(columns, longestWord(line)));
        expect(summaryText(report, form(columns, { bars: true, verbose: true, style: colours })).replaceAll(escapes, '')).toBe(plain);
      }
    }
  });

  test('never says held of what was not decided', () => {
    const { simulation } = heldReport;
    const undecided = { ...simulation, undecidedRuns: 1, undecided: [{ firstRun: 4, count: 1, why: 'the worker died' }] };
    const text = summaryText({ ...heldReport, simulation: undecided, verdict: 'undecided' }, form(100));
    expect(text.split('\n')[0]).toBe('COULD NOT DECIDE  420 runs without a failure, but 1 run gave no result');
    expect(text).toContain('run 4 could not be decided: the worker died');
    const interrupted = summaryText({ ...heldReport, simulation: { ...simulation, end: 'interrupted' }, verdict: 'undecided' }, form(100));
    expect(interrupted).toContain('interrupted before the end');
  });

  test('hides no excuse: what was skipped, by kind, and what time was cut short', () => {
    const coverage = { 'skipped:cut': 2, 'skipped:release': 1_194, quiescence: 4, 'advance cut short': 3 };
    const text = summaryText({ ...heldReport, simulation: { ...heldReport.simulation, coverage } }, form(100));
    expect(text).toContain('skipped kinds release 1,194, cut 2');
    expect(text).toContain('cut short     3');
  });
});

/** A name that is longer than the width stands alone. */
function longestWord(line: string): number {
  return 6 + Math.max(...line.trim().split(', ').map(columnsOf));
}
