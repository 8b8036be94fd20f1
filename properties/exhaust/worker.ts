/** The entry of a worker thread that explores one scope. It is bundled, so that a planted fault can be put in place while the source is loaded. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { runScript } from '../interpreter/run-script.ts';
import type { Script } from '../scripts/script.ts';
import { shrinkScript } from '../shrinking/shrink.ts';
import { explore, type FoundSchedule } from './explore.ts';
import type { ExhaustAnswer, Exhausted, ExhaustJob, ShrunkSchedule } from './jobs.ts';
import { scopes } from './scopes/index.ts';

const runsPerProgress = 200;

if (parentPort === null) throw new Error('this module runs in a worker thread');
serve(parentPort);

function serve(port: MessagePort): void {
  const answer = (said: ExhaustAnswer): void => port.postMessage(said);
  port.once('message', (job: ExhaustJob) => {
    let runsDone = 0;
    // A promise that nobody will ever settle holds no worker back: it would end without a word.
    const onIdle = (): void => answer({ answer: 'threw', why: `after ${runsDone} runs it waits for something that can no longer come` });
    process.once('beforeExit', onIdle);
    perform(job, answer, () => {
      runsDone += 1;
    })
      .then(
        (result) => answer({ answer: 'done', result }),
        (error: unknown) => answer({ answer: 'threw', why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      )
      .finally(() => {
        process.off('beforeExit', onIdle);
        port.close();
      });
  });
}

async function perform(job: ExhaustJob, answer: (said: ExhaustAnswer) => void, onRun: () => void): Promise<Exhausted> {
  const scope = scopes.find(({ name }) => name === job.scope);
  if (scope === undefined) throw new RangeError(`there is no scope ${job.scope}`);
  const startMs = performance.now();
  const explored = await explore(scope, runScript, {
    ...job,
    onRun: (runs, states) => {
      onRun();
      if (runs % runsPerProgress === 0) answer({ answer: 'progress', runs, states });
    },
  });
  const seconds = (performance.now() - startMs) / 1000;
  const failures: ShrunkSchedule[] = [];
  for (const found of explored.failures) failures.push(job.shrink ? await shrink(found) : unshrunk(found));
  return { ...explored, scope: job.scope, failures, seconds };
}

function unshrunk(found: FoundSchedule): ShrunkSchedule {
  return { ...found, found: found.script, shrunkFrom: found.script.steps.length, attempts: 0, oneMinimal: false };
}

async function shrink(found: FoundSchedule): Promise<ShrunkSchedule> {
  const failureOf = async (script: Script) => {
    const { outcome } = await runScript(script, { world: 'simulated', keepTrace: false });
    return outcome.outcome === 'failed' ? outcome.failure : null;
  };
  const { script, attempts, oneMinimal } = await shrinkScript(
    found.script,
    async (candidate) => (await failureOf(candidate))?.class === found.failure.class,
  );
  const failure = (await failureOf(script)) ?? found.failure;
  return { ...unshrunk(found), failure, script, attempts, oneMinimal };
}
