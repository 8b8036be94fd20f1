/**
 * Measures rates in a worker thread, bundled and with the memory that `simulate` gives its own, because that is where
 * runs are done: loaded by the loader for development, the same code is a sixth slower, and much slower before it is warm.
 */
import { parentPort } from 'node:worker_threads';
import { measureEmptyHarness } from './empty-harness.ts';
import { measureSteps } from './steps.ts';

/** Rates a second; one entry a round. */
export interface Rates {
  readonly steps: readonly number[];
  /** Of the first runs, before the code is warm. */
  readonly coldSteps: number;
  readonly emptyHarnessTasks: readonly number[];
  readonly overSockets: number;
  /** Of the steps, 0 to 1. */
  readonly commandShare: number;
}

const seed = 7;
const rounds = 5;

async function measureRates(): Promise<Rates> {
  const cold = await measureSteps(seed, 200, 'simulated');
  // Until the compiler of the runtime has seen most of it.
  await measureSteps(seed, 1_500, 'simulated');
  await measureEmptyHarness(50_000);
  const steps: number[] = [];
  const emptyHarnessTasks: number[] = [];
  let commandShare = 0;
  for (let round = 0; round < rounds; round += 1) {
    const rate = await measureSteps(seed, 500, 'simulated');
    steps.push(rate.stepsPerSecond);
    commandShare = rate.commands / rate.steps;
    emptyHarnessTasks.push((await measureEmptyHarness(200_000)).tasksPerSecond);
  }
  const sockets = await measureSteps(seed, 60, 'websocket');
  return { steps, coldSteps: cold.stepsPerSecond, emptyHarnessTasks, overSockets: sockets.stepsPerSecond, commandShare };
}

parentPort?.postMessage(await measureRates());
