/** Hunts one planted fault under one seed: how many runs until it shows, and how short the script is that shows it. */

import { simulate } from '../simulate/simulate.ts';
import type { FoundFailure, Simulation } from '../simulate/simulation.ts';
import type { Fault } from './fault.ts';

export interface Hunt {
  readonly seed: number;
  /** Runs until the fault showed, the showing one counted; null where it survived. */
  readonly runsUntilFound: number | null;
  readonly steps: number | null;
  readonly shrunkFrom: number | null;
  readonly foundBy: string | null;
  readonly failureClass: string | null;
  readonly seconds: number;
  /** Runs that gave no result: they are no finding. */
  readonly undecidedRuns: number;
}

/** A fault that makes runs hang would otherwise cost a time limit for each of thousands. */
const undecidedRunsBorne = 3;
const timeLimitMs = 20_000;

export async function hunt(fault: Fault, bundle: string, seed: number, runs: number): Promise<Hunt> {
  const enough = new AbortController();
  const simulation = await simulate(
    {
      seed,
      runs,
      minutes: null,
      world: 'simulated',
      workers: 1,
      twice: false,
      only: [],
      fault,
      stopAfterFirstFailure: true,
    },
    {
      bundle,
      timeLimitMs,
      signal: enough.signal,
      onProgress: (progressNow) => {
        const progress = progressNow();
        if (progress.undecidedRuns >= undecidedRunsBorne && progress.failed === 0) enough.abort();
      },
    },
  );
  return huntOf(seed, simulation);
}

function huntOf(seed: number, simulation: Simulation): Hunt {
  const found: FoundFailure | undefined = simulation.failures[0];
  return {
    seed,
    runsUntilFound: found === undefined ? null : found.firstRun + 1,
    steps: found?.script.steps.length ?? null,
    shrunkFrom: found?.shrunkFrom ?? null,
    foundBy: found?.failure.rule ?? null,
    failureClass: found?.class ?? null,
    seconds: simulation.seconds + simulation.shrinkSeconds,
    undecidedRuns: simulation.undecidedRuns,
  };
}
