/** `lockstep simulate`: the main job. */
import { plantInFile } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import type { Campaign } from '../../properties/simulate/journal/campaign.ts';
import type { Only } from '../../properties/simulate/only.ts';
import { has } from '../../properties/systems/plugin.ts';
import type { NamedSystem } from '../../properties/systems/registry.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { sourcesOf } from '../../tools/bundle.ts';
import { nearestNames } from '../../tools/nearest-names.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { conduct } from '../campaign/conduct.ts';
import { faultOf, hashOfCorpus, readScripts, systemFromRoot, toolsHere, versionsOf } from '../campaign/describe.ts';
import { optionsOf, readOnly } from '../campaign/options.ts';
import { choosePlace } from '../campaign/place.ts';
import { readOutput } from '../check-folder.ts';
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
import type { ExitCode, Surroundings } from '../verb.ts';

/** About a minute on two cores. */
const defaultRuns = 4_000;

export const help = `Usage: lockstep simulate [options]

Draws scripts from a seed, runs each against the system and the model, and checks after every step that the
system did what the model allows. What fails is written down at once, shrunk while other runs go on, and told on one page.

All is written to a folder of its own, reports/out/runs/<seed>-<n>/, which reports/out/runs/latest leads to: failures/ with a
file for each class of failure, report.json, summary.html, and journal.jsonl, from which lockstep resume goes on after
whatever ended this, and lockstep merge unites shards.

  --runs N        runs to do (${defaultRuns.toLocaleString('en-US')} unless --minutes is given)
  --from RUN      the number of the first (0)
  --minutes M     stops after M minutes, the shrinking included; the number of runs then varies
  --bail[=N]      stops after N classes of failure (1)
  --shard I/N     does the I-th of N equal parts of the runs, and of the scripts of the corpus
  --seed S        0 to ${mostSeed}; a fresh one, printed, where none is given
  --system NAME   ${systemsHelp('                  ')}
  --versions NAME the set of versions, of a system that comes in several
  --only NAME…    only failures of these rules or properties count, such as S7 or liveness; where all
                  are relations (relations/late-subscriber), every run plays one of them; names are below
  --theme NAME    every run is of this theme, such as hostile, in which one client knows the protocol and means harm;
                  names are below
  --fault FILE    plants a fault in the system first (see properties/faults/, or beside an adapter)
  --no-corpus     leaves out the scripts that are run first and count in no other figure: properties/corpus/, or on a
                  system with known deviations those of them
  --shrink-known  shrinks and tells known deviations as well
  --twice         runs every script twice and compares the traces event by event
  --workers W     worker threads; all cores where not given. No figure but the speed depends on it
  --out DIR       the folder of this campaign; nothing is written elsewhere
  --json FILE     writes the figures and the failures there
  --junit FILE    writes the result there as JUnit XML, for build servers
  --verbose       lists every cell of what was explored, with its count, and every known deviation that showed
  --help          prints this

The names for --only:
  rules        S1 to S11, Q1 to Q7, H1 to H5, W1 to W6, P1 to P2, C1 to C5, K1 to K3, B1 to B6, E1 to E3
               (model/SPEC.md)
  other laws   determinism, liveness, wire, world
  checks       lockstep, statuses, emissions, liveness, remains
  relations    relations/sharing-off, relations/filter-algebra, relations/late-subscriber,
               relations/refresh-inserted, relations/reconnected

The names for --theme:
  everyday, sessions, expiry, sharing, writers, stormy, reordered, recipes, long, hot, hostile

On a system with known deviations these are told by name and fail nothing: the exit code is 1 only where something else
failed. What a system lacks is neither drawn nor checked, and told as not applicable.

What was explored is plotted in summary.html, and appended as Markdown to the file that GITHUB_STEP_SUMMARY names, where
it does.

Ctrl-C, SIGTERM and SIGHUP end it with what there is: the smallest failure is shrunk for ten seconds at most; a second one
ends it at once, with what is known. What is known to have failed makes the exit code 1, however it ends.

Example: lockstep simulate --runs 1000 --seed 7 --json result.json
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('simulate', words, {
    ...taking('one value', 'runs', 'from', 'minutes', 'seed', 'shard', 'system', 'versions', 'fault', 'theme', 'workers'),
    ...taking('one value', 'out', 'json', 'junit'),
    ...taking('nothing', 'no-corpus', 'shrink-known', 'twice', 'verbose'),
    bail: 'a value or nothing',
    only: 'many values',
  });
  readNoArgument('simulate', options);
  const place = choosePlace('runs', options.value('out'), surroundings.err);
  const system = await readSystem(options);
  const scripts = await readScripts(system, !options.has('no-corpus'));
  const workers = readWorkers(options);
  const fault = readFaultOption(options, system);
  if (fault !== undefined) plantInFile(fault, repositoryRoot());
  const { only, relations } = await readOnly(options.values('only'));
  checkRelations(relations, system);
  const theme = await readTheme(options, system);
  const asked: Omit<Campaign, 'sources'> = {
    seed: readSeed(options),
    ...readRuns(options),
    bail: readBail(options),
    system: systemFromRoot(system.name),
    versions: versionsOf(system),
    twice: options.has('twice'),
    only,
    ...(theme !== undefined && { theme }),
    shrinksKnown: options.has('shrink-known'),
    fault: faultOf(fault, options.value('fault')),
    corpus: hashOfCorpus(scripts.corpus),
    by: toolsHere(),
  };
  const outputs = { json: readOutput(options, 'json'), junit: readOutput(options, 'junit'), verbose: options.has('verbose') };
  const bundle = await bundleWorker(withSystem(system, fault));
  const campaign: Campaign = { ...asked, sources: sourcesOf(bundle) };
  const folder = place.open(campaign.seed);
  const announcement = `${sayBounds(campaign)}, seed ${campaign.seed}, ${system.name}${sayFolder(folder)}`;
  const simulation = await optionsOf(campaign, system, scripts, workers);
  return conduct({ campaign, folder, system, options: simulation, announcement, bundle }, outputs, surroundings);
}

/** Which runs, and for how long. */
function readRuns(options: Options): Pick<Campaign, 'range' | 'whole' | 'shard' | 'minutes'> {
  const minutes = options.value('minutes');
  const from = wholeIn(options, 'from', 0) ?? 0;
  const runs = wholeIn(options, 'runs', 1) ?? (minutes === undefined ? defaultRuns : null);
  const whole = { from, to: runs === null ? null : from + runs };
  const shard = readShard(options);
  const time = { minutes: minutes === undefined ? null : readPositive('--minutes', minutes) };
  if (shard === null) return { range: whole, whole, shard, ...time };
  if (runs === null || time.minutes !== null) throw new UsageError('--shard does not go with --minutes: its share of the runs is fixed');
  if (options.has('bail')) throw new UsageError('--shard does not go with --bail: the others would not know where to end');
  if (shard.of > runs) throw new UsageError(`--shard: ${sayCount(runs, 'run')} cannot be dealt to ${shard.of} shards`);
  const startOf = (index: number): number => from + Math.floor((runs * index) / shard.of);
  return { range: { from: startOf(shard.index - 1), to: startOf(shard.index) }, whole, shard, ...time };
}

function readShard(options: Options): Campaign['shard'] {
  const text = options.value('shard');
  if (text === undefined) return null;
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/u.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new UsageError(`--shard must be I/N, such as 1/4, not ${JSON.stringify(text)}`);
}

function readBail(options: Options): number | null {
  return options.has('bail') ? (wholeIn(options, 'bail', 1) ?? 1) : null;
}

/** The generator is loaded only where a theme is named. */
async function readTheme(options: Options, { plugin }: NamedSystem): Promise<string | undefined> {
  const asked = options.value('theme');
  if (asked === undefined) return undefined;
  const { isThemeOf, themeNames } = await import('../../properties/generator/swarm.ts');
  if (!themeNames.includes(asked)) {
    const nearest = nearestNames(asked, themeNames);
    const hint = nearest.length === 0 ? themeNames : nearest;
    throw new UsageError(`--theme does not know ${JSON.stringify(asked)}; there ${hint.length === 1 ? 'is' : 'are'} ${hint.join(', ')}`);
  }
  if (!isThemeOf(asked, plugin.capabilities)) throw new UsageError(`--theme: ${asked} needs what ${plugin.name} does not have`);
  return asked;
}

/** What a system without relations runs are single scripts: asked for relations alone, no run could fail. */
function checkRelations(relations: Only['relations'], { plugin }: NamedSystem): void {
  const [relation] = relations;
  if (relation === undefined || has(plugin, 'relations')) return;
  throw new UsageError(`--only: "relations/${relation}" is not played on ${plugin.name}`);
}

function sayBounds({ range: { from, to }, minutes, shard }: Campaign): string {
  const runs = to === null ? [] : [`${sayCount(to - from, 'run')}${from === 0 ? '' : ` from run ${from} on`}`];
  const atMost = minutes === null ? [] : [`${minutes} min at most`];
  const share = shard === null ? [] : [`shard ${shard.index} of ${shard.of}`];
  return [...share, ...runs, ...atMost].join(', ');
}

function sayFolder(folder: string | null): string {
  return folder === null ? '' : `, in ${sayPath(folder)}`;
}
