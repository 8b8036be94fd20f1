/**
 * The reports of a simulation that are files: the page with its plots always, Markdown where the build server asks for
 * it (`GITHUB_STEP_SUMMARY`), JUnit XML where the user does. They come after the verdict was told and do not change it.
 */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { reachableWith } from '../properties/coverage/threshold.ts';
import { sum } from '../properties/language/lists.ts';
import { ruleSentence, rules } from '../properties/rules.ts';
import { sayStep } from '../properties/scripts/words.ts';
import type { FoundFailure, Simulation, Verdict } from '../properties/simulate/simulation.ts';
import type { NamedSystem } from '../properties/systems/registry.ts';
import type { ReportedFailure, SimulationReport } from '../reports/explored/report.ts';
import { sayCount } from '../reports/terminal/text.ts';
import { checkFolder } from './check-folder.ts';
import type { WrittenFailure } from './failures.ts';
import { saySetting } from './shared.ts';
import type { Surroundings } from './verb.ts';

/** Of the entries of the corpus that fail in one way. */
const entriesTold = 3;

export function reportOf(
  simulation: Simulation,
  { plugin }: NamedSystem,
  verdict: Verdict,
  written: readonly WrittenFailure[],
): SimulationReport {
  return {
    simulation,
    verdict,
    expectedCoverage: reachableWith(plugin.capabilities),
    scriptSteps: scriptStepsOf(simulation.coverage),
    failures: written.map(reportedFailure),
    rules: [...rules().values()],
  };
}

/** Script steps that were executed. Those of twins are too, though they count for nothing explored. */
export function scriptStepsOf(coverage: Readonly<Record<string, number>>): number {
  return sum(Object.entries(coverage), ([name, count]) => (/^(twin-)?step:/u.test(name) ? count : 0));
}

function reportedFailure({ found, commands }: WrittenFailure): ReportedFailure {
  return {
    failure: found.failure,
    sentence: ruleSentence(found.failure.rule),
    setting: saySetting(found.script),
    steps: found.script.steps.map(sayStep),
    seenIn: saySeenIn(found),
    sameCauseAs: found.sameCauseAs,
    replayCommand: commands.replay,
  };
}

function saySeenIn({ count, firstRun, corpusEntries }: FoundFailure): string {
  const runs = firstRun === null ? [] : [`${sayCount(count, 'run')}, the first of them run ${firstRun}`];
  const more = corpusEntries.length > entriesTold ? ` and ${sayCount(corpusEntries.length - entriesTold, 'other')}` : '';
  const entries = corpusEntries.length === 0 ? [] : [`${corpusEntries.slice(0, entriesTold).join(', ')}${more} of the corpus`];
  return [...runs, ...entries].join('; ');
}

export interface ReportPaths {
  readonly junit: string | undefined;
  /** Null where nothing can be written. */
  readonly page: string | null;
}

/** Each report is loaded when it is written: the libraries that draw would slow every start. Nothing is thrown: a full disk is told. */
export async function writeReports(report: SimulationReport, { junit, page }: ReportPaths, surroundings: Surroundings): Promise<void> {
  const markdown = surroundings.environment.GITHUB_STEP_SUMMARY ?? '';
  const write = async (path: string, draw: () => Promise<string>, put: (path: string, text: string) => void): Promise<void> => {
    try {
      const folder = dirname(path);
      if (!existsSync(folder)) {
        checkFolder('its folder', folder);
        mkdirSync(folder, { recursive: true });
      }
      put(path, await draw());
    } catch (error) {
      surroundings.err.write(`lockstep: ${path} could not be written: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  };
  if (junit !== undefined) await write(junit, async () => (await import('../reports/junit/junit.ts')).junitXml(report), writeFileSync);
  if (markdown !== '') {
    await write(markdown, async () => (await import('../reports/markdown/summary.ts')).summaryMarkdown(report), appendFileSync);
  }
  if (page !== null) await write(page, async () => (await import('../reports/summary-page/page.ts')).summaryPage(report), writeFileSync);
}
