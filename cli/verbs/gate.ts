/** `lockstep gate`: the verdict for a release, of our own client and server or of a version of another system. */
import { writeFileSync } from 'node:fs';
import { readTextFile } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { type GateResult, runGate } from '../../properties/gate/compare-releases.ts';
import { type Evidence, exploredIn } from '../../properties/gate/evidence.ts';
import { presentCommit } from '../../properties/gate/git-state.ts';
import { type GateReport, gateJson, type ReportedFinding, type StateReport } from '../../properties/gate/report.ts';
import { nameOf } from '../../properties/gate/sightings.ts';
import type { State } from '../../properties/gate/start.ts';
import { type GateSubject, type SubjectState, subjectAlone, subjectOfRevisions, subjectOfVersions } from '../../properties/gate/subject.ts';
import type { JudgedFinding } from '../../properties/gate/verdict.ts';
import { isDate, type JudgedWaiver, judgeWaivers, readWaivers } from '../../properties/gate/waivers.ts';
import { fileNameOf } from '../../properties/simulate/file-name.ts';
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { type NamedSystem, systems } from '../../properties/systems/registry.ts';
import { gateText } from '../../reports/terminal/release.ts';
import { styleOf, widthOf } from '../../reports/terminal/style.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { systemFromRoot, toolsHere, versionsOf } from '../campaign/describe.ts';
import { openKnownFailures } from '../campaign/known-failures.ts';
import { choosePlace, type Place } from '../campaign/place.ts';
import { openTroubles, type Troubles } from '../campaign/troubles.ts';
import { readOutput } from '../check-folder.ts';
import { tellFailures, type WrittenFailure, writeFailures } from '../failures.ts';
import { interruptibly } from '../interruption.ts';
import { type Options, readOptions, taking, wholeIn } from '../options.ts';
import {
  commandsFor,
  mostSeed,
  readNoArgument,
  readSeed,
  readSystem,
  readWorkers,
  systemsHelp,
  systemWords,
  withSystem,
  withVersions,
} from '../shared.ts';
import { type ExitCode, exitCodes, type Surroundings, Undecided } from '../verb.ts';
import { lockstepVersion } from '../version.ts';

const shortCommit = 10;

/** About a minute on two cores. */
const defaultRuns = systems.map(({ name, gateRuns }) => `${name} ${gateRuns.toLocaleString('en-US')}`).join(', ');

export const help = `Usage: lockstep gate [options]

The verdict for a release. Runs the scripts at hand and fresh runs of one seed on what is to be released, and the same on
what it is compared with; what shows on one side alone is asked for on the other by the very script that shows it.

Two things block: what is new (it shows here and not there; or it is in no list, where there is nothing to compare), and
what is standing (in both, though in no list). What is known (listed, and no regression) and what is fixed is told. What
hides behind something else is not decided, and neither is the release.

  --system NAME     ${systemsHelp('                    ')};
                    ${withVersions()} wherever --versions is given
  --versions A      the set of versions that is to be released, of a system that comes in several
  --against B       what it is compared with: another set; of our own client and server any revision of git, where not
                    given the last tag, of which the sut/ is run under the present properties
  --runs N          fresh runs on each side (${defaultRuns})
  --seed S          0 to ${mostSeed}; a fresh one, printed, where none is given
  --workers W       worker threads; all cores where not given
  --waivers FILE    what may block and does not, each with a reason and a last day, of a system without a list of what
                    is known; one that ran out blocks. It needs --date
  --date DAY        the day of the verdict, such as 2026-12-31: it stands in the evidence, and waivers run out by it
  --json FILE       writes the findings and figures there (docs/gate.schema.json)
  --markdown FILE   writes the verdict there, for the page of a release
  --help            prints this

Exit code: 0 nothing blocks, 1 something does, 2 bad usage or input, 3 could not decide (something gave no result, it was
interrupted, something hides behind something else, a state does not start, or the other state does not fit the present
properties).

Examples: lockstep gate
          lockstep gate --against v0.1.0 --markdown release.md
          lockstep gate --versions latest --against older --seed 7
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const taken = taking('one value', 'system', 'versions', 'against', 'runs', 'seed', 'workers', 'json', 'markdown', 'date', 'waivers');
  const options = readOptions('gate', words, taken);
  readNoArgument('gate', options);
  const place = choosePlace('gates', undefined, surroundings.err);
  const { system, subject } = await readSubject(options);
  const asked = readAsked(options, system);
  const present = await bundleWorker(withSystem(system));
  const here = await prepare(subject.here, present);
  const there = subject.there === null ? null : await prepare(subject.there, present);
  const result = await gate(asked, subject, here, there, surroundings);
  return report(asked, { system, subject, place }, result, surroundings);
}

type Asked = ReturnType<typeof readAsked>;

function readAsked(options: Options, { plugin }: NamedSystem) {
  return {
    seed: readSeed(options),
    runs: wholeIn(options, 'runs', 1) ?? plugin.gateRuns,
    workers: readWorkers(options),
    json: readOutput(options, 'json'),
    markdown: readOutput(options, 'markdown'),
    ...readWaiving(options, plugin),
  };
}

/** Without a day nobody could say which waiver holds. @throws {UsageError} */
function readWaiving(
  options: Options,
  plugin: NamedSystem['plugin'],
): { readonly date: string | null; readonly waivers: readonly JudgedWaiver[] } {
  const date = options.value('date') ?? null;
  if (date !== null && !isDate(date)) throw new UsageError(`--date must be a day such as 2026-12-31, not ${JSON.stringify(date)}`);
  const path = options.value('waivers');
  if (path === undefined) return { date, waivers: [] };
  if (plugin.comparedWith === 'versions') throw new UsageError(`--waivers: of ${plugin.name} there is a list of what is known`);
  if (date === null) throw new UsageError('--waivers needs --date, since waivers run out');
  return { date, waivers: judgeWaivers(readWaivers(readTextFile(path), path), date) };
}

interface Compared {
  readonly system: NamedSystem;
  readonly subject: GateSubject;
  /** Where failures that block are written. */
  readonly place: Place;
}

/** Versions alone name the system that comes in versions. */
async function readSubject(options: Options): Promise<Omit<Compared, 'place'>> {
  const implied = options.has('versions') ? systems.find(({ versions }) => versions !== undefined) : undefined;
  const named: Options = { ...options, value: (name) => options.value(name) ?? (name === 'system' ? implied?.name : undefined) };
  const system = await readSystem(named);
  const against = options.value('against');
  switch (system.plugin.comparedWith) {
    case 'revisions':
      return { system, subject: await subjectOfRevisions(system, against) };
    case 'nothing':
      return { system, subject: await subjectAlone(system, against) };
    case 'versions':
      if (against === system.version) throw new UsageError(`--against: ${against} is the set that is to be released; name another`);
      return { system, subject: await subjectOfVersions(system, against === undefined ? null : await readSystem(named, against)) };
  }
}

/** Before anything long. @throws {Undecided} where the state does not fit the present properties */
async function prepare({ name, world, former }: SubjectState, present: string): Promise<State> {
  const [{ bundleFormerSystem }, { complaintAtStart }] = await Promise.all([
    import('../../properties/gate/former-system.ts'),
    import('../../properties/gate/start.ts'),
  ]);
  const built = former === null ? ({ fits: true, bundle: present } as const) : await bundleFormerSystem(former);
  const why = built.fits ? await complaintAtStart({ world, bundle: built.bundle }) : built.why;
  if (!built.fits || why !== null) throw new Undecided(`${name} does not fit the present properties: ${why}`);
  return { world, bundle: built.bundle };
}

function gate(
  { seed, runs, workers, waivers }: Asked,
  { scripts, listed, notCompared, ...states }: GateSubject,
  here: State,
  there: State | null,
  surroundings: Surroundings,
): Promise<GateResult> {
  const asked = { seed, runs, workers, scripts, listed, waivers };
  return interruptibly(
    surroundings,
    () => 3,
    ({ display, ...hooks }) => {
      if (there === null) display.say(`lockstep: this is compared with nothing${notCompared === null ? '' : `: ${notCompared}`}`);
      const onSide = (side: 'here' | 'there'): void => {
        const { name, world } = states[side] ?? { name: '', world: '' };
        display.say(`lockstep: ${name}: ${sayCount(scripts.length, 'script')}, ${sayCount(runs, 'run')}, seed ${seed}, ${world}`);
      };
      return runGate(asked, here, there, { onSide, ...hooks });
    },
  );
}

async function report(
  asked: Asked,
  { system, subject, place }: Compared,
  result: GateResult,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { verdict, findings } = result;
  const told: GateReport = {
    verdict,
    findings: findings.map((finding) => withScript(finding, result, system)),
    evidence: evidenceOf(asked),
    waivers: asked.waivers,
    neverBegan: result.neverBegan.map((side) => subject[side]?.name ?? side),
    seed: asked.seed,
    runs: asked.runs,
    here: stateReport(subject.here, result.here, system),
    there: subject.there === null ? null : stateReport(subject.there, result.there, system),
    notCompared: subject.notCompared,
    command: commandOf(asked, system, subject),
  };
  const style = styleOf(surroundings.out, surroundings.environment);
  const widthColumns = widthOf(surroundings.out);
  if (asked.json !== undefined) writeFileSync(asked.json, `${JSON.stringify(gateJson(told), null, 2)}\n`);
  if (asked.markdown !== undefined) {
    const { gateMarkdown } = await import('../../reports/markdown/release.ts');
    writeFileSync(asked.markdown, gateMarkdown(told));
  }
  const troubles = openTroubles();
  const written = writeBlocking(result, asked, system, place, troubles);
  surroundings.out.write(tellFailures(written, style, widthColumns));
  surroundings.out.write(gateText(told, style, widthColumns));
  for (const sentence of troubles.told()) surroundings.err.write(`lockstep: ${sentence}\n`);
  return exitCodes[verdict];
}

function stateReport(state: SubjectState, simulation: Simulation | null, { plugin }: NamedSystem): StateReport {
  const { name, details } = state;
  return { name, details, simulation, explored: simulation === null ? null : exploredIn(simulation, plugin.capabilities) };
}

/** The command names a file in which the script has to be first. */
function withScript(finding: JudgedFinding, { scripts }: GateResult, system: NamedSystem): ReportedFinding {
  const script = scripts.get(finding.name) ?? null;
  return { ...finding, script, replay: script === null ? null : commandsFor(`${fileNameOf(finding.name)}.json`, system, undefined).replay };
}

function evidenceOf({ date }: Asked): Evidence {
  const commit = presentCommit(repositoryRoot(), shortCommit, '.');
  return { date, lockstep: lockstepVersion(), commit, node: process.version, platform: `${process.platform} ${process.arch}` };
}

function writeBlocking(
  result: GateResult,
  { seed }: Asked,
  system: NamedSystem,
  place: Place,
  troubles: Troubles,
): readonly WrittenFailure[] {
  const failures = blockingIn(result);
  if (failures.length === 0) return [];
  const foundWith = { seed, system: systemFromRoot(system.name), versions: versionsOf(system), fault: null, by: toolsHere() };
  const known = openKnownFailures(place.open(seed), foundWith, troubles);
  return writeFailures(failures, known, { system, seed, fault: undefined });
}

/** What showed in what is to be released, of the failures alone that block it. */
function blockingIn({ here, findings }: GateResult): Simulation['failures'] {
  const names = new Set(findings.filter(({ blocks }) => blocks).map(({ name }) => name));
  return here.failures.filter(({ failure }) => names.has(nameOf(failure)));
}

function commandOf({ seed, runs }: Asked, system: NamedSystem, { there }: GateSubject): string {
  const what = system.version === undefined ? systemWords(system) : ['--versions', system.version];
  const against = there === null ? [] : ['--against', there.name];
  return ['npx lockstep gate', ...what, ...against, `--runs ${runs} --seed ${seed}`].join(' ');
}
