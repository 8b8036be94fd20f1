/** `lockstep simulate`: the main job. */
import { randomInt } from 'node:crypto';
import { readCorpus } from '../../properties/corpus/corpus.ts';
import { scriptsOf } from '../../properties/corpus/known-issues.ts';
import { plantInFile } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import type { WorldName } from '../../properties/simulate/jobs.ts';
import { isKnown } from '../../properties/simulate/known.ts';
import type { Only } from '../../properties/simulate/only.ts';
import { simulate } from '../../properties/simulate/simulate.ts';
import type { Simulation, SimulationOptions, SimulationProgress } from '../../properties/simulate/simulation.ts';
import { hasFailed, verdictOf } from '../../properties/simulate/simulation.ts';
import { readDeviations } from '../../properties/triplit/deviations.ts';
import { publishedSetOf } from '../../properties/triplit/set.ts';
import { openProgress } from '../../reports/terminal/progress.ts';
import { isWatched, styleOf, widthOf } from '../../reports/terminal/style.ts';
import { summaryText } from '../../reports/terminal/summary.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { tellFailures, writeFailures } from '../failures.ts';
import { checkWritable, writeJsonReport } from '../json-report.ts';
import { type Options, readOptions, readPositive, readWhole } from '../options.ts';
import { mostSeed, readFaultOption, readSystem, readWorkers, sayPath } from '../shared.ts';
import type { ExitCode, Surroundings, Verb } from '../verb.ts';
import { pagePath, reportOf, writeReports } from '../written-reports.ts';

/** About a minute on two cores. */
const defaultRuns = 4_000;

const help = `Usage: lockstep simulate [options]

Draws scripts from a seed, runs each against the system and the model, and checks after every step that the
system did what the model allows. What fails is shrunk, written to reports/out/failures/ and told on one page.

  --runs N        runs to do (${defaultRuns.toLocaleString('en-US')} unless --minutes is given)
  --minutes M     stops after M minutes; the number of runs then varies
  --seed S        0 to ${mostSeed}; a fresh one, printed, where none is given
  --system NAME   simulated (the default: virtual time and network), websocket (real sockets on loopback)
                  or published (the packages on npm, in virtual time; see lockstep published --help)
  --versions NAME the set of published packages
  --only NAME…    only failures of these rules or properties count, such as S7 or liveness; where all
                  are relations (relations/late-subscriber), every run plays one of them; names are below
  --fault FILE    plants a fault in the system first (see properties/faults/)
  --no-corpus     leaves out the scripts that are run first and count in no other figure: properties/corpus/, or on the
                  published packages those of the known deviations
  --shrink-known  shrinks and tells known deviations as well
  --twice         runs every script twice and compares the traces event by event
  --workers W     worker threads; all cores where not given. No figure but the speed depends on it
  --json FILE     writes the figures and the failures there
  --junit FILE    writes the result there as JUnit XML, for build servers
  --verbose       lists every cell of what was explored, with its count, and every known deviation that showed
  --help          prints this

The names for --only:
  rules        S1 to S11, Q1 to Q6, H1 to H4, W1 to W5, P1 to P2, C1 to C5, K1 to K2, B1 to B2 (model/SPEC.md)
  other laws   determinism, liveness, wire, world
  checks       lockstep, statuses, emissions, liveness, remains
  relations    relations/sharing-off, relations/filter-algebra, relations/late-subscriber,
               relations/refresh-inserted, relations/reconnected

On the published packages known deviations (sut/triplit/deviations/) are told by name and fail nothing: the exit code
is 1 only where something else failed.

What was explored is plotted in reports/out/summary.html, and appended as Markdown to the file that
GITHUB_STEP_SUMMARY names, where it does.

Example: lockstep simulate --runs 1000 --seed 7 --json result.json
`;

export const simulateVerb: Verb = { help, run };

async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('simulate', words, {
    runs: 'one value',
    minutes: 'one value',
    seed: 'one value',
    system: 'one value',
    versions: 'one value',
    only: 'many values',
    fault: 'one value',
    'no-corpus': 'nothing',
    'shrink-known': 'nothing',
    twice: 'nothing',
    workers: 'one value',
    json: 'one value',
    junit: 'one value',
    verbose: 'nothing',
  });
  const asked = readSimulationOptions(options, await readOnly(options.values('only')));
  const json = options.value('json');
  if (json !== undefined) checkWritable(json);
  const junit = options.value('junit');
  if (junit !== undefined) checkWritable(junit, '--junit');
  const bundle = await bundleWorker({ fault: asked.fault });
  surroundings.err.write(`lockstep: ${sayBounds(asked)}, seed ${asked.seed}, ${asked.world}\n`);
  const simulation = await simulateInterruptibly(asked, bundle, surroundings);
  return report(simulation, options, { json, junit }, surroundings);
}

/** The names are those of the checks, and with them comes the model: loaded only where names are given. */
async function readOnly(names: readonly string[]): Promise<Only> {
  if (names.length === 0) return { only: [], relations: [] };
  const { readOnlyNames } = await import('../../properties/simulate/only.ts');
  return readOnlyNames('--only', names);
}

function readSimulationOptions(options: Options, { only, relations }: Only): SimulationOptions {
  const [unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`simulate takes no argument "${unexpected}"; see lockstep simulate --help`);
  const runs = options.value('runs');
  const minutes = options.value('minutes');
  const seed = options.value('seed');
  const world = readSystem(options);
  checkRelations(relations, world);
  const asked: SimulationOptions = {
    seed: seed === undefined ? randomInt(0, mostSeed) : readWhole('--seed', seed, 0, mostSeed),
    runs: runs === undefined ? (minutes === undefined ? defaultRuns : null) : readWhole('--runs', runs, 1, Number.MAX_SAFE_INTEGER),
    minutes: minutes === undefined ? null : readPositive('--minutes', minutes),
    world,
    workers: readWorkers(options),
    twice: options.has('twice'),
    only,
    relations,
    fault: readFaultOption(options),
    stopAfterFirstFailure: false,
    ...readScriptsAtHand(world, options),
    shrinksKnown: options.has('shrink-known'),
  };
  if (asked.fault !== undefined) plantInFile(asked.fault, repositoryRoot());
  return asked;
}

/** What the published packages run are single scripts: asked for relations alone, no run could fail. */
function checkRelations(relations: Only['relations'], world: WorldName): void {
  const [relation] = relations;
  if (relation === undefined || publishedSetOf(world) === undefined) return;
  throw new UsageError(`--only: "relations/${relation}" is not played on the published packages`);
}

/** The corpus is what our own client and server once failed; of the published packages the known deviations have scripts. */
function readScriptsAtHand(world: WorldName, options: Options): Pick<SimulationOptions, 'corpus' | 'deviations'> {
  const isLeftOut = options.has('no-corpus');
  if (publishedSetOf(world) === undefined) return { corpus: isLeftOut ? undefined : readCorpus() };
  const deviations = readDeviations(repositoryRoot());
  return { deviations, corpus: isLeftOut ? undefined : scriptsOf(deviations) };
}

function sayBounds({ runs, minutes }: SimulationOptions): string {
  const bounds = [runs === null ? '' : `${runs.toLocaleString('en-US')} runs`, minutes === null ? '' : `${minutes} min at most`];
  return bounds.filter((bound) => bound !== '').join(', ');
}

async function simulateInterruptibly(asked: SimulationOptions, bundle: string, surroundings: Surroundings): Promise<Simulation> {
  const interruption = new AbortController();
  const display = openProgress(surroundings.err, surroundings.environment);
  let failed = false;
  const stopListening = surroundings.onInterrupt(() => {
    // The second Ctrl-C ends at once: by then nobody waits for a summary.
    if (interruption.signal.aborted) {
      display.end();
      process.exit(failed ? 1 : 3);
    }
    display.say('lockstep: ending with what there is; Ctrl-C again ends at once');
    interruption.abort();
  });
  try {
    const onProgress = (progress: () => SimulationProgress): void => {
      failed ||= hasFailed(progress());
      display.update(progress);
    };
    return await simulate(asked, { bundle, onProgress, signal: interruption.signal });
  } finally {
    stopListening();
    display.end();
  }
}

async function report(
  simulation: Simulation,
  options: Options,
  files: { readonly json: string | undefined; readonly junit: string | undefined },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const style = styleOf(surroundings.out, surroundings.environment);
  const widthColumns = widthOf(surroundings.out);
  const bars = isWatched(surroundings.out, surroundings.environment);
  const verdict = verdictOf(simulation);
  const written = writeFailures(toldIn(simulation), options);
  const told = reportOf(simulation, verdict, written);
  if (files.json !== undefined) writeJsonReport(files.json, simulation, verdict);
  surroundings.out.write(tellFailures(written, style, widthColumns));
  surroundings.out.write(summaryText(told, { style, widthColumns, bars, verbose: options.has('verbose'), page: sayPath(pagePath()) }));
  await writeReports(told, files.junit, surroundings);
  return verdict === 'held' ? 0 : verdict === 'failed' ? 1 : 3;
}

/** What is known is told by its name; on pages only where it was shrunk. */
function toldIn(simulation: Simulation): Simulation {
  return { ...simulation, failures: simulation.failures.filter(({ failure, trace }) => !isKnown(failure) || trace !== undefined) };
}
