/**
 * `npm run pairs`: does one commit cost more CPU time than another? Both do the same work in turn, so that whatever else the machine does
 * meets both alike; told is the ratio, and how sure it is.
 */
import type { ChildProcess } from 'node:child_process';
import { readOutput } from '../../cli/check-folder.ts';
import { type Options, readOneOf, readPositive } from '../../cli/options.ts';
import { start, tableOf, tell, wholeOption, writeJson } from '../../cli/programs/program.ts';
import type { ExitCode } from '../../cli/verb.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { EndingError, endingSignal, whenEnding } from '../interruption.ts';
import { type Ratio, ratioOf } from './interval.ts';
import { createScratch, haveSamePackages, type Scratch, type Tree, workTree } from './tree.ts';
import { type Done, MeasureError, performWork, usualAmounts, type Work, type WorkName, workNames } from './works.ts';

const usualPairs = 15;

const help = `Usage: npm run pairs -- --against COMMIT [options]

Measures the CPU seconds, user and system, that two commits take for the same work, in interleaved pairs, and tells the
ratio of the later to the earlier one with its 95 % interval. A commit is checked out into a scratch folder, which is
removed again; packages are those of the work tree.

  --against COMMIT  the commit before
  --with COMMIT     the commit after (the work tree as it stands)
  --work NAME       server: our server alone, over real sockets, with 20 honest clients (usual)
                    simulation: lockstep simulate with seed 7, in one worker, its start included
  --amount N        writes (${usualAmounts.server}), or runs of the simulation (${usualAmounts.simulation})
  --pairs N         how many, after one that is not counted (${usualPairs}; at least 2)
  --most RATIO      fails where the upper end of the interval is above that, such as 1.05
  --json FILE       writes all figures there
  --help            prints this

Exit code: 0 measured, and within --most; 1 above it; 2 bad usage; 3 not measured, or ended by a signal.

Example: npm run pairs -- --against main~3 --most 1.05
`;

interface Plan {
  readonly before: Tree;
  readonly after: Tree;
  readonly work: WorkName;
  readonly amount: number;
  readonly pairs: number;
}

interface Pair {
  readonly before: Done;
  readonly after: Done;
}

function readPlan(options: Options, scratch: Scratch): Plan {
  const against = options.value('against');
  if (against === undefined) throw new UsageError('pairs needs --against COMMIT');
  const later = options.value('with');
  const work = readOneOf('--work', options.value('work') ?? 'server', workNames);
  const pairs = wholeOption(options, 'pairs', usualPairs);
  if (pairs < 2) throw new UsageError('--pairs must be at least 2: one pair does not say how sure it is');
  return {
    before: scratch.checkOut(against),
    after: later === undefined ? workTree() : scratch.checkOut(later),
    work,
    amount: wholeOption(options, 'amount', usualAmounts[work]),
    pairs,
  };
}

/** Every other pair begins with the other one. */
async function measurePair({ before, after, work: name }: Plan, work: Work, place: number): Promise<Pair> {
  if (place % 2 === 0) {
    const first = await performWork(name, before, work);
    return { before: first, after: await performWork(name, after, work) };
  }
  const first = await performWork(name, after, work);
  return { before: await performWork(name, before, work), after: first };
}

async function measure(plan: Plan, work: Work): Promise<readonly Pair[]> {
  process.stderr.write(`${plan.before.name} and ${plan.after.name}: a pair that is not counted\n`);
  await measurePair(plan, work, 0);
  const pairs: Pair[] = [];
  for (let place = 0; place < plan.pairs; place += 1) {
    const pair = await measurePair(plan, work, place);
    pairs.push(pair);
    const ratio = pair.after.cpuSeconds / pair.before.cpuSeconds;
    process.stderr.write(`pair ${place + 1} of ${plan.pairs}: ${ratio.toFixed(3)}\n`);
  }
  return pairs;
}

function notesOn(plan: Plan, pairs: readonly Pair[]): readonly string[] {
  const isSameWork = pairs.every(({ before, after }) => before.mark === after.mark);
  return [
    ...(haveSamePackages(plan.before, plan.after)
      ? []
      : ['their package-lock.json differ: both were measured with the packages of the work tree']),
    ...(isSameWork ? [] : ['their traces differ: they did not do the same work, and the ratio compares that as well']),
  ];
}

function tellResult(plan: Plan, pairs: readonly Pair[], { ratio, lower, upper }: Ratio): void {
  const rows = pairs.map(({ before, after }, place) => [
    `${place + 1}`,
    before.cpuSeconds.toFixed(3),
    after.cpuSeconds.toFixed(3),
    (after.cpuSeconds / before.cpuSeconds).toFixed(3),
  ]);
  tell(
    tableOf({ pair: 'right', [`${plan.before.name}, CPU s`]: 'right', [`${plan.after.name}, CPU s`]: 'right', ratio: 'right' }, rows),
    '',
  );
  tell(`${plan.work}, ${sayCount(pairs.length, 'pair')}: ${ratio.toFixed(3)} (95 %: ${lower.toFixed(3)} to ${upper.toFixed(3)})`);
  tell(...notesOn(plan, pairs));
}

async function run(options: Options): Promise<ExitCode> {
  readOutput(options, 'json');
  const mostText = options.value('most');
  const most = mostText === undefined ? Number.POSITIVE_INFINITY : readPositive('--most', mostText);
  const ending = whenEnding(endingSignal('pairs'));
  const children = new Set<ChildProcess>();
  const scratch = createScratch();
  try {
    const plan = readPlan(options, scratch);
    const pairs = await Promise.race([measure(plan, { amount: plan.amount, scratchFolder: scratch.folder, children }), ending]);
    const ratio = ratioOf(pairs.map(({ before, after }) => [before.cpuSeconds, after.cpuSeconds]));
    tellResult(plan, pairs, ratio);
    writeJson(options, { ...plan, measured: pairs, ...ratio });
    if (ratio.upper <= most) return 0;
    tell(`the upper end is above ${most}`);
    return 1;
  } catch (error) {
    if (!(error instanceof EndingError || error instanceof MeasureError)) throw error;
    process.stderr.write(`pairs: not measured: ${error.message}\n`);
    return 3;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    scratch.remove();
  }
}

const options = {
  against: 'one value',
  with: 'one value',
  work: 'one value',
  amount: 'one value',
  pairs: 'one value',
  most: 'one value',
  json: 'one value',
} as const;
await start({ name: 'pairs', help, options, run });
