/** The worker's side of the pool: takes one job at a time, does it, answers. It holds nothing between jobs, so that a run cannot depend on where it ran. */
import type { MessagePort } from 'node:worker_threads';
import type { Script } from '../scripts/script.ts';
import type { Failure, Outcome, RunOptions, RunResult } from '../trace.ts';
import { isInWords, scriptFor } from '../triplit/scripts.ts';
import type { Answer, Job, RunSummary, Workings, WorldName } from './jobs.ts';
import { runTwice } from './twice.ts';

const framesTold = 5;
export const finishMessage = 'finish';

export function serve(port: MessagePort, workings: Workings): void {
  port.on('message', (message: Job | typeof finishMessage) => {
    if (message === finishMessage) {
      port.close();
      return;
    }
    const answer = (said: Answer): void => port.postMessage(said);
    perform(message, workings, answer).then(
      () => answer({ answer: 'done' }),
      (error: unknown) => answer({ answer: 'threw', why: sayError(error) }),
    );
  });
}

async function perform(job: Job, workings: Workings, answer: (said: Answer) => void): Promise<void> {
  switch (job.job) {
    case 'runs':
      for (let run = job.from; run < job.to; run += 1) {
        answer({ answer: 'ran', run, summary: await summaryOfRun(workings, job, run) });
      }
      return;
    case 'script':
      answer({ answer: 'ranScript', script: job.script, result: await once(workings, job.script, job) });
      return;
    case 'drawn': {
      const script = scriptFor(job.world, workings.scriptOf(job.seed, job.run));
      answer({ answer: 'ranScript', script, result: await once(workings, script, job) });
      return;
    }
    case 'shrink':
      return shrink(scriptFor(job.world, workings.scriptOf(job.seed, job.run, job.schedules, job.relations)), job, workings, answer);
    case 'shrinkScript':
      return shrink(job.script, job, workings, answer);
  }
}

interface HowToRun {
  readonly world: WorldName;
  readonly keepTrace: boolean;
  readonly twice: boolean;
  readonly until?: number | undefined;
}

function once(workings: Workings, script: Script, how: HowToRun): Promise<RunResult> {
  const options: RunOptions = { world: how.world, keepTrace: how.keepTrace, until: how.until };
  return how.twice ? runTwice(workings.runScript, script, options) : workings.runScript(script, options);
}

/** A run that throws is neither held nor failed: the fault is the harness's own. */
async function summaryOfRun(workings: Workings, job: Extract<Job, { job: 'runs' }>, run: number): Promise<RunSummary> {
  try {
    const script = scriptFor(job.world, workings.scriptOf(job.seed, run, job.schedules, job.relations));
    const { trace: _, ...summary } = await once(workings, script, { ...job, keepTrace: false });
    return summary;
  } catch (error) {
    return undecidedRun(sayError(error));
  }
}

/** What stands for a run that gave no result. */
export function undecidedRun(why: string): RunSummary {
  return { outcome: { outcome: 'unknown', why }, steps: 0, commands: 0, skipped: 0, traceHash: 'undecided', coverage: {} };
}

async function shrink(
  script: Script,
  job: Extract<Job, { job: 'shrink' | 'shrinkScript' }>,
  workings: Workings,
  answer: (said: Answer) => void,
): Promise<void> {
  const twice = job.failureClass === 'determinism';
  const outcomeOf = async (candidate: Script): Promise<Outcome> =>
    (await once(workings, candidate, { world: job.world, keepTrace: false, twice })).outcome;
  const shrunkFrom = script.steps.length;
  const shrunk = await workings.shrinkScript(script, async (candidate) => {
    const failure = isInWords(job.world, candidate) ? failureIn(await outcomeOf(candidate), job.failureClass) : undefined;
    answer(failure === undefined ? { answer: 'attempted' } : { answer: 'smaller', smaller: { script: candidate, shrunkFrom, failure } });
    return failure !== undefined;
  });
  const { outcome, trace } = await once(workings, shrunk.script, { world: job.world, keepTrace: true, twice });
  answer({ answer: 'shrunk', shrunk: { ...shrunk, shrunkFrom, outcome, trace } });
}

function failureIn(outcome: Outcome, failureClass: string): Failure | undefined {
  return outcome.outcome === 'failed' && outcome.failure.class === failureClass ? outcome.failure : undefined;
}

function sayError(error: unknown): string {
  if (!(error instanceof Error)) return `the harness threw ${String(error)}`;
  const [message = error.message, ...frames] = (error.stack ?? error.message).split('\n');
  return [`the harness threw ${message}`, ...frames.slice(0, framesTold)].join('\n');
}
