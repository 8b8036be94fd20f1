/** The entry of a worker thread. It is bundled, so that a planted fault can be put in place while the source is loaded. */
import { serveJobs } from '../../tools/serve-jobs.ts';
import { shrinkScript } from '../shrinking/shrink.ts';
import type { Answer, Job } from './jobs.ts';
import { performJob } from './perform-job.ts';
import { runScript } from './run.ts';
import { isInWords, scriptOfRun } from './script-of-run.ts';

serveJobs<Job, Answer>((job, answer) => performJob(job, { scriptOf: scriptOfRun, isInWords, runScript, shrinkScript }, answer));
