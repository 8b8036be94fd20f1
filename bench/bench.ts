/** `npm run bench`: how fast the suite is, beside the ceiling of the empty harness and another system, and where the time goes. All on one core. */
import { Worker } from 'node:worker_threads';
import { bundle } from '../tools/bundle.ts';
import { workerHeap } from '../tools/worker-heap.ts';
import type { Rates } from './rates.ts';
import { measureSteps } from './steps.ts';
import { say, thousands } from './tell.ts';
import { tellPackages } from './triplit/tell.ts';
import { whereTimeGoes } from './where-time-goes.ts';

const seed = 7;

const help = `Usage: npm run bench [-- published]

Measures, on one core, the lockstep steps a second, the same scripts over real sockets, the empty harness as the ceiling,
and where the time goes; then, where it is installed, another system beside our own client and server and beside real
sockets in real time, by other scripts, the same for all three. It takes about two minutes and wants a machine that does
nothing else.

  published  measures the other system alone
  --help     prints this

Example: npm run bench
`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function measured(): Promise<Rates> {
  const worker = new Worker(await bundle({ entry: 'bench/rates.ts' }), { execArgv: [], resourceLimits: workerHeap });
  return new Promise((resolve, reject) => {
    worker.once('message', (rates: Rates) => resolve(rates));
    worker.once('error', reject);
  });
}

async function tellOurs(): Promise<void> {
  const { steps, coldSteps, emptyHarnessTasks, overSockets, commandShare } = await measured();
  const shares = await whereTimeGoes(async () => {
    await measureSteps(seed, 500, 'simulated');
  });

  console.log(`Node ${process.version}, one core, seed ${seed}, medians of ${steps.length} rounds\n`);
  const ours = median(steps);
  const ceiling = median(emptyHarnessTasks);
  say(
    'lockstep steps a second',
    ours,
    `commands are ${(commandShare * 100).toFixed(0)} % of the steps; best round ${thousands(Math.max(...steps))}`,
  );
  say('the first 200 runs', coldSteps, 'before the code is warm');
  say('empty harness, tasks a second', ceiling, `the ceiling: ${(ceiling / ours).toFixed(1)} ×`);
  say('over real sockets', overSockets, `1 / ${(ours / overSockets).toFixed(1)}`);
  console.log('');
  console.log('where the time goes (samples):');
  for (const { part, share } of shares) console.log(`  ${part.padEnd(44)} ${(share * 100).toFixed(1).padStart(5)} %`);
}

if (!process.argv.includes('published')) {
  await tellOurs();
  console.log('');
}
await tellPackages(seed);
