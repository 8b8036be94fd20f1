/** What a worker does for each job. */
import { type JobOutcome, sayError } from '../../tools/serve-jobs.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, RunResult } from '../trace.ts';
import type { Answer, HowToRun, Job, ScriptSource, SystemName, Workings } from './jobs.ts';
import { spoilsItsThread, summaryOf } from './loss.ts';
import { runTwice } from './twice.ts';

type Say = (answer: Answer) => void;
type RanRun = Omit<Extract<Answer, { readonly answer: 'ran' }>, 'answer' | 'run'>;
type JobOf<Name extends Job['job']> = Extract<Job, { readonly job: Name }>;

export async function performJob(job: Job, workings: Workings, answer: Say): Promise<JobOutcome> {
  switch (job.job) {
    case 'runs':
      for (let run = job.from; run < job.to; run += 1) {
        const ran = await summaryOfRun(workings, job, run);
        answer({ answer: 'ran', run, ...ran });
        if (spoilsItsThread(ran.summary.outcome)) return 'spoilt';
      }
      return 'done';
    case 'script': {
      const script = await scriptOf(workings, job.of, job.world);
      const result = await runOnce(workings, script, job);
      answer({ answer: 'ranScript', script, result });
      return spoilsItsThread(result.outcome) ? 'spoilt' : 'done';
    }
    case 'draw':
      answer({ answer: 'drew', script: await workings.scriptOf(job.of, job.world) });
      return 'done';
    case 'shrink':
      await shrink(job, workings, answer);
      return 'done';
  }
}

function scriptOf(workings: Workings, of: ScriptSource, world: SystemName): Script | Promise<Script> {
  return 'run' in of ? workings.scriptOf(of, world) : of;
}

function runOnce(
  { runScript }: Workings,
  script: Script,
  { world, keepTrace = false, twice = false, until }: HowToRun,
): Promise<RunResult> {
  const options = { world, keepTrace, until };
  return twice ? runTwice(runScript, script, options) : runScript(script, options);
}

/** A run that throws is neither held nor failed: the fault is the harness's own. */
async function summaryOfRun(workings: Workings, job: JobOf<'runs'>, run: number): Promise<RanRun> {
  try {
    const script = await workings.scriptOf({ ...job, run }, job.world);
    const { trace: _, ...summary } = await runOnce(workings, script, job);
    return summary.outcome.outcome === 'failed' ? { summary, script } : { summary };
  } catch (error) {
    return { summary: summaryOf({ outcome: 'unknown', why: sayError(error) }) };
  }
}

async function shrink({ of, world, failureClass }: JobOf<'shrink'>, workings: Workings, answer: Say): Promise<void> {
  const script = await scriptOf(workings, of, world);
  const how: HowToRun = { world, twice: failureClass === 'determinism' };
  const failureOf = async (candidate: Script): Promise<Failure | undefined> => {
    if (!(await workings.isInWords(world, candidate))) return undefined;
    const { outcome } = await runOnce(workings, candidate, how);
    return outcome.outcome === 'failed' && outcome.failure.class === failureClass ? outcome.failure : undefined;
  };
  const shrunkFrom = script.steps.length;
  const shrunk = await workings.shrinkScript(script, async (candidate) => {
    const failure = await failureOf(candidate);
    answer(failure === undefined ? { answer: 'attempted' } : { answer: 'smaller', smaller: { script: candidate, shrunkFrom, failure } });
    return failure !== undefined;
  });
  const { outcome, trace } = await runOnce(workings, shrunk.script, { ...how, keepTrace: true });
  answer({ answer: 'shrunk', shrunk: { ...shrunk, shrunkFrom, outcome, trace } });
}
