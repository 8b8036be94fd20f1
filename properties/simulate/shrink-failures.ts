/** Shrinks the lowest run of each class of failure, all classes side by side on the workers. */
import { scriptFor } from '../published/scripts.ts';
import type { Script } from '../scripts/script.ts';
import type { ShrunkScript } from './jobs.ts';
import type { Pool } from './pool.ts';
import type { FailureClass } from './reduction.ts';
import type { FoundFailure, SimulationOptions } from './simulation.ts';

/** Where one bug shows in very many shapes, shrinking all of them tells no more than the first ones do. */
const classesShrunk = 40;

type Shrinking =
  | { readonly shrunk: ShrunkScript }
  | { readonly brokenOff: string; readonly best: Script | undefined; readonly attempts: number };

export async function shrinkFailures(
  pool: Pool,
  options: SimulationOptions,
  classes: ReadonlyMap<string, FailureClass>,
  signal: AbortSignal | undefined,
  onSmaller: (place: number, steps: number) => void,
): Promise<readonly FoundFailure[]> {
  const onAbort = (): void => void pool.terminate();
  signal?.addEventListener('abort', onAbort);
  const found = await Promise.all(
    [...classes.values()].map(async (failureClass, place) => {
      const shrinking = await shrinkOne(pool, options, failureClass, place, signal, (steps) => onSmaller(place, steps));
      return describe(options, failureClass, shrinking);
    }),
  );
  signal?.removeEventListener('abort', onAbort);
  return found;
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
  if (place >= classesShrunk) return { brokenOff: `only the first ${classesShrunk} classes are shrunk`, best: undefined, attempts: 0 };
  let best: Script | undefined;
  let shrunk: ShrunkScript | undefined;
  let attempts = 0;
  const end = await pool.perform(
    {
      job: 'shrink',
      seed: options.seed,
      run: failureClass.firstRun,
      failureClass: failureClass.failure.class,
      world: options.world,
      schedules: options.schedules,
      relations: options.relations,
    },
    (answer) => {
      if (answer.answer === 'shrunk') shrunk = answer.shrunk;
      if (answer.answer === 'smaller' || answer.answer === 'attempted') attempts += 1;
      if (answer.answer === 'smaller') {
        best = answer.script;
        onSmaller(best.steps.length);
      }
    },
  );
  if (shrunk !== undefined) return { shrunk };
  return { brokenOff: isInterrupted(signal) || end.end === 'done' ? 'interrupted' : end.why, best, attempts };
}

function isInterrupted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

async function describe(options: SimulationOptions, failureClass: FailureClass, shrinking: Shrinking): Promise<FoundFailure> {
  const { failure, firstRun, count } = failureClass;
  const found = { class: failure.class, failure, firstRun, count };
  if ('brokenOff' in shrinking) {
    const whole = await drawScript(options, firstRun);
    const { best, attempts, brokenOff } = shrinking;
    return { ...found, script: best ?? whole, shrunkFrom: whole.steps.length, attempts, shrinking: { brokenOff } };
  }
  const { script, shrunkFrom, attempts, oneMinimal, outcome } = shrinking.shrunk;
  const shrunk = { ...found, script, shrunkFrom, attempts };
  if (outcome.outcome !== 'failed' || outcome.failure.class !== failure.class) {
    return { ...shrunk, shrinking: { brokenOff: 'the shrunk script did not fail a second time' } };
  }
  return { ...shrunk, failure: outcome.failure, shrinking: oneMinimal ? 'oneMinimal' : 'bounded' };
}

/** Imported only here and only when needed, since the generator is large and the workers draw their own. */
async function drawScript({ seed, world, schedules, relations }: SimulationOptions, run: number): Promise<Script> {
  const { drawnScriptOf } = await import('../relations/draw.ts');
  return scriptFor(world, drawnScriptOf(seed, run, schedules, relations));
}
