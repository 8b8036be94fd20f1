/** `npm run reproductions`: runs the reproduction of every known deviation against an installed set, and compares with what is recorded. */
import { sayVersions } from '../../properties/systems/plugin.ts';
import { type Finding, gatherFindings } from '../../properties/systems/triplit/finding.ts';
import { sayAbsent } from '../../properties/systems/triplit/plugin.ts';
import {
  exitCodeOf,
  type Installed,
  isAsRecorded,
  isMissing,
  type JudgedReproduction,
  recordedOf,
} from '../../properties/systems/triplit/reproduction-verdict.ts';
import { runReproduction } from '../../properties/systems/triplit/run-reproduction.ts';
import { sayCount, sayDuration } from '../../reports/terminal/text.ts';
import { transportWords } from '../../reports/triplit/findings.ts';
import { defaultSetName, installedVersions, isInstalled } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import type { Options } from '../options.ts';
import { type Columns, pickOnly, start, tableOf, tell, workThrough } from '../programs/program.ts';
import { readWorkers } from '../shared.ts';
import type { ExitCode } from '../verb.ts';

/** They mostly wait; more at once than cores would make them wait for each other. */
const defaultSlots = 2;
const toldEvery = 10;

const help = `Usage: npm run reproductions -- [options]

Runs the reproduction of every known deviation (sut/triplit/deviations/NAME.ts) against an installed set of the
published packages, each in a process of its own, and tells which deviate. In the versions that a deviation records, its
reproduction must say so; in others it is told what was seen. Those that touch security are left out, unless
sut/triplit/disclosed.json, --only or --all names them.

  --versions NAME  the set (${defaultSetName} unless told otherwise); lockstep published install brings one
  --only NAME…     only these
  --all            also those that touch security and are withheld
  --workers W      side by side (${defaultSlots}, or the cores where there are fewer)
  --help           prints this

Exit code: 0 all as recorded, 1 one differs, 2 bad usage or input, 3 one gave no verdict.

Example: npm run reproductions -- --versions older --only refused-token-kept
`;

async function run(options: Options): Promise<ExitCode> {
  const set = options.value('versions') ?? defaultSetName;
  if (!isInstalled(repositoryRoot(), set)) throw new UsageError(sayAbsent(set));
  const kind = 'deviation NAME in sut/triplit/deviations/';
  const asked = pickOnly(options, gatherFindings(repositoryRoot()), kind, ({ deviation }) => [deviation.name]);
  const isAskedFor = options.has('all') || options.values('only').length > 0;
  const findings = asked.filter(({ isWithheld }) => isAskedFor || !isWithheld);
  const installed = installedVersions(repositoryRoot(), set);
  const startMs = performance.now();
  const judged = await workThrough(findings, readWorkers(options, defaultSlots), toldEvery, (finding) => judge(finding, set, installed));
  const withheld = asked.length - findings.length;
  if (withheld > 0) tell(`${withheld} withheld, which touch security; --all runs them too`);
  return report(judged, set, (performance.now() - startMs) / 1000);
}

async function judge({ deviation, reproduction }: Finding, set: string, installed: Installed): Promise<JudgedReproduction> {
  const { name, rule } = deviation;
  const reproduced = await runReproduction({ root: repositoryRoot(), set, name, text: reproduction.text });
  return { name, rule, over: transportWords[reproduction.transport], reproduced, recorded: recordedOf(deviation, installed) };
}

const columns: Columns = { deviation: 'left', rule: 'left', over: 'left', recorded: 'left', says: 'left' };

function report(judged: readonly JudgedReproduction[], set: string, seconds: number): ExitCode {
  const rows = judged.map((one) => [one.name, one.rule, one.over, one.recorded ?? '–', sayResult(one)]);
  const count = (saying: string): number => judged.filter(({ reproduced }) => sayOutcome(reproduced) === saying).length;
  tell(tableOf(columns, rows), '');
  for (const { name, reproduced } of judged) if (reproduced.outcome === 'failed to run') tell(`${name}: ${reproduced.why}`);
  tell(
    `${set}: ${sayVersions(installedVersions(repositoryRoot(), set))}`,
    `${sayCount(judged.length, 'reproduction')} in ${sayDuration(seconds)}: ${count('DEVIATES')} deviate, ${count('as promised')} as promised, ${count('failed to run')} failed to run`,
    sayVerdict(judged),
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

const options = { versions: 'one value', only: 'many values', all: 'nothing', workers: 'one value' } as const;
await start({ name: 'reproductions', help, options, run });
