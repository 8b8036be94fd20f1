/** The summary of a simulation: the verdict first, then the figures, one a line, then what was explored as a table. */
import type { Simulation, Verdict } from '../../properties/simulate/simulation.ts';
import { type Figure, figuresOf, notesOf, sayVerdict, verdictWords } from '../explored/figures.ts';
import { coverageLines, coverageListing, coverageTable, type ExpectedCoverage } from './coverage.ts';
import { knownTable } from './known.ts';
import type { Style } from './style.ts';
import { broken, paragraph } from './text.ts';

export interface SummaryInput {
  readonly simulation: Simulation;
  readonly verdict: Verdict;
  readonly expectedCoverage: ExpectedCoverage;
  /** Script steps that were executed, for the share of those skipped. */
  readonly scriptSteps: number;
}

export interface SummaryForm {
  readonly style: Style;
  readonly widthColumns: number;
  /** Bars beside the shares: for people at a terminal, not for logs. */
  readonly bars: boolean;
  /** Every cell of what was explored, with its count, and every known deviation that showed. */
  readonly verbose: boolean;
  /** Where the page with the plots lies. */
  readonly page?: string | undefined;
}

const labelColumns = 14;

export function summaryText(input: SummaryInput, form: SummaryForm): string {
  const { style, widthColumns } = form;
  const { coverage } = input.simulation;
  const listing = form.verbose ? [coverageListing(coverage, input.expectedCoverage, style, widthColumns), ''] : [];
  const notes = notesOf(input.simulation).map((note) => paragraph(note, widthColumns, '  ! ').replace('!', style.unsure('!')));
  const rows: readonly Figure[] = [
    ...coverageLines(coverage).map(({ label, text }): Figure => [label, text]),
    ...(form.page === undefined ? [] : [['plots', form.page] satisfies Figure]),
  ];
  const known = knownTable(input.simulation, widthColumns, form.verbose);
  const parts = [
    verdictLine(input, form),
    '',
    ...figuresOf(input.simulation, input.scriptSteps).map((figure) => sayRow(shortened(figure, widthColumns), form)),
    '',
    ...(known === '' ? [] : [known, '']),
    coverageTable(coverage, input.expectedCoverage, form),
    '',
    ...listing,
    ...rows.map((row) => sayRow(row, form)),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ];
  return parts.join('\n');
}

function sayRow([label, text]: Figure, { style, widthColumns }: SummaryForm): string {
  const start = `  ${label.padEnd(labelColumns)}`;
  return `  ${style.dim(label.padEnd(labelColumns))}${broken(paragraph(text, widthColumns, start)).slice(start.length)}`.trimEnd();
}

function verdictLine({ simulation, verdict }: SummaryInput, { style, widthColumns }: SummaryForm): string {
  const start = `${verdictWords[verdict]}  `;
  const text = paragraph(sayVerdict(simulation, verdict), widthColumns, start).slice(start.length);
  return `${paint(verdict, style)(style.bold(verdictWords[verdict]))}  ${text}`;
}

function paint(verdict: Verdict, style: Style): (text: string) => string {
  switch (verdict) {
    case 'held':
      return style.good;
    case 'failed':
      return style.bad;
    case 'undecided':
      return style.unsure;
  }
}

/** A hash would be broken in the middle on a narrow terminal; its beginning is enough to compare by eye, and the JSON has all of it. */
function shortened([label, text]: Figure, widthColumns: number): Figure {
  const room = widthColumns - labelColumns - 2;
  return [label, !text.includes(' ') && text.length > room ? `${text.slice(0, Math.max(8, room - 1))}…` : text];
}
