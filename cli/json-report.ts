/** The result of a simulation for programs: a contract, so fields are added and never renamed. */
import { writeFileSync } from 'node:fs';
import type { CorpusResult, Simulation, Verdict } from '../properties/simulate/simulation.ts';

export function writeJsonReport(path: string, simulation: Simulation, verdict: Verdict): void {
  writeFileSync(path, `${JSON.stringify(jsonReport(simulation, verdict), null, 2)}\n`);
}

function jsonReport(simulation: Simulation, verdict: Verdict): Readonly<Record<string, unknown>> {
  const { seed, runs, steps, commands, skipped, seconds, traceHash, coverage } = simulation;
  return {
    seed,
    runs,
    steps,
    commands,
    skipped,
    seconds,
    stepsPerSecond: seconds > 0 ? Math.round(steps / seconds) : 0,
    traceHash,
    verdict,
    end: simulation.end,
    system: simulation.world,
    fault: simulation.faultName,
    workers: simulation.workers,
    twice: simulation.twice,
    shrinkSeconds: simulation.shrinkSeconds,
    failedRuns: simulation.failed,
    knownRuns: simulation.knownRuns,
    leftOutRuns: simulation.leftOut,
    undecidedRuns: simulation.undecidedRuns,
    undecided: simulation.undecided,
    corpus: corpusReport(simulation.corpus),
    coverage,
    notApplicable: simulation.notApplicable,
    deviations: simulation.deviations,
    failures: simulation.failures.map((found) => ({
      class: found.class,
      known: found.failure.known ?? null,
      rule: found.failure.rule,
      property: found.failure.property,
      script: found.script,
      steps: found.script.steps.length,
      shrunkFrom: found.shrunkFrom,
      count: found.count,
      message: found.failure.message,
      allowed: found.failure.allowed,
      shown: found.failure.shown,
      firstRun: found.firstRun,
      shrunkRun: found.shrunkRun,
      corpusEntries: found.corpusEntries,
      sameCauseAs: found.sameCauseAs,
      attempts: found.attempts,
      oneMinimal: found.shrinking === 'oneMinimal',
    })),
  };
}

/** Null where the corpus was not run. */
function corpusReport(corpus: CorpusResult | null): Readonly<Record<string, unknown>> | null {
  if (corpus === null) return null;
  const { scripts, failed, leftOut, undecided, seconds } = corpus;
  return { scripts, failed, leftOut, undecided, seconds };
}
