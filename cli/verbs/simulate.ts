/** `lockstep simulate`: the main job. */
import { scriptsAtHand } from '../../properties/corpus/at-hand.ts';
import { plantInFile } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { isKnown } from '../../properties/simulate/known.ts';
import type { Only } from '../../properties/simulate/only.ts';
import { simulate } from '../../properties/simulate/simulate.ts';
import type { Simulation, SimulationOptions, SimulationProgress } from '../../properties/simulate/simulation.ts';
import { hasFailed, verdictOf } from '../../properties/simulate/simulation.ts';
import { has } from '../../properties/systems/plugin.ts';
import type { NamedSystem } from '../../properties/systems/registry.ts';
import { isWatched, styleOf, widthOf } from '../../reports/terminal/style.ts';
import { summaryText } from '../../reports/terminal/summary.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { readOutput } from '../check-folder.ts';
import { tellFailures, writeFailures } from '../failures.ts';
import { interruptibly } from '../interruption.ts';
import { writeJsonReport } from '../json-report.ts';
import { type Options, readOptions, readPositive, taking, wholeIn } from '../options.ts';
import {
  mostSeed,
  readFaultOption,
  readNoArgument,
  readSeed,
  readSystem,
  readWorkers,
  sayPath,
  systemsHelp,
  withSystem,
} from '../shared.ts';
import { type ExitCode, exitCodes, type Surroundings } from '../verb.ts';
import { pagePath, reportOf, writeReports } from '../written-reports.ts';

/** About a minute on two cores. */
const defaultRuns = 4_000;

export const help = `Usage: lockstep simulate [options]

Draws scripts from a seed, runs each against the system and the model, and checks after every step that the
system did what the model allows. What fails is shrunk, written to reports/out/failures/ and told on one page.

  --runs N        runs to do (${defaultRuns.toLocaleString('en-US')} unless --minutes is given)
  --minutes M     stops after M minutes; the number of runs then varies
  --seed S        0 to ${mostSeed}; a fresh one, printed, where none is given
  --system NAME   ${systemsHelp('                  ')}
  --versions NAME the set of versions, of a system that comes in several
  --only NAME…    only failures of these rules or properties count, such as S7 or liveness; where all
                  are relations (relations/late-subscriber), every run plays one of them; names are below
  --fault FILE    plants a fault in the system first (see properties/faults/, or beside an adapter)
  --no-corpus     leaves out the scripts that are run first and count in no other figure: properties/corpus/, or on a
                  system with known deviations those of them
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

On a system with known deviations these are told by name and fail nothing: the exit code is 1 only where something else
failed. What a system lacks is neither drawn nor checked, and told as not applicable.

What was explored is plotted in reports/out/summary.html, and appended as Markdown to the file that
GITHUB_STEP_SUMMARY names, where it does.

Example: lockstep simulate --runs 1000 --seed 7 --json result.json
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('simulate', words, {
    ...taking('one value', 'runs', 'minutes', 'seed', 'system', 'versions', 'fault', 'workers', 'json', 'junit'),
    ...taking('nothing', 'no-corpus', 'shrink-known', 'twice', 'verbose'),
    only: 'many values',
  });
  const system = await readSystem(options);
  const asked = await readSimulationOptions(options, system, await readOnly(options.values('only')));
  const files = { json: readOutput(options, 'json'), junit: readOutput(options, 'junit') };
  const bundle = await bundleWorker(withSystem(system, asked.fault));
  surroundings.err.write(`lockstep: ${sayBounds(asked)}, seed ${asked.seed}, ${asked.world}\n`);
  const exitCode = (progress: SimulationProgress | undefined): ExitCode => (progress !== undefined && hasFailed(progress) ? 1 : 3);
  const simulation = await interruptibly(surroundings, exitCode, (hooks) => simulate(asked, { bundle, ...hooks }));
  return report(simulation, system, options, files, surroundings);
}

/** The names are those of the checks, and with them comes the model: loaded only where names are given. */
async function readOnly(names: readonly string[]): Promise<Only> {
  if (names.length === 0) return { only: [], relations: [] };
  const { readOnlyNames } = await import('../../properties/simulate/only.ts');
  return readOnlyNames('--only', names);
}

async function readSimulationOptions(options: Options, system: NamedSystem, { only, relations }: Only): Promise<SimulationOptions> {
  readNoArgument('simulate', options);
  const minutes = options.value('minutes');
  checkRelations(relations, system);
  const asked: SimulationOptions = {
    seed: readSeed(options),
    runs: wholeIn(options, 'runs', 1) ?? (minutes === undefined ? defaultRuns : null),
    minutes: minutes === undefined ? null : readPositive('--minutes', minutes),
    world: system.name,
    workers: readWorkers(options),
    twice: options.has('twice'),
    only,
    relations,
    fault: readFaultOption(options, system),
    bail: null,
    ...(await readScriptsAtHand(system, options)),
    shrinksKnown: options.has('shrink-known'),
  };
  if (asked.fault !== undefined) plantInFile(asked.fault, repositoryRoot());
  return asked;
}

/** What a system without relations runs are single scripts: asked for relations alone, no run could fail. */
function checkRelations(relations: Only['relations'], { plugin }: NamedSystem): void {
  const [relation] = relations;
  if (relation === undefined || has(plugin, 'relations')) return;
  throw new UsageError(`--only: "relations/${relation}" is not played on ${plugin.name}`);
}

async function readScriptsAtHand({ name }: NamedSystem, options: Options): Promise<Pick<SimulationOptions, 'corpus' | 'deviations'>> {
  const { scripts, knownIssues } = await scriptsAtHand(name);
  return {
    corpus: options.has('no-corpus') || scripts.length === 0 ? undefined : scripts,
    ...(knownIssues !== null && { deviations: knownIssues }),
  };
}

function sayBounds({ runs, minutes }: SimulationOptions): string {
  const atMost = minutes === null ? [] : [`${minutes} min at most`];
  return [...(runs === null ? [] : [`${runs.toLocaleString('en-US')} runs`]), ...atMost].join(', ');
}

async function report(
  simulation: Simulation,
  system: NamedSystem,
  options: Options,
  files: { readonly json: string | undefined; readonly junit: string | undefined },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const style = styleOf(surroundings.out, surroundings.environment);
  const widthColumns = widthOf(surroundings.out);
  const bars = isWatched(surroundings.out, surroundings.environment);
  const verdict = verdictOf(simulation);
  const written = writeFailures(toldIn(simulation), system, options);
  const told = reportOf(simulation, system, verdict, written);
  if (files.json !== undefined) writeJsonReport(files.json, simulation, verdict);
  surroundings.out.write(tellFailures(written, style, widthColumns));
  surroundings.out.write(summaryText(told, { style, widthColumns, bars, verbose: options.has('verbose'), page: sayPath(pagePath()) }));
  await writeReports(told, files.junit, surroundings);
  return exitCodes[verdict];
}

/** What is known is told by its name; on pages only where it was shrunk. */
function toldIn(simulation: Simulation): Simulation {
  return { ...simulation, failures: simulation.failures.filter(({ failure, trace }) => !isKnown(failure) || trace !== undefined) };
}
