/** The page about one failure: what law was broken, what was allowed and what was seen, the script in words, and the command that shows it again. */
import type { Failure } from '../../properties/trace.ts';
import { sayWhen } from '../explored/report.ts';
import type { Style } from './style.ts';
import { paragraph, sayCount, wrap } from './text.ts';

/** More would push the rest of the page out of sight: the chain is cut from its beginning. */
const chainLinesMost = 8;
/** Of a script that was not shrunk; few of its steps have to do with the failure, the last ones most of all. */
const stepsMost = 8;
/** The width at which that is measured, so that a narrow terminal tells no less. */
const chainColumns = 100;

export interface FailurePage {
  readonly failure: Failure;
  /** The rule in words. */
  readonly sentence: string;
  /** What the run begins with: clients, authentication. */
  readonly setting: string;
  /** The steps of the script, in words. */
  readonly steps: readonly string[];
  /** Of what was not shrunk only the last steps are shown. */
  readonly isShrunk?: boolean;
  /** How it came, in sentences in the order of time; absent where the trace was not kept. */
  readonly chain?: readonly string[];
  readonly origin: FailureOrigin | undefined;
  readonly commands: FailureCommands | undefined;
}

/** Each is whole, to be pasted. */
export interface FailureCommands {
  readonly replay: string;
  readonly show: string;
}

export interface FailureOrigin {
  /** Null for a script of the corpus. */
  readonly run: number | null;
  /** The entry of the corpus whose script it is; absent: it is a run's. */
  readonly entry?: string | undefined;
  readonly count: number;
  readonly shrunkFrom: number;
  readonly attempts: number;
  readonly note: string;
}

export function failurePageText(page: FailurePage, style: Style, widthColumns: number): string {
  const { failure } = page;
  const parts = [
    paragraph(`${failure.rule}  ${page.sentence}`, widthColumns, '').replace(failure.rule, style.bad(style.bold(failure.rule))),
    paragraph(failure.message, widthColumns, '  '),
    divergence(page, style, widthColumns),
    steps(page, style, widthColumns),
    ...chain(page.chain ?? [], style, widthColumns),
    ...(page.origin === undefined ? [] : [style.dim(paragraph(sayOrigin(page.origin, page.steps.length), widthColumns, '  '))]),
    ...(page.commands === undefined ? [] : [commandLines(page.commands, style)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Never wrapped: they are copied. */
function commandLines({ replay, show }: FailureCommands, style: Style): string {
  return `  Replay it:  ${style.bold(replay)}\n  See it:     ${show}`;
}

function divergence({ failure, steps }: FailurePage, style: Style, widthColumns: number): string {
  const allowed = failure.allowed.length === 0 ? ['nothing'] : failure.allowed;
  return [
    ...allowed.map((possibility, index) =>
      paragraph(possibility, widthColumns, index === 0 ? '  allowed  ' : '       or  ', '           '),
    ),
    paragraph(failure.shown, widthColumns, '  shown    ', '           ').replace('shown', style.bad('shown')),
    `  when     ${sayWhen(failure, steps.length)}`,
    `  class    ${style.dim(`${failure.class}, found by ${failure.property}`)}`,
  ].join('\n');
}

function steps(page: FailurePage, style: Style, widthColumns: number): string {
  const digits = String(page.steps.length).length;
  const shown = page.isShrunk === false ? lastSteps(page) : { from: 0, to: page.steps.length };
  const lines = page.steps.slice(shown.from, shown.to).map((step, place) => {
    const index = shown.from + place;
    const marked = index === page.failure.step;
    const prefix = `  ${marked ? '›' : ' '} ${String(index + 1).padStart(digits)}  `;
    const line = paragraph(step, widthColumns, prefix, ' '.repeat(prefix.length));
    return marked ? style.bold(line) : line;
  });
  const before = shown.from === 0 ? [] : [style.dim(`    ${sayCount(shown.from, 'step')} before these`)];
  const left = page.steps.length - shown.to;
  const after = left === 0 ? [] : [style.dim(`    ${sayCount(left, 'step')} after these`)];
  return [paragraph(page.setting, widthColumns, '  '), ...before, ...lines, ...after].join('\n');
}

/** Up to the step in which it failed. */
function lastSteps({ failure, steps }: FailurePage): { readonly from: number; readonly to: number } {
  const to = Math.min(steps.length, Math.max(failure.step + 1, 1));
  return { from: Math.max(0, to - stepsMost), to };
}

function chain(sentences: readonly string[], style: Style, widthColumns: number): readonly string[] {
  if (sentences.length === 0) return [];
  const links = lastThatFit(sentences).map((sentence) => paragraph(sentence, widthColumns, '    ', '      '));
  return [[`  ${style.bold('How it came')}`, ...links].join('\n')];
}

/** The last ones, since they are nearest to what went wrong; the last of all in any case. */
function lastThatFit(sentences: readonly string[]): readonly string[] {
  const lines = sentences.map((sentence) => wrap(sentence, chainColumns - '      '.length).length);
  const rest = (from: number): number => lines.slice(from).reduce((sum, count) => sum + count, 0);
  const first = lines.findIndex((_count, index) => rest(index) <= chainLinesMost);
  return sentences.slice(first < 0 ? -1 : first);
}

function sayOrigin(origin: FailureOrigin, steps: number): string {
  const shrunk =
    origin.attempts === 0
      ? 'not shrunk'
      : `shrunk from ${sayCount(origin.shrunkFrom, 'step')} to ${steps} in ${sayCount(origin.attempts, 'attempt')}`;
  const runs = `${sayCount(origin.count, 'run')} of this class`;
  if (origin.entry !== undefined) return `${origin.entry} of the corpus; ${origin.count === 0 ? 'no run failed so' : runs}${origin.note}`;
  return `run ${origin.run}, ${runs}; ${shrunk}${origin.note}`;
}
