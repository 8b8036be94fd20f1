/** The entry of a worker thread that explores scopes. It is bundled, so that a planted fault can be put in place while the source is loaded. */
import { serveJobs } from '../../tools/serve-jobs.ts';
import type { Script } from '../scripts/script.ts';
import { shrinkScript } from '../shrinking/shrink.ts';
import { runScript } from '../systems/run-script.ts';
import { explore, type FoundSchedule } from './explore.ts';
import type { ExhaustAnswer, Exhausted, ExhaustJob, ShrunkSchedule } from './jobs.ts';
import { scopes } from './scopes/index.ts';

const runsPerProgress = 200;

serveJobs<ExhaustJob, ExhaustAnswer>(async (job, answer) => {
  answer({ answer: 'exhausted', result: await exhaustScope(job, answer) });
  return 'done';
});

async function exhaustScope(job: ExhaustJob, answer: (answer: ExhaustAnswer) => void): Promise<Exhausted> {
  const scope = scopes.find(({ name }) => name === job.scope);
  if (scope === undefined) throw new RangeError(`there is no scope ${job.scope}`);
  const startMs = performance.now();
  const explored = await explore(scope, runScript, {
    ...job,
    onRun: (runs, states) => {
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
