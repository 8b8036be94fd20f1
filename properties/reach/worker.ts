/** The entry of a worker thread, bundled with a product that counts what is reached of it. */
import { sayError, serveJobs } from '../../tools/serve-jobs.ts';
import { summaryOf } from '../simulate/loss.ts';
import { runScript } from '../simulate/run.ts';
import { scriptOfRun } from '../simulate/script-of-run.ts';
import { own } from '../systems/registry.ts';
import type { RunResult } from '../trace.ts';
import { takeReached } from './counters.ts';
import type { ReachAnswer, ReachJob } from './jobs.ts';

type Ran = Pick<RunResult, 'outcome' | 'traceHash' | 'steps'>;

async function runOnce(seed: number, run: number): Promise<Ran> {
  try {
    return await runScript(await scriptOfRun({ seed, run }, own.name), { world: own.name, keepTrace: false });
  } catch (error) {
    return summaryOf({ outcome: 'unknown', why: sayError(error) });
  }
}

/** What was told is not lost with the thread. */
const toldEvery = 10;

serveJobs<ReachJob, ReachAnswer>(async ({ seed, from, to }, answer) => {
  for (let run = from; run < to; run += 1) {
    const { outcome, traceHash, steps } = await runOnce(seed, run);
    answer({ answer: 'ran', run, outcome, traceHash, steps });
    if ((run - from) % toldEvery === toldEvery - 1 || run === to - 1) answer({ answer: 'reached', files: takeReached() });
  }
  return 'done';
});
