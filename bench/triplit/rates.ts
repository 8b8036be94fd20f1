/**
 * Measures the published packages in a worker thread, as `rates.ts` does ours: the same scripts on our own client and server,
 * on the published ones in virtual time, and on the published ones over real sockets in real time.
 */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { Script } from '../../properties/scripts/script.ts';
import { nameOf } from '../../properties/systems/registry.ts';
import { runScript } from '../../properties/systems/run-script.ts';
import { triplit } from '../../properties/systems/triplit/plugin.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { type Chosen, choosePublishedScripts } from './scripts.ts';
import { importPackages, playScript } from './sockets.ts';

/** What a worker is to do. */
export type PublishedWork =
  | { readonly work: 'choose'; readonly set: string; readonly seed: number; readonly count: number }
  | { readonly work: 'simulated'; readonly set: string; readonly scripts: readonly Script[]; readonly rounds: number }
  | { readonly work: 'sockets'; readonly set: string; readonly scripts: readonly Script[] };

/** All scripts, played once. */
export interface Round {
  readonly steps: number;
  readonly seconds: number;
}
export interface SimulatedRounds {
  readonly ours: readonly Round[];
  readonly published: readonly Round[];
}
/** One script in real time. */
export interface SocketPlay extends Round {
  /** Steps after which nothing told that all was done. */
  readonly restless: number;
}

async function simulated(work: Extract<PublishedWork, { readonly work: 'simulated' }>): Promise<SimulatedRounds> {
  // The code of a fresh thread is cold.
  await play(work.scripts, 'simulated');
  await play(work.scripts, nameOf(triplit, work.set));
  const ours: Round[] = [];
  const published: Round[] = [];
  for (let round = 0; round < work.rounds; round += 1) {
    ours.push(await play(work.scripts, 'simulated'));
    published.push(await play(work.scripts, nameOf(triplit, work.set)));
  }
  return { ours, published };
}

async function play(scripts: readonly Script[], world: Parameters<typeof runScript>[1]['world']): Promise<Round> {
  const startedMs = performance.now();
  let steps = 0;
  for (const script of scripts) steps += (await runScript(script, { world, keepTrace: false })).steps;
  return { steps, seconds: (performance.now() - startedMs) / 1_000 };
}

async function overSockets({ set, scripts }: Extract<PublishedWork, { readonly work: 'sockets' }>): Promise<readonly SocketPlay[]> {
  const packages = await importPackages(repositoryRoot(), set);
  const plays: SocketPlay[] = [];
  for (const script of scripts) {
    const startedMs = performance.now();
    const { steps, restless } = await playScript(packages, script);
    plays.push({ steps, restless, seconds: (performance.now() - startedMs) / 1_000 });
  }
  return plays;
}

function perform(work: PublishedWork): Promise<Chosen | SimulatedRounds | readonly SocketPlay[]> {
  switch (work.work) {
    case 'choose':
      return choosePublishedScripts(work.seed, work.count, work.set);
    case 'simulated':
      return simulated(work);
    case 'sockets':
      return overSockets(work);
  }
}

const work: PublishedWork = workerData;
parentPort?.postMessage(await perform(work));
