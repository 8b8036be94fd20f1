/** Hunts one planted fault under one seed: how many runs until it shows, and how short the script is that shows it. */
import type { Schedules } from '../generator/strategies.ts';
import type { Script } from '../scripts/script.ts';
import { outcomeOn } from '../simulate/script-pool.ts';
import { simulate } from '../simulate/simulate.ts';
import { type FoundFailure, type Simulation, usualOptions } from '../simulate/simulation.ts';
import type { Outcome } from '../trace.ts';
import type { Fault } from './fault.ts';

export interface Hunt {
  readonly seed: number;
  /** Runs until the fault showed, the showing one counted; null where it survived. */
  readonly runsUntilFound: number | null;
  readonly steps: number | null;
  readonly shrunkFrom: number | null;
  readonly foundBy: string | null;
  readonly failureClass: string | null;
  /** The shrunk script that shows it. */
  readonly script: Script | null;
  /** What the shrunk script comes to on the sound system: where it fails there too, something else was found. Null where nothing was. */
  readonly without: Outcome['outcome'] | null;
  readonly seconds: number;
  /** Runs that gave no result: they are no finding. */
  readonly undecidedRuns: number;
}

/** A fault that makes runs hang would otherwise cost a time limit for each of thousands. */
const undecidedRunsBorne = 3;
const timeLimitMs = 20_000;

export interface Quarry {
  readonly fault: Fault;
  /** The bundle with the fault in it. */
  readonly bundle: string;
  /** The bundle without. */
  readonly soundBundle: string;
}

export async function hunt({ fault, bundle, soundBundle }: Quarry, seed: number, runs: number, schedules: Schedules): Promise<Hunt> {
  const enough = new AbortController();
  const simulation = await simulate(
    { ...usualOptions, seed, runs, fault, bail: 1, schedules },
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
  const [found] = simulation.failures;
  return huntOf(seed, simulation, found, found === undefined ? null : await outcomeWithout(found.script, soundBundle));
}

export async function outcomeWithout(script: Script, soundBundle: string): Promise<Outcome['outcome']> {
  return (await outcomeOn({ bundle: soundBundle, timeLimitMs }, script)).outcome;
}

function huntOf(seed: number, simulation: Simulation, found: FoundFailure | undefined, without: Hunt['without']): Hunt {
  return {
    seed,
    runsUntilFound: found === undefined || found.firstRun === null ? null : found.firstRun + 1,
    steps: found?.script.steps.length ?? null,
    shrunkFrom: found?.shrunkFrom ?? null,
    foundBy: found?.failure.rule ?? null,
    failureClass: found?.class ?? null,
    script: found?.script ?? null,
    without,
    seconds: simulation.seconds + simulation.shrinkSeconds,
    undecidedRuns: simulation.undecidedRuns,
  };
}
