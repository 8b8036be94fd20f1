/** How fast the published packages are under the suite, beside our own client and server and beside real sockets in real time, all by the same scripts. */
import { Worker } from 'node:worker_threads';
import { sum } from '../../properties/language/lists.ts';
import type { Script } from '../../properties/scripts/script.ts';
import { defaultSetName, isInstalled } from '../../sut/triplit/sets.ts';
import { bundle } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { workerHeap } from '../../tools/worker-heap.ts';
import type { PublishedWork, Round, SimulatedRounds, SocketPlay } from './rates.ts';
import type { Chosen } from './scripts.ts';

const count = 100;
const rounds = 5;
/** A published server ticks as long as its process lives: few of them share one. */
const scriptsAProcess = 10;

export interface PublishedFigures {
  readonly scripts: number;
  readonly drawn: number;
  /** Scripts of which a step did not come to rest in real time: only its waiting would be measured. */
  readonly restless: number;
  readonly rounds: number;
  /** The median of the rounds. */
  readonly ours: Round;
  readonly published: Round;
  readonly sockets: Round;
}

/** null where the packages are not installed. */
export async function measurePublished(seed: number): Promise<PublishedFigures | null> {
  if (!isInstalled(repositoryRoot(), defaultSetName)) return null;
  const entry = await bundle({ entry: 'bench/triplit/rates.ts' });
  const chosen = await perform<Chosen>(entry, { work: 'choose', set: defaultSetName, seed, count });
  const plays: SocketPlay[] = [];
  for (const scripts of inTurns(chosen.scripts)) {
    plays.push(...(await perform<readonly SocketPlay[]>(entry, { work: 'sockets', set: defaultSetName, scripts })));
  }
  const scripts = chosen.scripts.filter((_script, index) => plays[index]?.restless === 0);
  const { ours, published } = await perform<SimulatedRounds>(entry, { work: 'simulated', set: defaultSetName, scripts, rounds });
  return {
    scripts: scripts.length,
    drawn: chosen.drawn,
    restless: chosen.scripts.length - scripts.length,
    rounds,
    ours: median(ours),
    published: median(published),
    sockets: sumOf(plays.filter(({ restless }) => restless === 0)),
  };
}

function sumOf(all: readonly Round[]): Round {
  return { steps: sum(all, ({ steps }) => steps), seconds: sum(all, ({ seconds }) => seconds) };
}

function inTurns(scripts: readonly Script[]): readonly (readonly Script[])[] {
  const turns = Math.ceil(scripts.length / scriptsAProcess);
  return Array.from({ length: turns }, (_, turn) => scripts.slice(turn * scriptsAProcess, (turn + 1) * scriptsAProcess));
}

function median(all: readonly Round[]): Round {
  const sorted = [...all].sort((one, other) => one.seconds - other.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('no round was measured');
  return middle;
}

/** What the packages print is theirs. */
async function perform<Result>(entry: string, work: PublishedWork): Promise<Result> {
  const worker = new Worker(entry, { execArgv: [], resourceLimits: workerHeap, workerData: work, stdout: true, stderr: true });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', (result: Result) => resolve(result));
      worker.once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}
