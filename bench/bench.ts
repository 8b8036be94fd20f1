/** `npm run bench`: how fast the suite is, beside the ceiling of the empty harness and the published packages, and where the time goes. All on one core. */
import { Worker } from 'node:worker_threads';
import { sayNumber } from '../reports/terminal/text.ts';
import { bundle } from '../tools/bundle.ts';
import { workerHeap } from '../tools/worker-heap.ts';
import type { Rates } from './rates.ts';
import { measureSteps } from './steps.ts';
import { measurePublished } from './triplit/measure.ts';
import { whereTimeGoes } from './where-time-goes.ts';

const seed = 7;

const help = `Usage: npm run bench [-- published]

Measures, on one core, the lockstep steps a second, the same scripts over real sockets, the empty harness as the ceiling,
and where the time goes; then, where they are installed, the published packages beside our own client and server and beside
real sockets in real time, by other scripts, the same for all three. It takes about two minutes and wants a machine that
does nothing else.

  published  measures the published packages alone
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

const say = (label: string, figure: number, note: string): void => {
  console.log(`${label.padEnd(30)}${sayNumber(figure).padStart(9)}   (${note})`);
};

/** A ratio below one as 1 / n. */
function times(figure: number, base: number): string {
  return figure >= base ? `${(figure / base).toFixed(1)} ×` : `1 / ${(base / figure).toFixed(1)}`;
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
    `commands are ${(commandShare * 100).toFixed(0)} % of the steps; best round ${sayNumber(Math.max(...steps))}`,
  );
  say('the first 200 runs', coldSteps, 'before the code is warm');
  say('empty harness, tasks a second', ceiling, `the ceiling: ${(ceiling / ours).toFixed(1)} ×`);
  say('over real sockets', overSockets, `1 / ${(ours / overSockets).toFixed(1)}`);
  console.log('');
  console.log('where the time goes (samples):');
  for (const { part, share } of shares) console.log(`  ${part.padEnd(44)} ${(share * 100).toFixed(1).padStart(5)} %`);
}

async function tellPublished(): Promise<void> {
  const figures = await measurePublished(seed);
  if (figures === null) {
    console.log('the published packages are not installed: lockstep published install does that');
    return;
  }
  const { scripts, drawn, restless, rounds, ours, published, sockets } = figures;
  const rate = ({ seconds }: { readonly seconds: number }): number => scripts / seconds;
  console.log(`The published packages: ${scripts} scripts (of ${drawn} drawn), one core, medians of ${rounds} rounds\n`);
  say('our own, scripts a second', rate(ours), `${sayNumber(ours.steps / ours.seconds)} lockstep steps a second`);
  say(
    'published, scripts a second',
    rate(published),
    `${sayNumber(published.steps / published.seconds)} lockstep steps a second; ${times(rate(published), rate(ours))} of our own`,
  );
  say(
    'the same in real time',
    rate(sockets),
    `over real sockets, not judged, one round; ${sayNumber(sockets.steps / sockets.seconds)} steps and messages a second; ${times(rate(sockets), rate(published))} of virtual time`,
  );
  if (restless > 0) console.log(`left out: ${restless} scripts of which a step did not come to rest in real time`);
}

if (!process.argv.includes('published')) {
  await tellOurs();
  console.log('');
}
await tellPublished();
