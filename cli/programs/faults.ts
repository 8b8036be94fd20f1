/** `npm run faults`: plants every fault of this folder, one at a time, and tells which the suite finds, how soon and how short. */
import { readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { corpusFolder } from '../../properties/corpus/corpus.ts';
import { type Compared, compareStrategies } from '../../properties/faults/comparison.ts';
import { huntByExhaustion } from '../../properties/faults/exhaust-hunt.ts';
import { type Fault, isCanary, readFault } from '../../properties/faults/fault.ts';
import { type Hunt, hunt, type Quarry } from '../../properties/faults/hunt.ts';
import { keepPlanted } from '../../properties/faults/keep.ts';
import { complaintsAbout, type SmokeResult, smoke } from '../../properties/faults/smoke.ts';
import {
  complaintsAboutHunts,
  type FaultResult,
  mostMedianRuns,
  mostMedianSteps,
  mostSteps,
  verdictOf,
} from '../../properties/faults/verdict.ts';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { sayDuration } from '../../reports/terminal/text.ts';
import { bundleWorker } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { readOneOf, readOptions, readWhole } from '../options.ts';
import { huntColumns, huntText, keptText } from './hunt-report.ts';
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
  readonly smoke: boolean;
  readonly keep: boolean;
  readonly strategy: Strategy | 'compare';
  readonly entries: readonly Entry[];
  /** Nothing was left out by `--only`. */
  readonly all: boolean;
  readonly seeds: readonly number[];
  readonly runs: number;
  readonly canaryRuns: number;
  readonly slots: number;
  readonly json: string | undefined;
}
interface Entry {
  readonly file: string;
  readonly fault: Fault;
  readonly canary: boolean;
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const plan = readPlan(words);
  const startMs = performance.now();
  if (plan.smoke) return smokeAll(plan);
  if (plan.strategy === 'compare') return compare(plan);
  const results = await huntAll(plan, plan.strategy);
  const seconds = (performance.now() - startMs) / 1000;
  const complaints = complaintsAboutHunts(results, plan.all);
  process.stdout.write(`${huntText(results, seconds, complaints)}\n`);
  if (plan.keep) process.stdout.write(keptText(keepPlanted(corpusFolder(), results, plan.all)));
  if (plan.json !== undefined) writeFileSync(plan.json, `${JSON.stringify(jsonOf(results, seconds), null, 2)}\n`);
  return complaints.length === 0 ? 0 : 1;
}

/** The sound system goes first; canaries change nothing, and stay out. */
async function smokeAll(plan: Plan): Promise<number> {
  const faults = [null, ...plan.entries.filter(({ canary }) => !canary).map(({ fault }) => fault)];
  const results: SmokeResult[] = [];
  let next = 0;
  const slot = async (): Promise<void> => {
    while (next < faults.length) {
      const place = next++;
      results[place] = await smoke(faults[place] ?? null);
    }
  };
  await Promise.all(Array.from({ length: plan.slots }, slot));
  process.stdout.write(`${smokeText(results)}\n`);
  if (plan.json !== undefined) writeFileSync(plan.json, `${JSON.stringify(results, null, 2)}\n`);
  return complaintsAbout(results).length === 0 ? 0 : 1;
}

/** Tells, and judges nothing: no strategy alone is meant to find everything. */
async function compare(plan: Plan): Promise<number> {
  const entries = plan.entries.filter(({ canary }) => !canary);
  if (entries.length === 0) throw new UsageError('a canary is not meant to be found: there is nothing to compare');
  const hunted: Compared[] = [];
  for (const strategy of compared) hunted.push({ strategy, results: await huntAll({ ...plan, entries }, strategy) });
  const { rows, totals } = compareStrategies(hunted);
  const [fault, rule] = huntColumns;
  const runs = compared.map((title): Column => ({ title, align: 'right' }));
  const heads = [fault, rule, ...runs, { title: 'first', align: 'left' } as const].filter((column) => column !== undefined);
  process.stdout.write(`${[tableText(heads, rows), '', ...totals].join('\n')}\n`);
  if (plan.json !== undefined) writeFileSync(plan.json, `${JSON.stringify(hunted, null, 2)}\n`);
  return 0;
}

function readPlan(words: readonly string[]): Plan {
  const options = readOptions('faults', words, {
    only: 'many values',
    runs: 'one value',
    'canary-runs': 'one value',
    seeds: 'many values',
    'seed-count': 'one value',
    strategy: 'one value',
    smoke: 'nothing',
    keep: 'nothing',
    workers: 'one value',
    json: 'one value',
  });
  const [unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`faults takes no argument "${unexpected}"; --only NAME picks one`);
  const whole = (name: string, otherwise: number): number => {
    const text = options.value(name);
    return text === undefined ? otherwise : readWhole(`--${name}`, text, 1, 1_000_000);
  };
  if (options.has('keep') && (options.has('smoke') || options.value('strategy') === 'compare'))
    throw new UsageError('--keep goes with a hunt');
  const given = options.values('seeds').map((text) => readWhole('--seeds', text, 0, 0xffff_ffff));
  const seeds = given.length > 0 ? given : pinnedSeeds;
  return {
    smoke: options.has('smoke'),
    keep: options.has('keep'),
    strategy: readOneOf('--strategy', options.value('strategy') ?? 'mixed', [...strategies, 'compare']),
    entries: pick(readEntries(), options.values('only')),
    all: options.values('only').length === 0,
    seeds: seeds.slice(0, whole('seed-count', seeds.length)),
    runs: whole('runs', defaultRuns),
    canaryRuns: whole('canary-runs', defaultCanaryRuns),
    slots: whole('workers', Math.min(defaultSlots, availableParallelism())),
    json: options.value('json'),
  };
}

function readEntries(): readonly Entry[] {
  const folder = join(repositoryRoot(), 'properties', 'faults');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({ file, fault: readFault(join(folder, file)), canary: isCanary(file) }));
}

function pick(entries: readonly Entry[], only: readonly string[]): readonly Entry[] {
  const isNamed = (entry: Entry, name: string): boolean =>
    entry.fault.name === name || basename(entry.file, '.json') === basename(name, '.json');
  const unknown = only.find((name) => !entries.some((entry) => isNamed(entry, name)));
  if (unknown !== undefined) throw new UsageError(`there is no fault "${unknown}" in properties/faults/`);
  const picked = only.length === 0 ? entries : entries.filter((entry) => only.some((name) => isNamed(entry, name)));
  if (picked.length === 0) throw new UsageError('there are no faults in properties/faults/');
  return picked;
}

/** All faults must fit before the first is hunted; then the hunts are spread over the slots in order. */
async function huntAll(plan: Plan, strategy: Strategy): Promise<readonly FaultResult[]> {
  const soundBundle = await bundleWorker();
  const quarries: Quarry[] = [];
  for (const { fault } of plan.entries) quarries.push({ fault, soundBundle, bundle: await bundleWorker({ fault }) });
  // What is exhausted knows no chance: one seed says as much as many.
  const seeds = strategy === 'exhaust' ? plan.seeds.slice(0, 1) : plan.seeds;
  const jobs = quarries.flatMap((quarry, index) => seeds.map((seed) => ({ quarry, index, seed })));
  const hunts: Hunt[][] = plan.entries.map(() => []);
  let next = 0;
  const slot = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const { quarry, index, seed } = job;
      const runs = plan.entries[index]?.canary === true ? plan.canaryRuns : plan.runs;
      const done = strategy === 'exhaust' ? await huntByExhaustion(quarry, seed, runs) : await hunt(quarry, seed, runs, strategy);
      hunts[index]?.push(done);
      process.stderr.write(`${quarry.fault.name}, seed ${seed}: ${sayHunt(done)}\n`);
    }
  };
  await Promise.all(Array.from({ length: plan.slots }, slot));
  return plan.entries.map((entry, index) => ({ ...entry, hunts: [...(hunts[index] ?? [])].sort((a, b) => a.seed - b.seed) }));
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

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`faults: ${error.message}\n`);
  process.exitCode = 2;
}
