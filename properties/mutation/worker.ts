/**
 * The entry of a worker thread. Nothing of the system is loaded before the first job says which mutant is active, so that
 * a new thread also shows what a mutant changes while the code is loaded.
 */
import { serveJobs } from '../../tools/serve-jobs.ts';
import type { MutationAnswer, MutationJob } from './jobs.ts';
import { activate, counting } from './switch.ts';

let loading: Promise<typeof import('./perform.ts')> | undefined;

async function load(): Promise<typeof import('./perform.ts')> {
  const module = await import('./perform.ts');
  await module.loadProduct();
  return module;
}

serveJobs<MutationJob, MutationAnswer>(async (job, answer) => {
  if (job.job === 'mutant') {
    activate(job.mutant, job.visitsMost);
    loading ??= load();
    await (await loading).performMutant(job, answer);
    return 'done';
  }
  if (loading === undefined) {
    const { result, visits } = await counting(load);
    loading = Promise.resolve(result);
    answer({ answer: 'loaded', visits: result.toldVisits(visits) });
  }
  await (await loading).performBaseline(job, answer);
  return 'done';
});
