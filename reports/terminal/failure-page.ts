/** The page about one failure: what law was broken, what was allowed and what was seen, the script in words, and the command that shows it again. */
import type { Failure } from '../../properties/trace.ts';
import type { Style } from './style.ts';
import { paragraph, sayCount } from './text.ts';

export interface FailurePage {
  readonly failure: Failure;
  /** The rule in words. */
  readonly sentence: string;
  /** What the run begins with: clients, authentication. */
  readonly setting: string;
  /** The steps of the script, in words. */
  readonly steps: readonly string[];
  readonly origin: FailureOrigin | undefined;
  readonly replayCommand: string | undefined;
}

export interface FailureOrigin {
  readonly run: number;
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
    ...(page.origin === undefined ? [] : [style.dim(paragraph(sayOrigin(page.origin, page.steps.length), widthColumns, '  '))]),
    ...(page.replayCommand === undefined ? [] : [`  Replay it:  ${style.bold(page.replayCommand)}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function divergence({ failure, steps }: FailurePage, style: Style, widthColumns: number): string {
  const allowed = failure.allowed.length === 0 ? ['nothing'] : failure.allowed;
  return [
    ...allowed.map((possibility, index) =>
      paragraph(possibility, widthColumns, index === 0 ? '  allowed  ' : '       or  ', '           '),
    ),
    paragraph(failure.shown, widthColumns, '  shown    ', '           ').replace('shown', style.bad('shown')),
    `  when     ${when(failure, steps.length)}`,
    `  class    ${style.dim(`${failure.class}, found by ${failure.property}`)}`,
  ].join('\n');
}

function when(failure: Failure, stepCount: number): string {
  if (failure.step < 0) return 'before the first step';
  if (failure.step >= stepCount) return 'after the last step, while the world heals';
  return `in step ${failure.step + 1}, or in what followed from it`;
}

function steps(page: FailurePage, style: Style, widthColumns: number): string {
  const digits = String(page.steps.length).length;
  const lines = page.steps.map((step, index) => {
    const marked = index === page.failure.step;
    const prefix = `  ${marked ? '›' : ' '} ${String(index + 1).padStart(digits)}  `;
    const line = paragraph(step, widthColumns, prefix, ' '.repeat(prefix.length));
    return marked ? style.bold(line) : line;
  });
  return [paragraph(page.setting, widthColumns, '  '), ...lines].join('\n');
}

function sayOrigin(origin: FailureOrigin, steps: number): string {
  const shrunk =
    origin.attempts === 0
      ? 'not shrunk'
      : `shrunk from ${sayCount(origin.shrunkFrom, 'step')} to ${steps} in ${sayCount(origin.attempts, 'attempt')}`;
  return `run ${origin.run}, ${sayCount(origin.count, 'run')} of this class; ${shrunk}${origin.note}`;
}
