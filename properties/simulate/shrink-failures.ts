/** Finds the script that tells each class of failure: one of the corpus as it stands, or the shortest run's, shrunk; all classes side by side on the workers. */
import type { Failure } from '../trace.ts';
import { isKeptFor, type KnownClass } from './failure-classes.ts';
import type { DrawnRun } from './jobs.ts';
import { isKnown } from './known.ts';
import type { FailureClass } from './reduction.ts';
import { performIn, type ScriptPool, type Shrinking, shrinkIn } from './script-pool.ts';
import type { FoundFailure, SimulationOptions } from './simulation.ts';

/** Where one bug shows in very many shapes, shrinking all of them tells no more than those that need fewest steps. */
const classesShrunk = 8;

type Found = Omit<FoundFailure, 'sameCauseAs'>;

export async function shrinkFailures(
  pool: ScriptPool,
  options: SimulationOptions,
  classes: readonly KnownClass[],
  signal: AbortSignal | undefined,
  onSmaller: (place: number, steps: number) => void,
): Promise<readonly Found[]> {
  const onAbort = (): void => void pool.terminate();
  signal?.addEventListener('abort', onAbort);
  const isInterrupted = (): boolean => signal?.aborted === true;
  let toShrink = 0;
  const shrink = async (runs: FailureClass): Promise<Shrinking> => {
    const place = toShrink++;
    if (isInterrupted()) return notShrunk('interrupted');
    if (place >= classesShrunk) return notShrunk(`only ${classesShrunk} classes are shrunk`);
    const asked = { of: drawn(options, runs.shortestRun), failureClass: runs.failure.class, world: options.world };
    const shrinking = await shrinkIn(pool, asked, (steps) => onSmaller(place, steps));
    return isInterrupted() ? { ...shrinking, why: 'interrupted' } : shrinking;
  };
  const found = await Promise.all(
    classes.map(async (known): Promise<Found> => {
      const { runs } = known;
      const fromCorpus = asInCorpus(known);
      if (fromCorpus !== undefined) return isLeftAsItIs(options, fromCorpus.failure) ? fromCorpus : withTrace(pool, options, fromCorpus);
      if (runs === undefined) return nothingFound(known);
      return describe(options, known, runs, isLeftAsItIs(options, runs.failure) ? leftAsItIs : await shrink(runs));
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
  const told = { ...found, script, shrunkFrom, attempts: shrunk.attempts };
  if (outcome.outcome !== 'failed' || outcome.failure.class !== failure.class) {
    return { ...told, shrinking: { brokenOff: 'the shrunk script did not fail a second time' } };
  }
  return { ...told, failure: outcome.failure, trace, shrinking: oneMinimal ? 'oneMinimal' : 'bounded' };
}

function drawn({ seed, schedules, relations }: SimulationOptions, run: number): DrawnRun {
  return { seed, run, schedules, relations };
}

/** Imported only here and only when needed, since the generator is large and the workers draw their own. */
async function wholeScript(options: SimulationOptions, run: number): Promise<Pick<Found, 'script' | 'shrunkFrom'>> {
  const { scriptOfRun } = await import('./script-of-run.ts');
  const script = await scriptOfRun(drawn(options, run), options.world);
  return { script, shrunkFrom: script.steps.length };
}
