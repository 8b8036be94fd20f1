/** The summary of a simulation: the verdict first, then the figures, one a line, then what was explored as a table. */
import { type Figure, figuresOf, notesOf, sayVerdict, verdictWords } from '../explored/figures.ts';
import type { SimulationReport } from '../explored/report.ts';
import { type CoverageTable, coverageLines, coverageListing, coverageTable } from './coverage.ts';
import { knownTable } from './known.ts';
import { figureLine, labelColumns, noteLines, verdictLine } from './verdict-lines.ts';

export type SummaryInput = Pick<SimulationReport, 'simulation' | 'verdict' | 'expectedCoverage' | 'scriptSteps'>;

export interface SummaryForm extends CoverageTable {
  /** Every cell of what was explored, with its count, and every known deviation that showed. */
  readonly verbose: boolean;
  /** Where the page with the plots lies. */
  readonly page?: string | undefined;
}

export function summaryText(input: SummaryInput, form: SummaryForm): string {
  const { style, widthColumns } = form;
  const { coverage } = input.simulation;
  const listing = form.verbose ? [coverageListing(coverage, input.expectedCoverage, style, widthColumns), ''] : [];
  const rows: readonly Figure[] = [...coverageLines(coverage), ...(form.page === undefined ? [] : [['plots', form.page] satisfies Figure])];
  const known = knownTable(input.simulation, widthColumns, form.verbose);
  const parts = [
    verdictLine(input.verdict, verdictWords[input.verdict], sayVerdict(input.simulation, input.verdict), style, widthColumns),
    '',
    ...figuresOf(input.simulation, input.scriptSteps).map((figure) => figureLine(shortened(figure, widthColumns), style, widthColumns)),
    '',
    ...(known === '' ? [] : [known, '']),
    coverageTable(coverage, input.expectedCoverage, form),
    '',
    ...listing,
    ...rows.map((row) => figureLine(row, style, widthColumns)),
    ...noteLines(notesOf(input.simulation), style, widthColumns),
    '',
  ];
  return parts.join('\n');
}

/** A hash would be broken in the middle on a narrow terminal; its beginning is enough to compare by eye, and the JSON has all of it. */
function shortened([label, text]: Figure, widthColumns: number): Figure {
  const room = widthColumns - labelColumns - 2;
  return [label, !text.includes(' ') && text.length > room ? `${text.slice(0, Math.max(8, room - 1))}…` : text];
}
