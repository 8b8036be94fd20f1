/** The worker's side of a pool: takes one job at a time, does it, answers. Between two jobs it holds nothing, so that none depends on where it ran. */
import { parentPort } from 'node:worker_threads';
import { beat, beginPulse } from './pulse.ts';
import { onStandstill } from './standstill.ts';

/** What a pool asks of a worker. */
export type Asked<Job> = { readonly asked: 'job'; readonly job: Job } | { readonly asked: 'finish' };

/** What a worker says: its answers to the job at hand, then how that ended. */
export type Said<Answer> =
  | { readonly said: 'answer'; readonly answer: Answer }
  | { readonly said: 'done' }
  /** The job could not be done; the worker lives on. */
  | { readonly said: 'threw'; readonly why: string }
  /** Nothing can move any more, though the job is not done; the worker ends. */
  | { readonly said: 'stuck' }
  /** Something of the job may still move: nothing else may run in this thread. All that was answered counts. */
  | { readonly said: 'spoilt' };

/** What a job may come to. `spoilt`: the rest of it has to be done by another worker, as all that comes after. */
export type JobOutcome = 'done' | 'spoilt';

/** Called once, by the entry of the worker. */
export function serveJobs<Job, Answer>(perform: (job: Job, answer: (answer: Answer) => void) => Promise<JobOutcome>): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs in a worker thread');
  const say = (said: Said<Answer>): void => port.postMessage(said);
  beginPulse();
  port.on('message', (asked: Asked<Job>) => {
    if (asked.asked === 'finish') {
      port.close();
      return;
    }
    // While a job is at hand the port keeps no worker alive: a promise that nobody will ever settle shows at once.
    port.unref();
    beat();
    const stopListening = onStandstill(() => say({ said: 'stuck' }));
    perform(asked.job, (answer) => say({ said: 'answer', answer }))
      .then(
        (outcome) => say({ said: outcome }),
        (error: unknown) => say({ said: 'threw', why: sayError(error) }),
      )
      .finally(() => {
        stopListening();
        port.ref();
      });
  });
}

const framesTold = 5;

export function sayError(error: unknown): string {
  if (!(error instanceof Error)) return `the harness threw ${String(error)}`;
  const [message = error.message, ...frames] = (error.stack ?? error.message).split('\n');
  return [`the harness threw ${message}`, ...frames.slice(0, framesTold)].join('\n');
}
