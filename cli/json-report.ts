/** The result of a simulation for programs: a contract, so fields are added and never renamed. */
import type { Campaign } from '../properties/simulate/journal/campaign.ts';
import type { CorpusResult, FoundFailure, Simulation, Verdict } from '../properties/simulate/simulation.ts';

/** Apart from what the simulation says: by what it was run, and where it lies. */
export interface Evidence extends Pick<Campaign, 'shard' | 'versions' | 'by'> {
  readonly folder: string | null;
}

export function jsonText(simulation: Simulation, verdict: Verdict, evidence?: Evidence): string {
  return `${JSON.stringify(jsonReport(simulation, verdict, evidence), null, 2)}\n`;
}

type Json = Readonly<Record<string, unknown>>;

function jsonReport(simulation: Simulation, verdict: Verdict, evidence?: Evidence): Json {
  const { seed, firstRun, runs, steps, commands, skipped, seconds, traceHash, coverage, notApplicable, deviations } = simulation;
  const { end, world: system, faultName: fault, workers, twice, shrinkSeconds } = simulation;
  const { failed: failedRuns, knownRuns, leftOut: leftOutRuns, undecidedRuns, undecided } = simulation;
  const stepsPerSecond = seconds > 0 ? Math.round(steps / seconds) : 0;
  const figures = { seed, runs, steps, commands, skipped, seconds, stepsPerSecond, traceHash, verdict };
  const circumstances = { firstRun, end, system, fault, workers, twice, shrinkSeconds, ...evidenceReport(evidence) };
  const counts = { failedRuns, knownRuns, leftOutRuns, undecidedRuns, undecided };
  const corpus = corpusReport(simulation.corpus);
  const failures = simulation.failures.map(failureReport);
  return { ...figures, ...circumstances, ...counts, corpus, coverage, notApplicable, deviations, failures };
}

function evidenceReport(evidence: Evidence | undefined): Json {
  if (evidence === undefined) return {};
  const { shard, versions, by, folder: campaign } = evidence;
  return { shard, versions, campaign, ...by };
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
