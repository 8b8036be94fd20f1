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
export function sayWhen({ step }: Pick<Failure, 'step'>, stepCount: number): string {
  if (step < 0) return 'before the first step';
  if (step >= stepCount) return 'after the last step, while the world heals';
  return `in step ${step + 1}, or in what followed from it`;
}

export type Fact = readonly [name: string, text: string];

/** What was allowed, what was shown instead, when, as what class, and where else. */
export function factsOf({ failure, steps, seenIn, sameCauseAs }: ReportedFailure): readonly Fact[] {
  const allowed = failure.allowed.length === 0 ? ['nothing'] : failure.allowed;
  return [
    ...allowed.map((possibility, place): Fact => [place === 0 ? 'allowed' : 'or', possibility]),
    ['shown', failure.shown],
    ['when', sayWhen(failure, steps.length)],
    ['class', `${failure.class}, found by ${failure.property}`],
    ['seen in', `${seenIn}${sameCauseAs === null ? '' : `; probably the same cause as ${sameCauseAs}`}`],
  ];
}

/** The same as lines of text, under each other. */
export function factLines(reported: ReportedFailure): readonly string[] {
  return factsOf(reported).map(([name, text]) => `${name === 'or' ? name.padStart(7) : name.padEnd(7)}  ${text}`);
}

/** The steps, numbered, with a mark at that in which it failed. */
export function stepLines({ failure, steps }: ReportedFailure): readonly string[] {
  const digits = String(steps.length).length;
  return steps.map((step, index) => `${index === failure.step ? '›' : ' '} ${String(index + 1).padStart(digits)}  ${step}`);
}
