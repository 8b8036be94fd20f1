/** What a worker does for each job: runs of a seed, with or without a mutant, in lockstep with the model. */
import { sayError } from '../../tools/serve-jobs.ts';
import type { Script } from '../scripts/script.ts';
import { runScript } from '../simulate/run.ts';
import { scriptOfRun } from '../simulate/script-of-run.ts';
import { loadSystem, own } from '../systems/registry.ts';
import type { Outcome } from '../trace.ts';
import type { MutantJob, MutationAnswer, MutationJob, Visits } from './jobs.ts';
import { activate, counting, deactivate, isOverLimit } from './switch.ts';

type Say = (answer: MutationAnswer) => void;
type Ran = Pick<Extract<MutationAnswer, { readonly answer: 'ran' }>, 'outcome' | 'traceHash'>;

/** Else it would be loaded by the first run, and what is visited then counted as that run's. */
export async function loadProduct(): Promise<void> {
  await loadSystem(own.name);
}

export async function performBaseline(job: Extract<MutationJob, { readonly job: 'baseline' }>, answer: Say): Promise<void> {
  for (let run = job.from; run < job.to; run += 1) {
    const { result, visits } = await counting(() => runOnce(job.seed, run));
    answer({ answer: 'ran', run, ...result, visits: toldVisits(visits) });
  }
}

/** The rest of the runs is not needed once one of them tells the mutant from the product. */
export async function performMutant({ seed, mutant, runs, visitsMost, undecidedRunsBorne }: MutantJob, answer: Say): Promise<void> {
  let last: number | undefined;
  let undecided = 0;
  for (const run of runs) {
    last = run;
    activate(mutant, visitsMost);
    const ran = await runOnce(seed, run);
    const loops = isOverLimit();
    deactivate();
    answer({ answer: 'tried', run, ...ran, loops });
    if (ran.outcome.outcome === 'unknown') undecided += 1;
    if (loops || ran.outcome.outcome === 'failed' || undecided >= undecidedRunsBorne) break;
  }
  if (last !== undefined) answer({ answer: 'left', run: last, traceHash: (await runOnce(seed, last)).traceHash });
}

export function toldVisits(visits: ReadonlyMap<string, number>): Visits {
  return { mutants: [...visits.keys()].map(Number), times: [...visits.values()] };
}

/** Drawing a script takes a good part of the time of running it, and each is run for many mutants. */
const drawn = new Map<string, Script>();

async function scriptFor(seed: number, run: number): Promise<Script> {
  const key = `${seed} ${run}`;
  const script = drawn.get(key) ?? (await scriptOfRun({ seed, run }, own.name));
  drawn.set(key, script);
  return script;
}

/** A run that throws is neither held nor failed: the fault is the harness's own. */
async function runOnce(seed: number, run: number): Promise<Ran> {
  try {
    const { outcome, traceHash } = await runScript(await scriptFor(seed, run), { world: own.name, keepTrace: false });
    return { outcome, traceHash };
  } catch (error) {
    const outcome: Outcome = { outcome: 'unknown', why: sayError(error) };
    return { outcome, traceHash: 'undecided' };
  }
}
