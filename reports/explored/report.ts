/** What the written reports of a simulation (page, Markdown, JUnit) are drawn from: plain data, so that all tell the same. */
import type { Simulation, Verdict } from '../../properties/simulate/simulation.ts';
import type { Failure } from '../../properties/trace.ts';
import type { ExpectedCoverage } from './families.ts';

export interface SimulationReport {
  readonly simulation: Simulation;
  readonly verdict: Verdict;
  readonly expectedCoverage: ExpectedCoverage;
  /** Script steps that were executed. */
  readonly scriptSteps: number;
  /** All classes, in the order of `simulation.failures`. */
  readonly failures: readonly ReportedFailure[];
  /** The numbered rules, in the order of the specification. */
  readonly rules: readonly ReportedRule[];
}

export interface ReportedRule {
  readonly id: string;
  readonly title: string;
  /** Its first sentence. */
  readonly law: string;
}

/** A class of failure in words. */
export interface ReportedFailure {
  readonly failure: Failure;
  /** The law that was broken. */
  readonly sentence: string;
  /** What the run begins with. */
  readonly setting: string;
  /** The steps of the shrunk script, in words. */
  readonly steps: readonly string[];
  /** `3 runs`, `corpus entry late-close`. */
  readonly seenIn: string;
  /** Another class that very probably has the same cause; null: none is known. */
  readonly sameCauseAs: string | null;
  readonly replayCommand: string;
}

/** At which step of the script a failure showed. */
export function sayWhen(failure: Failure, stepCount: number): string {
  if (failure.step < 0) return 'before the first step';
  if (failure.step >= stepCount) return 'after the last step, while the world heals';
  return `in step ${failure.step + 1}, or in what followed from it`;
}
