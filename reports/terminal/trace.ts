/**
 * A trace, one event a line in fixed columns under a legend. The first four columns hold no spaces, so that `grep` and
 * `awk` can tell them apart; the last is free text, cut to the width only where somebody reads it on a terminal.
 */
import type { TraceEvent } from '../../properties/trace.ts';
import { processOf, textOf } from '../../properties/trace-line.ts';
import { sayExactly, wordOf, wordsThatOccur } from '../events/catalogue.ts';
import { type Seen, sayDifference, seenAt } from '../events/quiescence.ts';
import type { Style } from './style.ts';
import { cutTo, paragraph } from './text.ts';

export interface TraceLook {
  readonly style: Style;
  /** Details are cut to fit; null: never. */
  readonly widthColumns: number | null;
  /** The number of steps of the script: what happens after the last of them is told as the end. */
  readonly steps: number;
}

interface Line {
  /** The event that showed the divergence. */
  readonly isMarked: boolean;
  readonly cells: readonly [step: string, time: string, process: string, event: string];
  readonly detail: string;
  readonly kind: 'heading' | 'quiet' | 'failed' | 'plain';
}

const titles = ['step', 'time', 'process', 'event'] as const;

export function traceText(trace: readonly TraceEvent[], look: TraceLook): string {
  const lines = linesOf(trace, look.steps);
  const widths = titles.map((title, column) => Math.max(title.length, ...lines.map(({ cells }) => cells[column]?.length ?? 0)));
  const row = (cells: Line['cells'], detail: string): string =>
    cutTo(`${pad(cells, widths)}  ${detail}`.trimEnd(), look.widthColumns ?? Number.POSITIVE_INFINITY);
  return [
    legend(trace, look),
    '',
    look.style.bold(row(titles, 'detail')),
    ...lines.map((line) => paint(line, row(line.cells, line.detail), look.style)),
  ].join('\n');
}

/** Numbers to the right, words to the left. */
function pad(cells: Line['cells'], widths: readonly number[]): string {
  return cells.map((cell, column) => (column < 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ');
}

function linesOf(trace: readonly TraceEvent[], steps: number): readonly Line[] {
  const marked = placeOfDivergence(trace);
  let seen: Seen | null = null;
  const detailOf = (event: TraceEvent): string => {
    if (event.event === 'twin') seen = null;
    if (event.event !== 'action') return textOf(event);
    if (event.action.kind !== 'quiescent') return sayExactly(event.action);
    const before = seen;
    seen = seenAt(event.action.quiescence);
    return sayDifference(before, seen);
  };
  return trace.map((event, index) => ({
    isMarked: index === marked,
    cells: [`${index === marked ? '›' : ''}${sayStepNumber(event.step, steps)}`, String(event.atMs), processOf(event), wordOf(event).word],
    detail: detailOf(event).replaceAll(/\s+/gu, ' '),
    kind: kindOf(event),
  }));
}

/** The event at which the run failed is the last one before the verdict: an action is told before it is judged. */
function placeOfDivergence(trace: readonly TraceEvent[]): number {
  return trace.findIndex(({ event }) => event === 'failed') - 1;
}

function kindOf(event: TraceEvent): Line['kind'] {
  switch (event.event) {
    case 'action':
      return event.action.kind === 'quiescent' || event.action.kind === 'time' ? 'quiet' : 'plain';
    case 'step':
    case 'twin':
      return 'heading';
    case 'failed':
      return 'failed';
    case 'task':
      return 'quiet';
    case 'skip':
    case 'cut short':
      return 'plain';
  }
}

function paint(line: Line, text: string, style: Style): string {
  if (line.kind === 'failed' || line.isMarked) return style.bad(style.bold(text));
  if (line.kind === 'heading') return style.bold(text);
  return line.kind === 'quiet' ? style.dim(text) : text;
}

/** Steps count from 1 for people; before the first stands `-`, after the last, while the world heals, `end`. */
function sayStepNumber(step: number, steps: number): string {
  if (step < 0) return '-';
  return step >= steps ? 'end' : String(step + 1);
}

const columnsExplained = [
  ['step', 'of the script, from 1; - before the first, end after the last, while the world heals'],
  ['time', 'virtual milliseconds since the run began'],
  ['process', 'whose event it is: a client, the server, or the world around them'],
  ['detail', '#3 is the third connection of the run, p3 the third promise that a call gave'],
] as const;

function legend(trace: readonly TraceEvent[], { style, widthColumns }: TraceLook): string {
  const events = wordsThatOccur(trace).map(({ word, meaning }) => [word, meaning] as const);
  const width = Math.max(0, ...[...columnsExplained, ...events].map(([name]) => name.length));
  const explain = ([name, meaning]: readonly [string, string]): string =>
    paragraph(meaning, widthColumns ?? Number.POSITIVE_INFINITY, `# ${name.padEnd(width)}  `, `# ${' '.repeat(width)}  `);
  return style.dim(['# columns', ...columnsExplained.map(explain), '# events', ...events.map(explain)].join('\n'));
}
