/** Writes the script of each failure to a file of its own and tells the first ones on a page each, the smallest first. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatScript } from '../properties/scripts/parse.ts';
import { fileNameOf } from '../properties/simulate/file-name.ts';
import type { FoundFailure, Simulation } from '../properties/simulate/simulation.ts';
import type { NamedSystem } from '../properties/systems/registry.ts';
import { type FailureCommands, type FailureOrigin, failurePageText } from '../reports/terminal/failure-page.ts';
import type { Style } from '../reports/terminal/style.ts';
import { paragraph, sayCount } from '../reports/terminal/text.ts';
import { repositoryRoot } from '../tools/repository-root.ts';
import type { Options } from './options.ts';
import { writeOrigin } from './origin.ts';
import { commandsFor, failurePage, sayPath } from './shared.ts';

/** Pages beyond these would push the first ones out of sight; the others get a few lines each. */
const pagesTold = 3;

export interface WrittenFailure {
  readonly found: FoundFailure;
  readonly commands: FailureCommands;
}

export function writeFailures({ failures, seed }: Simulation, system: NamedSystem, options: Options): readonly WrittenFailure[] {
  if (failures.length === 0) return [];
  const folder = join(repositoryRoot(), 'reports', 'out', 'failures');
  mkdirSync(folder, { recursive: true });
  const taken = new Set<string>();
  return failures.map((found) => {
    const path = join(folder, `${freeName(fileNameOf(found.class), taken)}.json`);
    const text = formatScript(found.script);
    writeFileSync(path, text);
    writeOrigin(path, text, { seed, run: found.shrunkRun, shrunkFrom: found.shrunkFrom });
    return { found, commands: commandsFor(sayPath(path), system, options) };
  });
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
  return `${failurePageText(failurePage(found.failure, found.script, originOf(found), commands, found.trace), style, widthColumns)}\n`;
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

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
  taken.add(name);
  return name;
}
