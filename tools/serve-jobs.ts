/** The worker's side of a pool: takes one job at a time, does it, answers. Between two jobs it holds nothing, so that none depends on where it ran. */
import { parentPort } from 'node:worker_threads';

/** What a pool asks of a worker. */
export type Asked<Job> = { readonly asked: 'job'; readonly job: Job } | { readonly asked: 'finish' };

/** What a worker says: its answers to the job at hand, then how that ended. */
export type Said<Answer> =
  | { readonly said: 'answer'; readonly answer: Answer }
  | { readonly said: 'done' }
  /** The job could not be done; the worker lives on. */
  | { readonly said: 'threw'; readonly why: string }
  /** Nothing can move any more, though the job is not done; the worker ends. */
  | { readonly said: 'stuck' };

/** Called once, by the entry of the worker. */
export function serveJobs<Job, Answer>(perform: (job: Job, answer: (answer: Answer) => void) => Promise<void>): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs in a worker thread');
  const say = (said: Said<Answer>): void => port.postMessage(said);
  const onIdle = (): void => say({ said: 'stuck' });
  port.on('message', (asked: Asked<Job>) => {
    if (asked.asked === 'finish') {
      port.close();
      return;
    }
    // While a job is at hand the port keeps no worker alive: a promise that nobody will ever settle shows at once.
    port.unref();
    process.once('beforeExit', onIdle);
    perform(asked.job, (answer) => say({ said: 'answer', answer }))
      .then(
        () => say({ said: 'done' }),
        (error: unknown) => say({ said: 'threw', why: sayError(error) }),
      )
      .finally(() => {
        process.off('beforeExit', onIdle);
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
