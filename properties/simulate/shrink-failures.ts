/** Finds the script that tells each class of failure: one of the corpus as it stands, or the shortest run's, shrunk; all classes side by side on the workers. */

import type { Pool } from '../../tools/worker-pool.ts';
import type { Failure } from '../trace.ts';
import { scriptFor } from '../triplit/scripts.ts';
import { isKeptFor, type KnownClass } from './failure-classes.ts';
import type { ShrunkScript, SmallerScript } from './jobs.ts';
import { isKnown } from './known.ts';
import { traceIn } from './outcome.ts';
import type { FailureClass } from './reduction.ts';
import type { FoundFailure, SimulationOptions } from './simulation.ts';

/** Where one bug shows in very many shapes, shrinking all of them tells no more than those that need fewest steps. */
const classesShrunk = 8;

type Found = Omit<FoundFailure, 'sameCauseAs'>;
type Shrinking =
  | { readonly shrunk: ShrunkScript }
  | { readonly brokenOff: string; readonly best: SmallerScript | undefined; readonly attempts: number };

export async function shrinkFailures(
  pool: Pool,
  options: SimulationOptions,
  classes: readonly KnownClass[],
  signal: AbortSignal | undefined,
  onSmaller: (place: number, steps: number) => void,
): Promise<readonly Found[]> {
  const onAbort = (): void => void pool.terminate();
  signal?.addEventListener('abort', onAbort);
  let toShrink = 0;
  const found = await Promise.all(
    classes.map(async (known): Promise<Found> => {
      const { runs, entries } = known;
      const fromCorpus = asInCorpus(known);
      if (fromCorpus !== undefined && isLeftAsItIs(options, fromCorpus.failure)) return fromCorpus;
      if (fromCorpus !== undefined) return { ...fromCorpus, trace: await traceIn(pool, fromCorpus.script, options.world) };
      if (runs === undefined) return nothingFound(known);
      if (isLeftAsItIs(options, runs.failure)) return asDrawn(options, known, runs);
      const place = toShrink++;
      const shrinking = await shrinkOne(pool, options, runs, place, signal, (steps) => onSmaller(place, steps));
      const corpusEntries = entries.map(({ entry }) => entry.name);
      return { ...(await describe(options, runs, shrinking)), corpusEntries };
    }),
  );
  signal?.removeEventListener('abort', onAbort);
  return found;
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

/** What is known is told by its name, and shrunk only where that is asked for. */
function isLeftAsItIs({ shrinksKnown }: SimulationOptions, failure: Failure): boolean {
  return isKnown(failure) && shrinksKnown !== true;
}

async function asDrawn(options: SimulationOptions, { entries }: KnownClass, runs: FailureClass): Promise<Found> {
  const shrinking = { brokenOff: 'what is known is not shrunk', best: undefined, attempts: 0 };
  return { ...(await describe(options, runs, shrinking)), corpusEntries: entries.map(({ entry }) => entry.name) };
}

function nothingFound(known: KnownClass): never {
  throw new Error(`neither a run nor an entry of the corpus failed in the class ${known.class}`);
}

async function shrinkOne(
  pool: Pool,
  options: SimulationOptions,
  failureClass: FailureClass,
  place: number,
  signal: AbortSignal | undefined,
  onSmaller: (steps: number) => void,
): Promise<Shrinking> {
  if (isInterrupted(signal)) return { brokenOff: 'interrupted', best: undefined, attempts: 0 };
  if (place >= classesShrunk) return { brokenOff: `only ${classesShrunk} classes are shrunk`, best: undefined, attempts: 0 };
  let best: SmallerScript | undefined;
  let shrunk: ShrunkScript | undefined;
  let attempts = 0;
  const end = await pool.perform(
    {
      job: 'shrink',
      seed: options.seed,
      run: failureClass.shortestRun,
      failureClass: failureClass.failure.class,
      world: options.world,
      schedules: options.schedules,
      relations: options.relations,
    },
    (answer) => {
      if (answer.answer === 'shrunk') shrunk = answer.shrunk;
      if (answer.answer === 'smaller' || answer.answer === 'attempted') attempts += 1;
      if (answer.answer === 'smaller') {
        best = answer.smaller;
        onSmaller(best.script.steps.length);
      }
    },
  );
  if (shrunk !== undefined) return { shrunk };
  return { brokenOff: isInterrupted(signal) || end.end === 'done' ? 'interrupted' : end.why, best, attempts };
}

function isInterrupted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

async function describe(options: SimulationOptions, runs: FailureClass, shrinking: Shrinking): Promise<Omit<Found, 'corpusEntries'>> {
  const { failure, firstRun, shortestRun, count } = runs;
  const found = { class: failure.class, failure, firstRun, shrunkRun: shortestRun, count };
  if ('brokenOff' in shrinking) {
    const { best, attempts, brokenOff } = shrinking;
    return { ...found, ...(best ?? (await wholeScript(options, shortestRun))), attempts, shrinking: { brokenOff } };
  }
  const { script, shrunkFrom, attempts, oneMinimal, outcome, trace } = shrinking.shrunk;
  const shrunk = { ...found, script, shrunkFrom, attempts };
  if (outcome.outcome !== 'failed' || outcome.failure.class !== failure.class) {
    return { ...shrunk, shrinking: { brokenOff: 'the shrunk script did not fail a second time' } };
  }
  return { ...shrunk, failure: outcome.failure, trace, shrinking: oneMinimal ? 'oneMinimal' : 'bounded' };
}

/** Imported only here and only when needed, since the generator is large and the workers draw their own. */
async function wholeScript(
  { seed, world, schedules, relations }: SimulationOptions,
  run: number,
): Promise<Pick<Found, 'script' | 'shrunkFrom'>> {
  const { drawnScriptOf } = await import('../relations/draw.ts');
  const script = scriptFor(world, drawnScriptOf(seed, run, schedules, relations));
  return { script, shrunkFrom: script.steps.length };
}
