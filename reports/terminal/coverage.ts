/** What was explored, for the terminal: a table that is read at a glance, and a listing of every cell for whoever wants all. */
import {
  allowedSizes,
  type Counts,
  commonestOf,
  type ExpectedCoverage,
  type Family,
  familiesOf,
  membersOf,
  rarestOf,
  sayVisited,
  visitedOf,
} from '../explored/families.ts';
import type { Figure } from '../explored/figures.ts';
import { columnsOf, padEndColumns, padStartColumns } from './columns.ts';
import type { Style } from './style.ts';
import { broken, fitItems, paragraph, sayCount, sayNumber, sayShare, unbroken } from './text.ts';

export interface CoverageTable {
  readonly style: Style;
  readonly widthColumns: number;
  /** Bars beside the shares: for people at a terminal, not for logs. */
  readonly bars: boolean;
}

const barColumns = 10;
/** Below this, what is rare is left out, and what was never visited gets lines of its own. */
const leastNoteColumns = 24;
const gap = '  ';

/** A line a family: its name, how much of it was visited, and what was not, or else what was hardly. */
export function coverageTable(coverage: Counts, expected: ExpectedCoverage, table: CoverageTable): string {
  const families = familiesOf(coverage, expected).filter((family) => family.expected !== null);
  const titleColumns = Math.max(...families.map(({ title }) => columnsOf(title)), 'explored'.length);
  const visitedColumns = Math.max(...families.map((family) => sayVisited(family).length), 'visited'.length);
  const withoutBar = 2 + titleColumns + gap.length + visitedColumns + gap.length;
  const bars = table.bars && table.widthColumns - withoutBar - barColumns - gap.length >= leastNoteColumns;
  const noteColumns = table.widthColumns - withoutBar - (bars ? barColumns + gap.length : 0);
  const hasNotes = noteColumns >= leastNoteColumns;

  const head = [
    padEndColumns('explored', titleColumns),
    'visited'.padStart(visitedColumns),
    ...(bars ? [' '.repeat(barColumns)] : []),
    ...(hasNotes ? [noteColumns >= 40 ? 'never visited, or else the rarest' : 'never, or rarest'] : []),
  ].join(gap);
  const rows = families.flatMap((family): readonly string[] => {
    const whole = family.never.length === 0;
    const paint = whole ? table.style.good : table.style.unsure;
    const start = `${padEndColumns(family.title, titleColumns)}${gap}${padStartColumns(sayVisited(family), visitedColumns)}`;
    const drawn = bars ? `${gap}${paint(barOf(family))}` : '';
    if (hasNotes) return [`  ${start}${drawn}${gap}${sayNote(family, noteColumns, table.style)}`.trimEnd()];
    return [`  ${start}`, ...(whole ? [] : [`    ${sayNote(family, table.widthColumns - 4, table.style)}`])];
  });
  return [`  ${table.style.dim(head.trimEnd())}`, ...rows].join('\n');
}

function barOf(family: Family): string {
  const of = family.expected?.length ?? 0;
  const share = of === 0 ? 1 : visitedOf(family) / of;
  // A full bar says that nothing is missing, so it is never rounded up to.
  const full = share === 1 ? barColumns : Math.min(barColumns - 1, Math.round(share * barColumns));
  return '█'.repeat(full) + '░'.repeat(barColumns - full);
}

function sayNote({ never, cells }: Family, widthColumns: number, style: Style): string {
  if (never.length === 0) {
    const rarest = rarestOf(cells).slice(0, 3);
    return fitItems(
      rarest.map(({ name, count }) => `${name} ${sayNumber(count)}`),
      widthColumns,
    );
  }
  const names = fitItems(never, widthColumns - 'never '.length, (left) => ` +${sayNumber(left)}`);
  return `${style.unsure('never')} ${names === '' ? sayCount(never.length, 'cell') : names}`;
}

/** Texts with spaces that are not to be broken at (`text.ts`). What is no family with a share: sizes, what was skipped, time that was meant to flow and did not, and what relations compared. */
export function coverageLines(coverage: Counts): readonly Figure[] {
  const relations = membersOf(coverage, 'relation');
  const compared = relations.reduce((sum, { count }) => sum + count, 0);
  const ends = `${sayNumber(compared)} compared, ${sayCount(relations.length, 'kind of end', 'kinds of end')}`;
  const lines: readonly Figure[] = [
    ['allowed sets', sayShares(coverage)],
    ['relations', compared === 0 ? '' : ends],
    ['skipped kinds', sayCommonest(coverage, 'skipped')],
    ['twins skipped', sayCommonest(coverage, 'twin-skipped')],
    ['cut short', sayNumber(coverage['advance cut short'] ?? 0)],
  ];
  return lines.filter(([, text]) => text !== '');
}

/** `1: 90 %, 2: 8 %, 3–4: 2 %`. */
function sayShares(coverage: Counts): string {
  const sizes = allowedSizes(coverage);
  const whole = sizes.reduce((sum, { count }) => sum + count, 0);
  return sizes.map(({ name, count }) => unbroken(`${name}: ${sayShare(count, whole)}`)).join(', ');
}

/** `release 194, deliver 108, …`: the commonest first, and all of them, since skips are excuses. */
function sayCommonest(coverage: Counts, group: string): string {
  return commonestOf(membersOf(coverage, group))
    .map(({ name, count }) => unbroken(`${name} ${sayNumber(count)}`))
    .join(', ');
}

/** Every cell of every family with its count, and every one that was never visited. */
export function coverageListing(coverage: Counts, expected: ExpectedCoverage, style: Style, widthColumns: number): string {
  return familiesOf(coverage, expected)
    .map((family) => broken(listFamily(family, style, widthColumns)))
    .join('\n\n');
}

function listFamily(family: Family, style: Style, widthColumns: number): string {
  const counted = family.cells.map(({ name, count }) => unbroken(`${name} ${sayNumber(count)}`)).join(', ');
  return [
    `  ${style.bold(family.title)}  ${sayVisited(family)}`,
    ...(family.about === '' ? [] : [style.dim(paragraph(family.about, widthColumns, '    '))]),
    ...(family.never.length === 0
      ? []
      : [`    ${style.unsure('never')}  ${rest(paragraph(family.never.map(unbroken).join(', '), widthColumns, '    never  '))}`]),
    ...(counted === '' ? [] : [paragraph(counted, widthColumns, '    ')]),
  ].join('\n');
}

/** Without the label, which is painted apart. */
function rest(text: string): string {
  return text.slice('    never  '.length);
}
