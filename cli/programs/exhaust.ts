/** `npm run exhaust`: runs all schedules of every scope, and tells how many there were. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exhaust, type ScopeEnd, verdictOf } from '../../properties/exhaust/exhaust.ts';
import type { ExhaustJob, ShrunkSchedule } from '../../properties/exhaust/jobs.ts';
import type { Scope } from '../../properties/exhaust/scope.ts';
import { scopes } from '../../properties/exhaust/scopes/index.ts';
import { type Bite, biteAll } from '../../properties/exhaust/teeth.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { formatScript } from '../../properties/scripts/parse.ts';
import { fileNameOf } from '../../properties/simulate/file-name.ts';
import { own } from '../../properties/systems/registry.ts';
import { failurePageText } from '../../reports/terminal/failure-page.ts';
import { styleOf, widthOf } from '../../reports/terminal/style.ts';
import { sayCount, sayDuration, sayNumber } from '../../reports/terminal/text.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { type Options, taking } from '../options.ts';
import { commandsFor, failurePage, readFaultOption, readWorkers, sayPath } from '../shared.ts';
import { type ExitCode, exitCodes } from '../verb.ts';
import { pickOnly, start, tableOf, tell, wholeOption, writeJson } from './program.ts';

const defaultBudgetRuns = 50_000;

const help = `Usage: npm run exhaust -- [options]

Runs all schedules of small scenarios (properties/exhaust/scopes/): every order of their commands, of at most one fault,
and of every delivery, completion and timer. Schedules that no process can tell apart are run once. What fails is
shrunk and written to reports/out/failures/ as a script for lockstep replay.

  --only NAME…      only these scopes
  --budget-runs N   runs that a scope may take (${sayNumber(defaultBudgetRuns)}); one that needs more is undecided
  --fault FILE      plants a fault in the system first
  --no-merge        runs every single schedule, for scopes that are very small
  --teeth           instead: plants in each scope the fault that it must find
  --workers W       scopes side by side; all cores where not given
  --json FILE       writes the figures there
  --help            prints this

Example: npm run exhaust -- --only cut-and-write

Exit code: 0 all exhausted and held, 1 a schedule failed or a scope has no teeth, 2 bad usage, 3 could not decide.
`;

async function run(options: Options): Promise<ExitCode> {
  const budgetRuns = wholeOption(options, 'budget-runs', defaultBudgetRuns, 1_000_000_000);
  const workers = readWorkers(options);
  const known = scopes.map(({ name }) => name);
  const picked = pickOnly(options, scopes, `scope NAME; the scopes are ${known.join(', ')}`, ({ name }) => [name]);
  if (options.has('teeth')) return showTeeth(picked, workers);
  const how = { budgetRuns, merge: !options.has('no-merge'), stopAtFirstFailure: false, shrink: true };
  const bundle = await bundleWorker({ fault: readFaultOption(options, own), entry: 'properties/exhaust/worker.ts' });
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const startMs = performance.now();
  const jobs = picked.map(({ name }): ExhaustJob => ({ scope: name, ...how }));
  const ends = await exhaust(jobs, {
    bundle,
    workers,
    signal: interruption.signal,
    onProgress: (scope, runs, states) => {
      if (process.stderr.isTTY) process.stderr.write(`${scope}: ${sayCount(runs, 'run')}, ${sayCount(states, 'state')}\n`);
    },
    onDone: (end) => process.stderr.write(`${sayEnd(end)}\n`),
  });
  for (const { scope, result } of ends) for (const found of result?.failures ?? []) tellFailure(scope, found, options);
  writeJson(options, ends);
  tell(reportText(ends, (performance.now() - startMs) / 1000));
  return exitCodes[verdictOf(ends)];
}

function tellFailure(scope: string, { failure, script }: ShrunkSchedule, options: Options): void {
  const folder = join(repositoryRoot(), 'reports', 'out', 'failures');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `exhaust-${scope}-${fileNameOf(failure.class)}.json`);
  writeFileSync(path, formatScript(script));
  const page = failurePage(failure, script, undefined, commandsFor(sayPath(path), own, options.value('fault')));
  tell(failurePageText(page, styleOf(process.stdout, process.env), widthOf(process.stdout)));
}

async function showTeeth(picked: readonly Scope[], workers: number): Promise<ExitCode> {
  const bites = await biteAll(picked, workers, ({ scope, fault, found, why }) =>
    process.stderr.write(`${scope}: ${found === null ? why : `finds ${fault}, run ${found.runs}`}\n`),
  );
  tell(teethText(bites));
  return bites.every(({ found }) => found !== null) ? 0 : 1;
}

function teethText(bites: readonly Bite[]): string {
  const rows = bites.map(({ scope, fault, found, why }) => [
    scope,
    fault,
    found?.rule ?? `✗ ${why}`,
    found === null ? '–' : String(found.runs),
  ]);
  const toothless = bites.filter(({ found }) => found === null);
  return [
    tableOf({ scope: 'left', fault: 'left', 'found by': 'left', runs: 'right' }, rows),
    '',
    toothless.length === 0
      ? `Each of ${bites.length} scopes finds its fault.`
      : `Without teeth: ${toothless.map(({ scope }) => scope).join(', ')}`,
  ].join('\n');
}

function sayEnd(end: ScopeEnd): string {
  if (end.result === null) return `${end.scope}: no result, ${end.why}`;
  const { runs, schedules, seconds } = end.result;
  return `${end.scope}: ${verdictWords(end)}, ${sayCount(schedules, 'schedule')} by ${sayCount(runs, 'run')}, ${sayDuration(seconds)}`;
}

function verdictWords(end: ScopeEnd): string {
  if (end.result === null) return 'no result';
  const { failures, exhausted, undecided } = end.result;
  if (failures.length > 0) return `failed: ${failures.map(({ failure }) => failure.class).join('; ')}`;
  if (undecided.length > 0) return `undecided: ${undecided[0]}`;
  return exhausted ? 'held' : 'undecided: the budget was hit';
}

const numbers = { schedules: 'right', states: 'right', merged: 'right', runs: 'right', seconds: 'right' } as const;

function reportText(ends: readonly ScopeEnd[], seconds: number): string {
  const rows = ends.map((end): readonly string[] => {
    if (end.result === null) return [end.scope, '–', '–', '–', '–', '–', `no result: ${end.why}`];
    const { schedules, states, merged, runs, exhausted } = end.result;
    const figures = [schedules, states, merged, runs].map((figure) => sayNumber(figure));
    const [most = '', ...others] = figures;
    return [end.scope, exhausted ? most : `over ${most}`, ...others, end.result.seconds.toFixed(1), verdictWords(end)];
  });
  const sum = (of: 'schedules' | 'states' | 'merged' | 'runs'): string =>
    sayNumber(ends.reduce((total, { result }) => total + (result?.[of] ?? 0), 0));
  return [
    tableOf({ scope: 'left', ...numbers, '': 'left' }, rows),
    '',
    `${sayCount(ends.length, 'scope')}: ${sum('schedules')} schedules, ${sum('states')} states, ${sum('merged')} merged, ${sum('runs')} runs, ${sayDuration(seconds)}`,
    sayVerdict[verdictOf(ends)],
  ].join('\n');
}

const sayVerdict = {
  held: 'All schedules held.',
  failed: 'A schedule failed.',
  undecided: 'Could not decide: not every schedule was run.',
} as const;

const options = {
  ...taking('one value', 'budget-runs', 'fault', 'workers', 'json'),
  ...taking('nothing', 'no-merge', 'teeth'),
  only: 'many values',
} as const;
await start({ name: 'exhaust', help, options, run });
