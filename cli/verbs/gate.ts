/** `lockstep gate`: the verdict for a release, of a set of the published packages or of our own client and server. */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { type GateResult, runGate, type State } from '../../properties/gate/compare-releases.ts';
import { type GateReport, gateJson, type StateReport } from '../../properties/gate/report.ts';
import { nameOf } from '../../properties/gate/sightings.ts';
import { type GateSubject, ownSubject, publishedSubject, type SubjectState } from '../../properties/gate/subject.ts';
import type { Simulation, SimulationProgress } from '../../properties/simulate/simulation.ts';
import { publishedSetOf } from '../../properties/triplit/set.ts';
import { openProgress } from '../../reports/terminal/progress.ts';
import { gateText } from '../../reports/terminal/release.ts';
import { styleOf, widthOf } from '../../reports/terminal/style.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { tellFailures, writeFailures } from '../failures.ts';
import { checkWritable } from '../json-report.ts';
import { type Options, readOptions, readWhole } from '../options.ts';
import { mostSeed, readSystem, readWorkers } from '../shared.ts';
import type { ExitCode, Surroundings, Verb } from '../verb.ts';

/** On each side; about a minute on two cores. */
const defaultRuns = { own: 4_000, published: 1_000 };

const help = `Usage: lockstep gate [options]

The verdict for a release. Runs the scripts at hand and fresh runs of one seed on what is to be released, and the same on
what it is compared with; what shows on one side alone is asked for on the other by the very script that shows it.

Two things block: what is new (it shows here and not there; or it is in no list, where there is nothing to compare), and
what is standing (in both, though in no list). What is known (listed, and no regression) and what is fixed is told.

  --system NAME     simulated (the default: our client and server), websocket (the same over real sockets) or published
                    (the packages on npm; also wherever --versions is given)
  --versions A      the set of published packages that is to be released (see lockstep published --help)
  --against B       what it is compared with: another set; of our own client and server any revision of git, where not
                    given the last tag, of which the sut/ is run under the present properties
  --runs N          fresh runs on each side (${defaultRuns.own.toLocaleString('en-US')}; published ${defaultRuns.published.toLocaleString('en-US')})
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
  const [unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`gate takes no argument "${unexpected}"; see lockstep gate --help`);
  const subject = readSubject(options);
  const asked = readAsked(options, subject);
  const here: State = { world: subject.here.world, bundle: await bundleWorker() };
  const there = subject.there === null ? null : await prepare(subject.there, here.bundle);
  const misfit = await firstMisfit([
    [subject.here, here],
    [subject.there, there],
  ]);
  if (misfit !== null) {
    surroundings.err.write(`lockstep: could not decide: ${misfit}\n`);
    return 3;
  }
  const result = await gateInterruptibly(asked, subject, here, isState(there) ? there : null, surroundings);
  return report(asked, subject, result, options, surroundings);
}

function readAsked(options: Options, { here }: GateSubject): Asked {
  const seed = options.value('seed');
  const runs = options.value('runs');
  const isPublished = publishedSetOf(here.world) !== undefined;
  const asked = {
    seed: seed === undefined ? randomInt(0, mostSeed) : readWhole('--seed', seed, 0, mostSeed),
    runs: runs === undefined ? defaultRuns[isPublished ? 'published' : 'own'] : readWhole('--runs', runs, 1, Number.MAX_SAFE_INTEGER),
    workers: readWorkers(options),
    json: options.value('json'),
    markdown: options.value('markdown'),
  };
  if (asked.json !== undefined) checkWritable(asked.json);
  if (asked.markdown !== undefined) checkWritable(asked.markdown, '--markdown');
  return asked;
}

function readSubject(options: Options): GateSubject {
  const system = options.value('system') ?? (options.has('versions') ? 'published' : 'simulated');
  if (system !== 'published' && options.has('versions')) throw new UsageError('--versions goes with --system published');
  const worldOf = (versions: string | undefined) =>
    readSystem({ ...options, value: (name) => (name === 'system' ? system : name === 'versions' ? versions : options.value(name)) });
  const against = options.value('against');
  const here = worldOf(options.value('versions'));
  const set = publishedSetOf(here);
  if (set === undefined) return ownSubject(here, against);
  if (against === set) throw new UsageError(`--against: ${set} is the set that is to be released; name another`);
  return publishedSubject(here, against === undefined ? null : worldOf(against));
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

async function gateInterruptibly(
  { seed, runs, workers }: Asked,
  { scripts, listed, ...states }: GateSubject,
  here: State,
  there: State | null,
  surroundings: Surroundings,
): Promise<GateResult> {
  const interruption = new AbortController();
  const display = openProgress(surroundings.err, surroundings.environment);
  const stopListening = surroundings.onInterrupt(() => {
    // The second Ctrl-C ends at once: by then nobody waits for a table.
    if (interruption.signal.aborted) {
      display.end();
      process.exit(3);
    }
    display.say('lockstep: ending with what there is; Ctrl-C again ends at once');
    interruption.abort();
  });
  const onSide = (side: 'here' | 'there'): void => {
    const name = states[side]?.name ?? '';
    display.say(
      `lockstep: ${name}: ${sayCount(scripts.length, 'script')}, ${sayCount(runs, 'run')}, seed ${seed}, ${states[side]?.world ?? ''}`,
    );
  };
  const onProgress = (progress: () => SimulationProgress): void => display.update(progress);
  try {
    return await runGate({ seed, runs, workers, scripts, listed }, here, there, { onSide, onProgress, signal: interruption.signal });
  } finally {
    stopListening();
    display.end();
  }
}

async function report(
  asked: Asked,
  subject: GateSubject,
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
    command: commandOf(asked, subject),
  };
  const style = styleOf(surroundings.out, surroundings.environment);
  const widthColumns = widthOf(surroundings.out);
  if (asked.json !== undefined) writeFileSync(asked.json, `${JSON.stringify(gateJson(told), null, 2)}\n`);
  if (asked.markdown !== undefined) {
    const { gateMarkdown } = await import('../../reports/markdown/release.ts');
    writeFileSync(asked.markdown, gateMarkdown(told));
  }
  surroundings.out.write(tellFailures(writeFailures(blockingIn(result), options), style, widthColumns));
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

function commandOf({ seed, runs }: Asked, { here, there }: GateSubject): string {
  const set = publishedSetOf(here.world);
  const what = set !== undefined ? ['--versions', set] : here.world === 'simulated' ? [] : ['--system', here.world];
  const against = there === null ? [] : ['--against', there.name];
  return ['npx lockstep gate', ...what, ...against, `--runs ${runs} --seed ${seed}`].join(' ');
}
