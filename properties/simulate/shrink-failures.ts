/**
 * Finds the script that tells each class of failure: one of the corpus as it stands, or that of the run that failed after the
 * fewest steps, shrunk. A class that is met is shrunk at once, beside the runs; what that came to is provisional, since a
 * later run may fail after fewer steps.
 */
import type { Failure } from '../trace.ts';
import { isKeptFor, type KnownClass } from './failure-classes.ts';
import type { DrawnRun, SmallerScript } from './jobs.ts';
import { isKnown } from './known.ts';
import { noRecorder, nothingRecorded, type Recorded, type RecordedShrink, type Recorder } from './recording.ts';
import type { FailureClass } from './reduction.ts';
import { performIn, type ScriptPool, type Shrinking, shrinkIn } from './script-pool.ts';
import { limitShrinking } from './shrink-limits.ts';
import type { FoundFailure, SimulationOptions } from './simulation.ts';
import type { TimeBudget } from './time-budget.ts';

/** Where one bug shows in very many shapes, shrinking all of them tells no more than those that need fewest steps. */
const classesShrunk = 8;

type Found = Omit<FoundFailure, 'sameCauseAs'>;

export interface ShrinkerOptions {
  /** Asked each time: after an impatient interruption it is another. */
  readonly pool: () => ScriptPool;
  readonly simulation: SimulationOptions;
  readonly budget: TimeBudget;
  readonly signal: AbortSignal | undefined;
  readonly recorder?: Recorder | undefined;
  readonly recorded?: Recorded | undefined;
  /** `place`: of the class among those that are shrunk. */
  onSmaller(place: number, steps: number): void;
}

export interface Shrinker {
  /** Shrinks the class beside the runs, unless that was begun before. */
  begin(failure: Failure, run: number): void;
  /** How many of the classes are shrunk in the end and are not yet. */
  left(classes: Iterable<FailureClass>): number;
  finish(classes: readonly KnownClass[]): Promise<readonly Found[]>;
}

export function openShrinker(options: ShrinkerOptions): Shrinker {
  const { pool, simulation, budget, signal, recorder = noRecorder, recorded = nothingRecorded } = options;
  const earlier = new Map(recorded.shrinks.map((shrink) => [keyOf(shrink.failure, shrink.run), shrink]));
  /** What shrinking a run came to, where it came to its end. */
  const finished = new Map<string, FinishedShrink>();
  /** The smallest script of each class on the way, of whichever run. */
  const smallest = new Map<string, SmallestSoFar>();
  const begun = new Set<string>();
  let early: Promise<void> = Promise.resolve();
  let isEarly = true;

  const shrinkRun = async (failure: Failure, run: number, onSmaller: (smaller: SmallerScript) => void): Promise<Shrinking> => {
    const known = finished.get(keyOf(failure, run)) ?? (await recall(pool(), simulation, earlier.get(keyOf(failure, run))));
    if (known !== undefined) return { ...notShrunk(''), shrunk: known.shrunk };
    const startMs = performance.now();
    const asked = { of: drawn(simulation, run), failureClass: failure.class, world: simulation.world };
    const shrinking = await shrinkIn(pool(), asked, (smaller, attempts) => {
      const before = smallest.get(failure.class);
      if (before === undefined || smaller.script.steps.length < before.best.script.steps.length) {
        smallest.set(failure.class, { run, best: smaller, attempts });
        recorder.saw({ ...smaller, run, stage: 'smaller' });
      }
      onSmaller(smaller);
    });
    const { shrunk } = shrinking;
    if (shrunk === undefined) return shrinking;
    budget.shrank(performance.now() - startMs);
    const { script, shrunkFrom, attempts, oneMinimal, outcome } = shrunk;
    if (outcome.outcome === 'failed' && outcome.failure.class === failure.class) {
      finished.set(keyOf(failure, run), { run, failureClass: failure.class, shrunk });
      recorder.shrank({ run, script, shrunkFrom, attempts, oneMinimal, failure: outcome.failure });
      recorder.saw({ failure: outcome.failure, script, run, shrunkFrom, stage: 'shrunk' });
    }
    return shrinking;
  };

  return {
    begin: (failure, run) => {
      if (isLeftAsItIs(simulation, failure) || begun.has(failure.class) || begun.size >= classesShrunk) return;
      begun.add(failure.class);
      early = early.then(async () => {
        if (isEarly && signal?.aborted !== true) await shrinkRun(failure, run, () => {});
      });
    },
    left: (classes) => {
      const open = [...classes].filter(
        ({ failure, shortestRun }) => !isLeftAsItIs(simulation, failure) && !finished.has(keyOf(failure, shortestRun)),
      );
      return Math.min(open.length, classesShrunk);
    },
    finish: async (classes) => {
      const limits = limitShrinking({ ...options, leftMs: budget.leftMs() });
      isEarly = false;
      await early;
      let places = 0;
      const shrink = async ({ failure, shortestRun }: FailureClass): Promise<Shrinking> => {
        const place = places++;
        const whyNot = place >= classesShrunk ? `only ${classesShrunk} classes are shrunk` : limits.refuses(place);
        if (whyNot !== null) return notShrunk(whyNot);
        const shrinking = await shrinkRun(failure, shortestRun, ({ script }) => options.onSmaller(place, script.steps.length));
        limits.ended(place);
        return shrinking.shrunk === undefined ? { ...shrinking, why: limits.stopped() ?? shrinking.why } : shrinking;
      };
      const found = await Promise.all(
        classes.map(async (known): Promise<Found> => {
          const { runs } = known;
          const fromCorpus = asInCorpus(known);
          if (fromCorpus !== undefined) {
            return isLeftAsItIs(simulation, fromCorpus.failure) ? fromCorpus : withTrace(pool(), simulation, fromCorpus);
          }
          if (runs === undefined) return nothingFound(known);
          const shrinking = isLeftAsItIs(simulation, runs.failure) ? leftAsItIs : await shrink(runs);
          const isBrokenOff = shrinking.shrunk === undefined && limits.stopped() !== null;
          const { run = runs.shortestRun, ...other } = isBrokenOff
            ? (ofClass(finished, known.class) ?? smallest.get(known.class) ?? {})
            : {};
          return describe(simulation, known, { ...runs, shortestRun: run }, { ...shrinking, ...other });
        }),
      );
      limits.over();
      isEarly = true;
      return found;
    },
  };
}

interface SmallestSoFar {
  readonly run: number;
  readonly best: SmallerScript;
  readonly attempts: number;
}

interface FinishedShrink {
  readonly run: number;
  readonly failureClass: string;
  readonly shrunk: NonNullable<Shrinking['shrunk']>;
}

function keyOf({ class: name }: Pick<Failure, 'class'>, run: number): string {
  return `${run} ${name}`;
}

/** Of a run that is not the one by which the class is told in the end. */
function ofClass(finished: ReadonlyMap<string, FinishedShrink>, failureClass: string): FinishedShrink | undefined {
  return [...finished.values()].find((one) => one.failureClass === failureClass);
}

/** Runs the script that a recording holds, for its trace; what no longer fails in this way is shrunk again. */
async function recall(
  pool: ScriptPool,
  { world }: SimulationOptions,
  recorded: RecordedShrink | undefined,
): Promise<FinishedShrink | undefined> {
  if (recorded === undefined) return undefined;
  const { run, script, shrunkFrom, attempts, oneMinimal, failure } = recorded;
  const { result } = await performIn(pool, script, { world, keepTrace: true });
  if (result?.outcome.outcome !== 'failed' || result.outcome.failure.class !== failure.class) return undefined;
  const { outcome, trace } = result;
  return { run, failureClass: failure.class, shrunk: { script, shrunkFrom, attempts, oneMinimal, outcome, trace } };
}

/** An entry that was kept for this class is as short as shrinking would make it; another one will do where no run failed so. */
function asInCorpus({ class: name, runs, entries }: KnownClass): Found | undefined {
  const [first] = entries;
  if (first === undefined || (runs !== undefined && !isKeptFor(first))) return undefined;
  const { script } = first.entry;
  return {
    class: name,
    failure: first.failure,
    firstRun: runs?.firstRun ?? null,
    shrunkRun: null,
    count: runs?.count ?? 0,
    corpusEntries: entries.map(({ entry }) => entry.name),
    script,
    shrunkFrom: script.steps.length,
    attempts: 0,
    shrinking: 'asInCorpus',
  };
}

async function withTrace(pool: ScriptPool, { world }: SimulationOptions, found: Found): Promise<Found> {
  const { result } = await performIn(pool, found.script, { world, keepTrace: true });
  return { ...found, trace: result?.trace ?? [] };
}

/** What is known is told by its name, and shrunk only where that is asked for. */
function isLeftAsItIs({ shrinksKnown }: SimulationOptions, failure: Failure): boolean {
  return isKnown(failure) && shrinksKnown !== true;
}

function notShrunk(why: string): Shrinking {
  return { shrunk: undefined, best: undefined, attempts: 0, why };
}
const leftAsItIs = notShrunk('what is known is not shrunk');

function nothingFound(known: KnownClass): never {
  throw new Error(`neither a run nor an entry of the corpus failed in the class ${known.class}`);
}

async function describe(
  options: SimulationOptions,
  { entries }: KnownClass,
  { failure, firstRun, shortestRun, count }: FailureClass,
  { shrunk, best, attempts, why }: Shrinking,
): Promise<Found> {
  const corpusEntries = entries.map(({ entry }) => entry.name);
  const found = { class: failure.class, failure, firstRun, shrunkRun: shortestRun, count, corpusEntries };
  if (shrunk === undefined) {
    return { ...found, ...(best ?? (await wholeScript(options, shortestRun))), attempts, shrinking: { brokenOff: why } };
  }
  const { script, shrunkFrom, oneMinimal, outcome, trace } = shrunk;
  const shorter = { ...found, script, shrunkFrom, attempts: shrunk.attempts };
  if (outcome.outcome !== 'failed' || outcome.failure.class !== failure.class) {
    return { ...shorter, shrinking: { brokenOff: 'the shrunk script did not fail a second time' } };
  }
  return { ...shorter, failure: outcome.failure, trace, shrinking: oneMinimal ? 'oneMinimal' : 'bounded' };
}

function drawn({ seed, schedules, relations, theme }: SimulationOptions, run: number): DrawnRun {
  return { seed, run, schedules, relations, theme };
}

/** Imported only here and only when needed, since the generator is large and the workers draw their own. */
async function wholeScript(options: SimulationOptions, run: number): Promise<Pick<Found, 'script' | 'shrunkFrom'>> {
  const { scriptOfRun } = await import('./script-of-run.ts');
  const script = await scriptOfRun(drawn(options, run), options.world);
  return { script, shrunkFrom: script.steps.length };
}
