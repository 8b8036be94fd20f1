/** `npm run reproductions`: runs the reproduction of every known deviation against an installed set, and compares with what is recorded. */
import { availableParallelism } from 'node:os';
import type { Finding, ReproductionTransport } from '../../properties/triplit/finding.ts';
import { gatherFindings } from '../../properties/triplit/gather-findings.ts';
import {
  exitCodeOf,
  type Installed,
  isAsRecorded,
  isMissing,
  type JudgedReproduction,
  recordedOf,
} from '../../properties/triplit/reproduction-verdict.ts';
import { runReproduction } from '../../properties/triplit/run-reproduction.ts';
import { sayAbsent } from '../../properties/triplit/set.ts';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { sayCount, sayDuration } from '../../reports/terminal/text.ts';
import { defaultSetName, installedVersions, isInstalled } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { readOptions, readWhole } from '../options.ts';

/** They mostly wait; more at once than cores would make them wait for each other. */
const defaultSlots = 2;
const toldEvery = 10;

const help = `Usage: npm run reproductions -- [options]

Runs the reproduction of every known deviation (sut/triplit/deviations/NAME.ts) against an installed set of the
published packages, each in a process of its own, and tells which deviate. In the versions that a deviation records, its
reproduction must say so; in others it is told what was seen.

  --versions NAME  the set (${defaultSetName} unless told otherwise); lockstep published install brings one
  --only NAME…     only these
  --workers W      side by side (${defaultSlots}, or the cores where there are fewer)
  --help           prints this

Exit code: 0 all as recorded, 1 one differs, 2 bad usage or input, 3 one gave no verdict.

Example: npm run reproductions -- --versions older --only refused-token-kept
`;

async function main(words: readonly string[]): Promise<0 | 1 | 3> {
  if (words.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const options = readOptions('reproductions', words, { versions: 'one value', only: 'many values', workers: 'one value' });
  const [unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`reproductions takes no argument "${unexpected}"; --only NAME picks one`);
  const set = readSet(options.value('versions') ?? defaultSetName);
  const findings = pick(gatherFindings(repositoryRoot()), options.values('only'));
  const slots = readWhole('--workers', options.value('workers') ?? `${Math.min(defaultSlots, availableParallelism())}`, 1, 256);
  const startMs = performance.now();
  const judged = await judgeAll(findings, set, slots);
  return report(judged, set, (performance.now() - startMs) / 1000);
}

function readSet(set: string): string {
  if (isInstalled(repositoryRoot(), set)) return set;
  throw new UsageError(sayAbsent(repositoryRoot(), set));
}

function pick(findings: readonly Finding[], only: readonly string[]): readonly Finding[] {
  const unknown = only.find((name) => !findings.some(({ deviation }) => deviation.name === name));
  if (unknown !== undefined) throw new UsageError(`there is no deviation "${unknown}" in sut/triplit/deviations/`);
  return only.length === 0 ? findings : findings.filter(({ deviation }) => only.includes(deviation.name));
}

async function judgeAll(findings: readonly Finding[], set: string, slots: number): Promise<readonly JudgedReproduction[]> {
  const installed = installedVersions(repositoryRoot(), set);
  const judged: JudgedReproduction[] = [];
  let next = 0;
  let done = 0;
  const slot = async (): Promise<void> => {
    while (next < findings.length) {
      const place = next++;
      const finding = findings[place];
      if (finding === undefined) return;
      judged[place] = await judge(finding, set, installed);
      done += 1;
      if (done % toldEvery === 0) process.stderr.write(`${done} of ${findings.length}\n`);
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
  return judged;
}

async function judge({ deviation, reproduction }: Finding, set: string, installed: Installed): Promise<JudgedReproduction> {
  const { name, rule } = deviation;
  const reproduced = await runReproduction({ root: repositoryRoot(), set, name, text: reproduction.text });
  return {
    name,
    rule,
    over: transportWords[reproduction.transport],
    reproduced,
    recorded: recordedOf(deviation, installed),
  };
}

const transportWords: Readonly<Record<ReproductionTransport, string>> = { WebSocket: 'real sockets', none: 'no connection' };

const columns: readonly Column[] = [
  { title: 'deviation', align: 'left' },
  { title: 'rule', align: 'left' },
  { title: 'over', align: 'left' },
  { title: 'recorded', align: 'left' },
  { title: 'says', align: 'left' },
];

function report(judged: readonly JudgedReproduction[], set: string, seconds: number): 0 | 1 | 3 {
  const rows = judged.map((one) => [one.name, one.rule, one.over, one.recorded ?? '–', sayResult(one)]);
  const count = (saying: string): number => judged.filter(({ reproduced }) => sayOutcome(reproduced) === saying).length;
  const installed = Object.entries(installedVersions(repositoryRoot(), set)).map(([name, version]) => `${name} ${version}`);
  process.stdout.write(`${tableText(columns, rows)}\n\n`);
  for (const { name, reproduced } of judged)
    if (reproduced.outcome === 'failed to run') process.stdout.write(`${name}: ${reproduced.why}\n`);
  process.stdout.write(
    [
      `${set}: ${installed.join(', ')}`,
      `${sayCount(judged.length, 'reproduction')} in ${sayDuration(seconds)}: ${count('DEVIATES')} deviate, ${count('as promised')} as promised, ${count('failed to run')} failed to run`,
      sayVerdict(judged),
      '',
    ].join('\n'),
  );
  return exitCodeOf(judged);
}

function sayOutcome(reproduced: JudgedReproduction['reproduced']): string {
  return reproduced.outcome === 'said' ? reproduced.saying : reproduced.outcome;
}

function sayResult(judged: JudgedReproduction): string {
  return sayOutcome(judged.reproduced) + (isAsRecorded(judged) ? '' : ' (not as recorded)');
}

function sayVerdict(judged: readonly JudgedReproduction[]): string {
  const differing = judged.filter((one) => !isAsRecorded(one)).length;
  if (differing > 0) return `${sayCount(differing, 'differs', 'differ')} from what is recorded`;
  if (judged.some(isMissing)) return 'could not decide: one gave no verdict';
  return judged.some(({ recorded }) => recorded !== null) ? 'all as recorded' : 'nothing is recorded of these versions';
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`reproductions: ${error.message}\n`);
  process.exitCode = 2;
}
