/** Writes the shrunk script of each failure to a file of its own and tells the first ones on a page each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatScript } from '../properties/scripts/parse.ts';
import { repositoryRoot } from '../properties/simulate/root.ts';
import type { FoundFailure, Simulation } from '../properties/simulate/simulation.ts';
import { failurePageText } from '../reports/terminal/failure-page.ts';
import type { Style } from '../reports/terminal/style.ts';
import type { Options } from './options.ts';
import { failurePage, replayCommand, sayPath } from './shared.ts';

/** Pages beyond these would push the first ones out of sight; the others get a line each. */
const pagesTold = 3;
const longestSlug = 80;

/** The text that tells the failures. */
export function writeFailures(simulation: Simulation, options: Options, style: Style, widthColumns: number): string {
  if (simulation.failures.length === 0) return '';
  const folder = join(repositoryRoot(), 'reports', 'out', 'failures');
  mkdirSync(folder, { recursive: true });
  const taken = new Set<string>();
  const texts = simulation.failures.map((found, index) => {
    const path = join(folder, `${freeName(found.class, taken)}.json`);
    writeFileSync(path, formatScript(found.script));
    const command = replayCommand(sayPath(path), simulation.world, options);
    if (index >= pagesTold) return `${found.failure.rule}  ${found.class}: ${command}\n`;
    const page = failurePage(found.failure, found.script, { ...found, run: found.firstRun, note: noteOf(found) }, command);
    return `${failurePageText(page, style, widthColumns)}\n`;
  });
  return `${texts.join('')}${simulation.failures.length > pagesTold ? '\n' : ''}`;
}

function noteOf({ shrinking }: FoundFailure): string {
  switch (shrinking) {
    case 'oneMinimal':
      return '; no step can be left out';
    case 'bounded':
      return '; more steps might be left out';
    default:
      return `; shrinking was broken off: ${shrinking.brokenOff}`;
  }
}

function freeName(failureClass: string, taken: Set<string>): string {
  const slug =
    failureClass
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-+|-+$/gu, '')
      .slice(0, longestSlug) || 'failure';
  let name = slug;
  for (let number = 2; taken.has(name); number += 1) name = `${slug}-${number}`;
  taken.add(name);
  return name;
}
