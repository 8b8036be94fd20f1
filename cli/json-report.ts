/** The result of a simulation for programs: a contract, so fields are added and never renamed. */
import { writeFileSync } from 'node:fs';
import type { CorpusResult, FoundFailure, Simulation, Verdict } from '../properties/simulate/simulation.ts';

export function writeJsonReport(path: string, simulation: Simulation, verdict: Verdict): void {
  writeFileSync(path, `${JSON.stringify(jsonReport(simulation, verdict), null, 2)}\n`);
}

type Json = Readonly<Record<string, unknown>>;

function jsonReport(simulation: Simulation, verdict: Verdict): Json {
  const { seed, runs, steps, commands, skipped, seconds, traceHash, coverage, notApplicable, deviations } = simulation;
  const { end, world: system, faultName: fault, workers, twice, shrinkSeconds } = simulation;
  const { failed: failedRuns, knownRuns, leftOut: leftOutRuns, undecidedRuns, undecided } = simulation;
  const stepsPerSecond = seconds > 0 ? Math.round(steps / seconds) : 0;
  const figures = { seed, runs, steps, commands, skipped, seconds, stepsPerSecond, traceHash, verdict };
  const circumstances = { end, system, fault, workers, twice, shrinkSeconds };
  const counts = { failedRuns, knownRuns, leftOutRuns, undecidedRuns, undecided };
  const corpus = corpusReport(simulation.corpus);
  const failures = simulation.failures.map(failureReport);
  return { ...figures, ...circumstances, ...counts, corpus, coverage, notApplicable, deviations, failures };
}

function failureReport({ failure, shrinking, ...found }: FoundFailure): Json {
  const { known = null, rule, property, message, allowed, shown } = failure;
  const { class: name, script, shrunkFrom, count, firstRun, shrunkRun, corpusEntries, sameCauseAs, attempts } = found;
  const shrunk = { script, steps: script.steps.length, shrunkFrom, count };
  const seen = { message, allowed, shown, firstRun, shrunkRun, corpusEntries, sameCauseAs, attempts };
  return { class: name, known, rule, property, ...shrunk, ...seen, oneMinimal: shrinking === 'oneMinimal' };
}

/** Null where the corpus was not run. */
function corpusReport(corpus: CorpusResult | null): Json | null {
  if (corpus === null) return null;
  const { scripts, failed, leftOut, undecided, seconds } = corpus;
  return { scripts, failed, leftOut, undecided, seconds };
}
