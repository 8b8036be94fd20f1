/** What becomes of one mutant: the runs that visit it are played with it, until one of them tells it from the product. */
import type { JobEnd } from '../../tools/worker-pool.ts';
import type { Baseline } from './baseline.ts';
import type { MutantJob, MutationAnswer } from './jobs.ts';
import type { Lane } from './lane.ts';
import type { Mutant } from './mutant.ts';
import { remembersForTheProcess } from './process-memory.ts';

export type Fate =
  /** `rule` and `failureClass` as the lockstep tells them. */
  | {
      readonly fate: 'killed';
      readonly by: 'rule';
      readonly rule: string;
      readonly failureClass: string;
      readonly run: number;
      readonly tried: number;
    }
  /** It was visited beyond all measure. */
  | { readonly fate: 'killed'; readonly by: 'loop'; readonly run: number; readonly tried: number }
  /** The thread ended without a result, in a new thread as well: a promise that nobody settles, an error that nobody catches, no sign of life. */
  | { readonly fate: 'killed'; readonly by: 'no result'; readonly why: string; readonly run: number; readonly tried: number }
  /** In `differing` of the runs something else happened than without it, and the law allows that too. */
  | { readonly fate: 'survived'; readonly tried: number; readonly differing: number }
  /** No run visits it. */
  | { readonly fate: 'not visited' }
  /** No run told it apart, and some gave no result. */
  | { readonly fate: 'undecided'; readonly why: string; readonly tried: number };

/** The instrumenter's own measure. */
const visitsFactor = 100;
/** So that what is visited once is not taken for a loop where it is visited a hundred times. */
const visitsLeast = 10_000;
/** A mutant whose runs give no result would cost a time limit for each. */
const undecidedRunsBorne = 3;

/** Whether it needs a thread in which nothing was loaded before it was active. */
export function needsNewThread(mutant: Mutant, { atLoad }: Baseline): boolean {
  return atLoad.has(mutant.number) || remembersForTheProcess(mutant);
}

export interface Lanes {
  /** Goes from mutant to mutant, as long as none leaves anything behind. */
  readonly warm: Lane;
  /** Nothing is loaded in it when a mutant comes. */
  readonly unloaded: Lane;
}

/** Null: it was interrupted. */
export async function judgeMutant(mutant: Mutant, baseline: Baseline, lanes: Lanes, signal?: AbortSignal): Promise<Fate | null> {
  const visiting = baseline.runsOf.get(mutant.number) ?? [];
  const isNew = needsNewThread(mutant, baseline);
  if (visiting.length === 0 && !baseline.atLoad.has(mutant.number)) return { fate: 'not visited' };
  const runs = isNew ? [...baseline.hashes.keys()] : visiting;
  const visitsMost = Math.max(visitsLeast, visitsFactor * (baseline.mostVisits.get(mutant.number) ?? 0));
  const job: MutantJob = { job: 'mutant', seed: baseline.seed, mutant: mutant.number, runs, visitsMost, undecidedRunsBorne };
  if (!isNew) {
    const trial = await tryOn(lanes.warm, job, baseline);
    if (trial.isClean || signal?.aborted === true) return signal?.aborted === true ? null : trial.fate;
    await lanes.warm.renew();
  }
  const { fate } = await tryOn(lanes.unloaded, job, baseline);
  await lanes.unloaded.renew();
  return signal?.aborted === true ? null : fate;
}

interface Trial {
  readonly fate: Fate;
  /** The thread lives, and is as it was before. */
  readonly isClean: boolean;
}

type Tried = Extract<MutationAnswer, { readonly answer: 'tried' }>;

async function tryOn(lane: Lane, job: MutantJob, baseline: Baseline): Promise<Trial> {
  const tried: Tried[] = [];
  let isClean = false;
  const end = await lane.perform(job, (answer) => {
    if (answer.answer === 'tried') tried.push(answer);
    if (answer.answer === 'left') isClean = answer.traceHash === baseline.hashes[answer.run];
  });
  return { fate: fateOf(tried, end, job, baseline), isClean: isClean && end.end === 'done' };
}

function fateOf(tried: readonly Tried[], end: JobEnd, job: MutantJob, baseline: Baseline): Fate {
  const last = tried.at(-1);
  if (last?.loops === true) return { fate: 'killed', by: 'loop', run: last.run, tried: tried.length };
  if (last?.outcome.outcome === 'failed') {
    const { rule, class: failureClass } = last.outcome.failure;
    return { fate: 'killed', by: 'rule', rule, failureClass, run: last.run, tried: tried.length };
  }
  if (end.end === 'died')
    return { fate: 'killed', by: 'no result', why: end.why, run: job.runs[tried.length] ?? 0, tried: tried.length + 1 };
  if (end.end === 'threw') return { fate: 'undecided', why: end.why, tried: tried.length };
  const [unknown] = tried.flatMap(({ outcome }) => (outcome.outcome === 'unknown' ? [outcome.why] : []));
  if (unknown !== undefined) return { fate: 'undecided', why: unknown, tried: tried.length };
  const differing = tried.filter(({ run, traceHash }) => traceHash !== baseline.hashes[run]).length;
  return { fate: 'survived', tried: tried.length, differing };
}
