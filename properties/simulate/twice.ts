/**
 * Determinism as a property: the same script run twice in one process must give the same trace. When it does not,
 * the first event that differs is named, since a pair of hashes tells nobody what to look at.
 */

import type { RunOptions } from '../interpreter/run-options.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, RunResult, TraceEvent } from '../trace.ts';
import { processOf, sayEvent } from '../trace-line.ts';
import type { Workings } from './jobs.ts';

/** Pairs run with their traces kept before giving up on seeing the difference a second time. */
const pairsToSeeDifference = 5;

type Run = Workings['runScript'];

export async function runTwice(run: Run, script: Script, options: RunOptions): Promise<RunResult> {
  const first = await run(script, options);
  const second = await run(script, options);
  if (first.traceHash === second.traceHash) return first;
  const failure = await explain(run, script, options);
  return { ...first, outcome: { outcome: 'failed', failure } };
}

async function explain(run: Run, script: Script, options: RunOptions): Promise<Failure> {
  for (let pair = 0; pair < pairsToSeeDifference; pair += 1) {
    const first = await run(script, { ...options, keepTrace: true });
    const second = await run(script, { ...options, keepTrace: true });
    const at = firstDifference(first.trace, second.trace);
    if (at !== undefined) return determinismFailure(first.trace[at], second.trace[at], at);
  }
  return determinismFailure(undefined, undefined, undefined);
}

/** The index of the first event that differs, undefined for equal traces. */
function firstDifference(first: readonly TraceEvent[], second: readonly TraceEvent[]): number | undefined {
  const longest = Math.max(first.length, second.length);
  for (let index = 0; index < longest; index += 1) {
    if (sayPlace(first[index]) !== sayPlace(second[index])) return index;
  }
  return undefined;
}

function sayPlace(event: TraceEvent | undefined): string {
  if (event === undefined) return 'the end of the trace';
  return `at ${event.atMs} ms, ${processOf(event)}: ${sayEvent(event)}`;
}

function determinismFailure(first: TraceEvent | undefined, second: TraceEvent | undefined, at: number | undefined): Failure {
  const seen = at !== undefined;
  return {
    class: 'determinism',
    rule: 'determinism',
    property: 'determinism',
    message: seen
      ? `The same script gave two traces; they part at event ${at + 1}.`
      : 'The same script gave two traces once; run again with its trace kept, it did not.',
    allowed: seen ? [`the first run: ${sayPlace(first)}`] : ['equal trace hashes'],
    shown: seen ? `the second run: ${sayPlace(second)}` : 'different trace hashes',
    step: first?.step ?? second?.step ?? -1,
  };
}
