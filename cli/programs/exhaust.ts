/** `npm run exhaust`: runs all schedules of every scope, and tells how many there were. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { exhaust, type ScopeEnd, verdictOf } from '../../properties/exhaust/exhaust.ts';
import type { ExhaustJob, ShrunkSchedule } from '../../properties/exhaust/jobs.ts';
import { scopes } from '../../properties/exhaust/scopes/index.ts';
import { type Bite, biteAll, toothOf } from '../../properties/exhaust/teeth.ts';
import { formatScript } from '../../properties/scripts/parse.ts';
import { fileNameOf } from '../../properties/simulate/file-name.ts';
import { failurePageText } from '../../reports/terminal/failure-page.ts';
import { styleOf, widthOf } from '../../reports/terminal/style.ts';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { sayCount, sayDuration, sayNumber } from '../../reports/terminal/text.ts';
import { bundleWorker } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { readOptions, readWhole } from '../options.ts';
import { commandsFor, failurePage, readFaultOption, sayPath } from '../shared.ts';

const defaultBudgetRuns = 50_000;
const mostWorkers = 256;

const help = `Usage: npm run exhaust -- [options]

Runs all schedules of small scenarios (properties/exhaust/scopes/): every order of their commands, of at most one fault,
and of every delivery, completion and timer. Schedules that no process can tell apart are run once. What fails is
shrunk and written to reports/out/failures/ as a script for lockstep replay.

  --only NAME…      only these scopes
  --budget-runs N   runs that a scope may take (${sayNumber(defaultBudgetRuns)}); one that needs more is undecided
  --fault FILE      plants a fault in the system first
  --no-merge        runs every single schedule, for scopes that are very small
  --teeth           instead: plants in each scope the fault that it must find (properties/exhaust/teeth.ts)
  --workers W       scopes side by side; all cores where not given
  --json FILE       writes the figures there
  --help            prints this

Example: npm run exhaust -- --only cut-and-write

Exit code: 0 all exhausted and held, 1 a schedule failed or a scope has no teeth, 2 bad usage, 3 could not decide.
`;

async function main(words: readonly string[]): Promise<0 | 1 | 3> {
  if (words.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const options = readOptions('exhaust', words, {
    only: 'many values',
    'budget-runs': 'one value',
    fault: 'one value',
    'no-merge': 'nothing',
    teeth: 'nothing',
    workers: 'one value',
    json: 'one value',
  });
  const [unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`exhaust takes no argument "${unexpected}"; --only NAME picks a scope`);
  const whole = (name: string, otherwise: number, most: number): number => {
    const text = options.value(name);
    return text === undefined ? otherwise : readWhole(`--${name}`, text, 1, most);
  };
  const budgetRuns = whole('budget-runs', defaultBudgetRuns, 1_000_000_000);
  const workers = whole('workers', availableParallelism(), mostWorkers);
  const names = namesOf(options.values('only'));
  if (options.has('teeth')) return showTeeth(names, workers);
  const jobs = names.map(
    (scope): ExhaustJob => ({ scope, budgetRuns, merge: !options.has('no-merge'), stopAtFirstFailure: false, shrink: true }),
  );
  const bundle = await bundleWorker({ fault: readFaultOption(options), entry: 'properties/exhaust/worker.ts' });
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const startMs = performance.now();
  const ends = await exhaust(jobs, {
    bundle,
    workers,
    signal: interruption.signal,
    onProgress: (scope, runs, states) => {
      if (process.stderr.isTTY) process.stderr.write(`${scope}: ${sayCount(runs, 'run')}, ${sayCount(states, 'state')}\n`);
    },
    onDone: (end) => process.stderr.write(`${sayEnd(end)}\n`),
  });
  const style = styleOf(process.stdout, process.env);
  for (const { scope, result } of ends) {
    for (const found of result?.failures ?? []) {
      const path = writeScript(scope, found);
      const page = failurePage(found.failure, found.script, undefined, commandsFor(sayPath(path), 'simulated', options));
      process.stdout.write(`${failurePageText(page, style, widthOf(process.stdout))}\n`);
    }
  }
  const json = options.value('json');
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(ends, null, 2)}\n`);
  process.stdout.write(`${reportText(ends, (performance.now() - startMs) / 1000)}\n`);
  const verdict = verdictOf(ends);
  return verdict === 'held' ? 0 : verdict === 'failed' ? 1 : 3;
}

async function showTeeth(names: readonly string[], workers: number): Promise<0 | 1> {
  const bites = await biteAll(
    names.map((name) => [name, toothOf(name)]),
    workers,
    ({ scope, fault, found, why }) => process.stderr.write(`${scope}: ${found === null ? why : `finds ${fault}, run ${found.runs}`}\n`),
  );
  process.stdout.write(`${teethText(bites)}\n`);
  return bites.every(({ found }) => found !== null) ? 0 : 1;
}

const teethColumns: readonly Column[] = [
  { title: 'scope', align: 'left' },
  { title: 'fault', align: 'left' },
  { title: 'found by', align: 'left' },
  { title: 'runs', align: 'right' },
];

function teethText(bites: readonly Bite[]): string {
  const rows = bites.map(({ scope, fault, found, why }) => [
    scope,
    fault,
    found?.rule ?? `✗ ${why}`,
    found === null ? '–' : String(found.runs),
  ]);
  const toothless = bites.filter(({ found }) => found === null);
  return [
    tableText(teethColumns, rows),
    '',
    toothless.length === 0
      ? `Each of ${bites.length} scopes finds its fault.`
      : `Without teeth: ${toothless.map(({ scope }) => scope).join(', ')}`,
  ].join('\n');
}

function namesOf(only: readonly string[]): readonly string[] {
  const names = scopes.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`there is no scope "${unknown}"; the scopes are ${names.join(', ')}`);
  return only.length === 0 ? names : names.filter((name) => only.includes(name));
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

const columns: readonly Column[] = [
  { title: 'scope', align: 'left' },
  { title: 'schedules', align: 'right' },
  { title: 'states', align: 'right' },
  { title: 'merged', align: 'right' },
  { title: 'runs', align: 'right' },
  { title: 'seconds', align: 'right' },
  { title: '', align: 'left' },
];

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
    tableText(columns, rows),
    '',
    `${sayCount(ends.length, 'scope')}: ${sum('schedules')} schedules, ${sum('states')} states, ${sum('merged')} merged, ${sum('runs')} runs, ${sayDuration(seconds)}`,
    sayVerdict(ends),
  ].join('\n');
}

function sayVerdict(ends: readonly ScopeEnd[]): string {
  switch (verdictOf(ends)) {
    case 'held':
      return 'All schedules held.';
    case 'failed':
      return 'A schedule failed.';
    case 'undecided':
      return 'Could not decide: not every schedule was run.';
  }
}

function writeScript(scope: string, { failure, script }: ShrunkSchedule): string {
  const folder = join(repositoryRoot(), 'reports', 'out', 'failures');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `exhaust-${scope}-${fileNameOf(failure.class)}.json`);
  writeFileSync(path, formatScript(script));
  return path;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`exhaust: ${error.message}\n`);
  process.exitCode = 2;
}
