/** `npm run faults`: plants every fault of `properties/faults/`, one at a time, and tells which the suite finds, how soon and how short. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { corpusFolder } from '../../properties/corpus/corpus.ts';
import { type Compared, compareStrategies } from '../../properties/faults/comparison.ts';
import { huntByExhaustion } from '../../properties/faults/exhaust-hunt.ts';
import { type Fault, faultFiles, faultsFolder, isCanary, readFault } from '../../properties/faults/fault.ts';
import { type Hunt, hunt, type Quarry } from '../../properties/faults/hunt.ts';
import { keepPlanted } from '../../properties/faults/keep.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { complaintsAbout, smoke } from '../../properties/faults/smoke.ts';
import {
  complaintsAboutHunts,
  type FaultResult,
  mostMedianRuns,
  mostMedianSteps,
  mostSteps,
  verdictOf,
} from '../../properties/faults/verdict.ts';
import { sayDuration } from '../../reports/terminal/text.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { type Options, readOneOf, readWhole, taking, wholeIn } from '../options.ts';
import { mostSeed, readWorkers } from '../shared.ts';
import type { ExitCode } from '../verb.ts';
import { huntText, keptText } from './hunt-report.ts';
import { pickOnly, start, tableOf, tell, wholeOption, writeJson } from './program.ts';
import { smokeText } from './smoke-report.ts';

const pinnedSeeds: readonly number[] = [1, 2, 3];
const defaultRuns = 2_000;
const defaultCanaryRuns = 300;
const defaultSlots = 2;

const help = `Usage: npm run faults -- [options]

Plants every fault of properties/faults/ and hunts it under ${pinnedSeeds.length} pinned seeds. A fault that survives under one of them,
a script of more than ${mostSteps} steps, a script that fails without the fault, and a canary that dies fail the run; so do, where
all are hunted, medians over the faults above ${mostMedianRuns} runs or ${mostMedianSteps} steps.

  --only NAME…      only these (the name of the fault or of its file)
  --sample N        only so many of them, drawn by the next option: enough for a commit, where all are hunted at night
  --sample-seed S   draws the sample (0)
  --runs N          runs until a fault counts as a survivor (${defaultRuns})
  --canary-runs N   runs that a canary must survive (${defaultCanaryRuns})
  --seeds A,B,C     other seeds
  --seed-count N    only the first N seeds
  --strategy NAME   how runs are ordered: mixed (as simulate does), fair, priorities; or exhaust, which runs the
                    schedules of scopes, those about the fault's rule first, N runs in all; or compare, which tells
                    the last three side by side
  --smoke           instead of hunting: which die in 20 sequential runs of one client; of those planted from the third
                    generation of the rules on ("since": 3) hardly any may
  --keep            writes the shrunk scripts to properties/corpus/planted/, the smallest where several seeds found one
  --workers W       hunts side by side (${defaultSlots}, or the cores where there are fewer)
  --json FILE       writes the results there
  --help            prints this

Example: npm run faults -- --only server-frozen --seed-count 1
`;

const strategies = ['mixed', 'fair', 'priorities', 'exhaust'] as const;
type Strategy = (typeof strategies)[number];
const compared: readonly Strategy[] = ['fair', 'priorities', 'exhaust'];

interface Plan {
  readonly entries: readonly Entry[];
  readonly seeds: readonly number[];
  readonly runs: number;
  readonly canaryRuns: number;
  readonly slots: number;
}
interface Entry {
  readonly file: string;
  readonly fault: Fault;
  readonly canary: boolean;
}

async function run(options: Options): Promise<ExitCode> {
  const strategy = readOneOf('--strategy', options.value('strategy') ?? 'mixed', [...strategies, 'compare']);
  if (options.has('keep') && (options.has('smoke') || strategy === 'compare')) throw new UsageError('--keep goes with a hunt');
  const plan = readPlan(options);
  if (options.has('smoke')) return smokeAll(plan, options);
  if (strategy === 'compare') return compare(plan, options);
  const startMs = performance.now();
  const results = await huntAll(plan, strategy);
  const seconds = (performance.now() - startMs) / 1000;
  const isAll = !options.has('only') && !options.has('sample');
  const complaints = complaintsAboutHunts(results, isAll);
  tell(huntText(results, seconds, complaints));
  if (options.has('keep')) process.stdout.write(keptText(keepPlanted(corpusFolder(), results, isAll)));
  writeJson(options, jsonOf(results, seconds));
  return complaints.length === 0 ? 0 : 1;
}

function readPlan(options: Options): Plan {
  const given = options.values('seeds').map((text) => readWhole('--seeds', text, 0, mostSeed));
  const seeds = given.length > 0 ? given : pinnedSeeds;
  const entries = faultFiles().map((file): Entry => ({ file, fault: readFault(join(faultsFolder(), file)), canary: isCanary(file) }));
  const picked = pickOnly(options, entries, 'fault NAME in properties/faults/', ({ fault, file }) => [fault.name, basename(file, '.json')]);
  return {
    entries: sampled(options, picked),
    seeds: seeds.slice(0, wholeOption(options, 'seed-count', seeds.length)),
    runs: wholeOption(options, 'runs', defaultRuns),
    canaryRuns: wholeOption(options, 'canary-runs', defaultCanaryRuns),
    slots: readWorkers(options, defaultSlots),
  };
}

/** Drawn by a hash of the seed and the file, so that one more fault changes little of what a seed draws. In the order of the files. */
function sampled(options: Options, entries: readonly Entry[]): readonly Entry[] {
  if (!options.has('sample')) {
    if (options.has('sample-seed')) throw new UsageError('--sample-seed goes with --sample');
    return entries;
  }
  const count = wholeOption(options, 'sample', entries.length);
  const seed = wholeIn(options, 'sample-seed', 0) ?? 0;
  const rank = ({ file }: Entry): string => createHash('sha256').update(`${seed} ${file}`).digest('hex');
  const drawn = entries.map((entry) => ({ entry, rank: rank(entry) })).sort((one, other) => (one.rank < other.rank ? -1 : 1));
  const kept = new Set(drawn.slice(0, count).map(({ entry }) => entry));
  return entries.filter((entry) => kept.has(entry));
}

/** The sound system goes first; canaries change nothing, and stay out. */
async function smokeAll({ entries, slots }: Plan, options: Options): Promise<ExitCode> {
  const faults = [null, ...entries.filter(({ canary }) => !canary).map(({ fault }) => fault)];
  const results = await sideBySide(faults, slots, smoke);
  tell(smokeText(results));
  writeJson(options, results);
  return complaintsAbout(results).length === 0 ? 0 : 1;
}

/** Tells, and judges nothing: no strategy alone is meant to find everything. */
async function compare(plan: Plan, options: Options): Promise<ExitCode> {
  const entries = plan.entries.filter(({ canary }) => !canary);
  if (entries.length === 0) throw new UsageError('a canary is not meant to be found: there is nothing to compare');
  const hunted: Compared[] = [];
  for (const strategy of compared) hunted.push({ strategy, results: await huntAll({ ...plan, entries }, strategy) });
  const { rows, totals } = compareStrategies(hunted);
  const runs = Object.fromEntries(compared.map((title) => [title, 'right' as const]));
  tell(tableOf({ fault: 'left', rule: 'left', ...runs, first: 'left' }, rows), '', ...totals);
  writeJson(options, hunted);
  return 0;
}

/** All faults must fit before the first is hunted; then the hunts are spread over the slots in order. */
async function huntAll({ entries, seeds, runs, canaryRuns, slots }: Plan, strategy: Strategy): Promise<readonly FaultResult[]> {
  const soundBundle = await bundleWorker();
  const quarries: (Quarry & { readonly runs: number })[] = [];
  for (const { fault, canary } of entries) {
    quarries.push({ fault, soundBundle, bundle: await bundleWorker({ fault }), runs: canary ? canaryRuns : runs });
  }
  // What is exhausted knows no chance: one seed says as much as many.
  const seedsUsed = strategy === 'exhaust' ? seeds.slice(0, 1) : seeds;
  const jobs = quarries.flatMap((quarry) => seedsUsed.map((seed) => ({ quarry, seed })));
  const hunts = await sideBySide(jobs, slots, async ({ quarry, seed }) => {
    const done =
      strategy === 'exhaust' ? await huntByExhaustion(quarry, seed, quarry.runs) : await hunt(quarry, seed, quarry.runs, strategy);
    process.stderr.write(`${quarry.fault.name}, seed ${seed}: ${sayHunt(done)}\n`);
    return done;
  });
  const huntsOf = (place: number): readonly Hunt[] => hunts.slice(place * seedsUsed.length, (place + 1) * seedsUsed.length);
  return entries.map((entry, place) => ({ ...entry, hunts: [...huntsOf(place)].sort((a, b) => a.seed - b.seed) }));
}

function sayHunt(done: Hunt): string {
  const undecided = done.undecidedRuns > 0 ? `, ${done.undecidedRuns} runs without a result` : '';
  if (done.runsUntilFound === null) return `not found in ${sayDuration(done.seconds)}${undecided}`;
  return `found by ${done.foundBy} after ${done.runsUntilFound} runs, ${done.steps} steps, ${sayDuration(done.seconds)}${undecided}`;
}

function jsonOf(results: readonly FaultResult[], seconds: number): unknown {
  return {
    seconds,
    faults: results.map((result) => ({
      name: result.fault.name,
      rule: result.fault.rule,
      file: result.file,
      canary: result.canary,
      verdict: verdictOf(result),
      hunts: result.hunts,
    })),
  };
}

const options = {
  ...taking('one value', 'sample', 'sample-seed', 'runs', 'canary-runs', 'seed-count', 'strategy', 'workers', 'json'),
  ...taking('many values', 'only', 'seeds'),
  ...taking('nothing', 'smoke', 'keep'),
};
await start({ name: 'faults', help, options, run });
