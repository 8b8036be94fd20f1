/** Tells the failures, the first ones on a page each, the smallest first, with the commands that run them again. */
import type { FoundFailure } from '../properties/simulate/simulation.ts';
import type { NamedSystem } from '../properties/systems/registry.ts';
import { type FailureCommands, type FailureOrigin, failurePageText } from '../reports/terminal/failure-page.ts';
import type { Style } from '../reports/terminal/style.ts';
import { paragraph, sayCount } from '../reports/terminal/text.ts';
import type { KnownFailures, Stage } from './campaign/known-failures.ts';
import { commandsFor, failurePage, sayPath } from './shared.ts';

/** Pages beyond these would push the first ones out of sight; the others get a few lines each. */
const pagesTold = 3;

export interface WrittenFailure {
  readonly found: FoundFailure;
  readonly commands: FailureCommands;
}

export interface Circumstances {
  readonly system: NamedSystem;
  readonly seed: number;
  /** As `--fault` takes it from here. */
  readonly fault: string | undefined;
}

/** Each gets its file, unless a better one stands. */
export function writeFailures(failures: readonly FoundFailure[], known: KnownFailures, here: Circumstances): readonly WrittenFailure[] {
  return failures.map((found) => {
    const { failure, script, shrunkRun: run, shrunkFrom } = found;
    known.see({ failure, script, run, shrunkFrom, stage: stageOf(found) });
    return { found, commands: commandsFor(namedBy(known.pathOf(found.class), run, here.seed), here.system, here.fault) };
  });
}

function stageOf({ shrinking, script, shrunkFrom }: FoundFailure): Stage {
  if (typeof shrinking === 'string') return 'shrunk';
  return script.steps.length < shrunkFrom ? 'smaller' : 'found';
}

/** Where there is no file, a run can be drawn again. */
export function namedBy(path: string | null, run: number | null, seed: number): string {
  return path !== null ? sayPath(path) : `${seed}:${run ?? 0}`;
}
/** The text that tells the failures. */
export function tellFailures(written: readonly WrittenFailure[], style: Style, widthColumns: number): string {
  const told = new Set(failuresToldOnPages(written.map(({ found }) => found)));
  const pages = written.filter(({ found }) => told.has(found)).map((failure) => pageOf(failure, style, widthColumns));
  const lines = written.filter(({ found }) => !told.has(found)).map((failure) => lineOf(failure, style, widthColumns));
  return [...pages, ...lines, ...(lines.length > 0 ? ['\n'] : [])].join('');
}

/** One page a cause: what probably has the same as a failure before it explains nothing new. */
export function failuresToldOnPages(failures: readonly FoundFailure[]): readonly FoundFailure[] {
  return failures.filter(({ sameCauseAs }) => sameCauseAs === null).slice(0, pagesTold);
}

function pageOf({ found, commands }: WrittenFailure, style: Style, widthColumns: number): string {
  const page = failurePage(found.failure, found.script, originOf(found), commands, found.trace);
  return `${failurePageText({ ...page, isShrunk: stageOf(found) === 'shrunk' }, style, widthColumns)}\n`;
}

function lineOf({ found, commands }: WrittenFailure, style: Style, widthColumns: number): string {
  const cause = found.sameCauseAs === null ? '' : `, probably the same cause as ${found.sameCauseAs}`;
  const what = `${found.class} (${sayCount(found.script.steps.length, 'step')}, ${sayOften(found)}${cause})`;
  return `${paragraph(what, widthColumns, '', '  ')}\n  ${style.bold(commands.replay)}\n`;
}

function sayOften({ count, corpusEntries }: FoundFailure): string {
  const entries = corpusEntries.length === 0 ? [] : [`${sayCount(corpusEntries.length, 'entry', 'entries')} of the corpus`];
  return [...(count > 0 ? [sayCount(count, 'run')] : []), ...entries].join(' and ');
}

function originOf(found: FoundFailure): FailureOrigin {
  const { shrunkRun, count, shrunkFrom, attempts, corpusEntries } = found;
  const origin = { run: shrunkRun, count, shrunkFrom, attempts, note: `${noteOf(found)}${corpusNoteOf(found)}` };
  return shrunkRun === null ? { ...origin, entry: corpusEntries[0] } : origin;
}

function noteOf({ shrinking }: FoundFailure): string {
  switch (shrinking) {
    case 'asInCorpus':
      return '';
    case 'oneMinimal':
      return '; no step can be left out';
    case 'bounded':
      return '; more steps might be left out';
    default:
      return `; shrinking was broken off: ${shrinking.brokenOff}`;
  }
}

function corpusNoteOf({ corpusEntries, shrunkRun }: FoundFailure): string {
  const others = shrunkRun === null ? corpusEntries.slice(1) : corpusEntries;
  const [first] = others;
  if (first === undefined) return '';
  return others.length === 1
    ? `; ${first} of the corpus fails so too`
    : `; ${sayCount(others.length, 'script')} of the corpus fail so too, ${first} the first of them`;
}
