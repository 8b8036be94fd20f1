/** `lockstep gate`: the verdict for a release, of our own client and server or of a version of another system. */
import { writeFileSync } from 'node:fs';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { type GateResult, runGate, type State } from '../../properties/gate/compare-releases.ts';
import { type GateReport, gateJson, type StateReport } from '../../properties/gate/report.ts';
import { nameOf } from '../../properties/gate/sightings.ts';
import { type GateSubject, type SubjectState, subjectAlone, subjectOfRevisions, subjectOfVersions } from '../../properties/gate/subject.ts';
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { type NamedSystem, systems } from '../../properties/systems/registry.ts';
import { gateText } from '../../reports/terminal/release.ts';
import { styleOf, widthOf } from '../../reports/terminal/style.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { tellFailures, writeFailures } from '../failures.ts';
import { interruptibly } from '../interruption.ts';
import { checkWritable } from '../json-report.ts';
import { type Options, readOptions, readWhole } from '../options.ts';
import {
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
import type { ExitCode, Surroundings, Verb } from '../verb.ts';

/** About a minute on two cores. */
const defaultRuns = systems.map(({ name, gateRuns }) => `${name} ${gateRuns.toLocaleString('en-US')}`).join(', ');

const help = `Usage: lockstep gate [options]

The verdict for a release. Runs the scripts at hand and fresh runs of one seed on what is to be released, and the same on
what it is compared with; what shows on one side alone is asked for on the other by the very script that shows it.

Two things block: what is new (it shows here and not there; or it is in no list, where there is nothing to compare), and
what is standing (in both, though in no list). What is known (listed, and no regression) and what is fixed is told.

  --system NAME     ${systemsHelp('                    ')};
                    ${withVersions()} wherever --versions is given
  --versions A      the set of versions that is to be released, of a system that comes in several
  --against B       what it is compared with: another set; of our own client and server any revision of git, where not
                    given the last tag, of which the sut/ is run under the present properties
  --runs N          fresh runs on each side (${defaultRuns})
  --seed S          0 to ${mostSeed}; a fresh one, printed, where none is given
  --workers W       worker threads; all cores where not given
  --json FILE       writes the findings and figures there
  --markdown FILE   writes the verdict there, for the page of a release
  --help            prints this

Exit code: 0 nothing blocks, 1 something does, 2 bad usage or input, 3 could not decide (something gave no result, it was
interrupted, or the other state does not fit the present properties).

Examples: lockstep gate
          lockstep gate --against v0.1.0 --markdown release.md
          lockstep gate --versions latest --against older --seed 7
`;

export const gateVerb: Verb = { help, run };

const exitCodes = { held: 0, blocked: 1, undecided: 3 } as const;

interface Asked {
  readonly seed: number;
  readonly runs: number;
  readonly workers: number;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
}

async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('gate', words, {
    system: 'one value',
    versions: 'one value',
    against: 'one value',
    runs: 'one value',
    seed: 'one value',
    workers: 'one value',
    json: 'one value',
    markdown: 'one value',
  });
  readNoArgument('gate', options);
  const { system, subject } = await readSubject(options);
  const asked = readAsked(options, system);
  const here: State = { world: subject.here.world, bundle: await bundleWorker(withSystem(system)) };
  const there = subject.there === null ? null : await prepare(subject.there, here.bundle);
  const misfit = await firstMisfit([
    [subject.here, here],
    [subject.there, there],
  ]);
  if (misfit !== null) {
    surroundings.err.write(`lockstep: could not decide: ${misfit}\n`);
    return 3;
  }
  const result = await gate(asked, subject, here, isState(there) ? there : null, surroundings);
  return report(asked, { system, subject }, result, options, surroundings);
}

function readAsked(options: Options, { plugin }: NamedSystem): Asked {
  const runs = options.value('runs');
  const asked = {
    seed: readSeed(options),
    runs: runs === undefined ? plugin.gateRuns : readWhole('--runs', runs, 1, Number.MAX_SAFE_INTEGER),
    workers: readWorkers(options),
    json: options.value('json'),
    markdown: options.value('markdown'),
  };
  if (asked.json !== undefined) checkWritable(asked.json);
  if (asked.markdown !== undefined) checkWritable(asked.markdown, '--markdown');
  return asked;
}

interface Compared {
  readonly system: NamedSystem;
  readonly subject: GateSubject;
}

/** Versions alone name the system that comes in versions. */
async function readSubject(options: Options): Promise<Compared> {
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

type Prepared = State | { readonly why: string };

async function prepare({ world, former }: SubjectState, present: string): Promise<Prepared> {
  if (former === null) return { world, bundle: present };
  const { bundleFormerSystem } = await import('../../properties/gate/former-system.ts');
  const built = await bundleFormerSystem(former);
  return built.fits ? { world, bundle: built.bundle } : { why: built.why };
}

function isState(prepared: Prepared | null): prepared is State {
  return prepared !== null && 'bundle' in prepared;
}

/** Before anything long: which of the states does not fit, and why. */
async function firstMisfit(states: readonly (readonly [SubjectState | null, Prepared | null])[]): Promise<string | null> {
  const { complaintAtStart } = await import('../../properties/gate/start.ts');
  for (const [subject, prepared] of states) {
    if (subject === null || prepared === null) continue;
    const why = isState(prepared) ? await complaintAtStart(prepared) : prepared.why;
    if (why !== null) return `${subject.name} does not fit the present properties: ${why}`;
  }
  return null;
}

function gate(
  { seed, runs, workers }: Asked,
  { scripts, listed, ...states }: GateSubject,
  here: State,
  there: State | null,
  surroundings: Surroundings,
): Promise<GateResult> {
  const asked = { seed, runs, workers, scripts, listed };
  return interruptibly(
    surroundings,
    () => 3,
    ({ display, ...hooks }) => {
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
  { system, subject }: Compared,
  result: GateResult,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const told: GateReport = {
    verdict: result.verdict,
    findings: result.findings,
    seed: asked.seed,
    runs: asked.runs,
    here: stateReport(subject.here, result.here),
    there: subject.there === null ? null : stateReport(subject.there, result.there),
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
  surroundings.out.write(tellFailures(writeFailures(blockingIn(result), system, options), style, widthColumns));
  surroundings.out.write(gateText(told, style, widthColumns));
  return exitCodes[result.verdict];
}

/** What showed in what is to be released, of the failures alone that block it. */
function blockingIn({ here, findings }: GateResult): Simulation {
  const names = new Set(findings.filter(({ blocks }) => blocks).map(({ name }) => name));
  return { ...here, failures: here.failures.filter(({ failure }) => names.has(nameOf(failure))) };
}

function stateReport({ name, details }: SubjectState, simulation: Simulation | null): StateReport {
  return { name, details, simulation };
}

function commandOf({ seed, runs }: Asked, system: NamedSystem, { there }: GateSubject): string {
  const what = system.version === undefined ? systemWords(system) : ['--versions', system.version];
  const against = there === null ? [] : ['--against', there.name];
  return ['npx lockstep gate', ...what, ...against, `--runs ${runs} --seed ${seed}`].join(' ');
}
