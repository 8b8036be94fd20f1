/** What one state of the system showed: each failure by the name of the known deviation that it is, or by its class. */

import type { Script } from '../scripts/script.ts';
import type { CorpusEntryResult, Simulation } from '../simulate/simulation.ts';
import type { Failure, Outcome } from '../trace.ts';

export interface Sighting {
  readonly name: string;
  readonly isKnown: boolean;
  readonly rule: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** Fresh runs. */
  readonly runs: number;
  /** Names of the scripts at hand that showed it. */
  readonly scripts: readonly string[];
  /** One that shows it. */
  readonly script: Script;
}

export interface Sightings {
  readonly byName: ReadonlyMap<string, Sighting>;
  /** How the scripts at hand ended, by their names. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Everything that was to be run was run to its end. */
  readonly isWhole: boolean;
}

export function sightingsOf(simulation: Simulation): Sightings {
  const byName = new Map<string, Sighting>();
  for (const { failure, count, corpusEntries, script } of simulation.failures) {
    const name = nameOf(failure);
    const before = byName.get(name);
    byName.set(name, {
      name,
      isKnown: failure.known !== undefined,
      rule: failure.rule,
      message: failure.message,
      script: before?.script ?? script,
      runs: (before?.runs ?? 0) + count,
      scripts: [...(before?.scripts ?? []), ...corpusEntries],
    });
  }
  const results: readonly CorpusEntryResult[] = simulation.corpus?.results ?? [];
  return { byName, outcomes: new Map(results.map(({ entry, outcome }) => [entry.name, outcome])), isWhole: isWhole(simulation) };
}

/** Whether every run and every script gave a result, and nothing was left open. */
export function isWhole({ end, undecidedRuns, corpus, leftOpen }: Simulation): boolean {
  return end === 'complete' && undecidedRuns === 0 && (corpus?.undecided ?? 0) === 0 && leftOpen === 0;
}

/** The deviation that it is known as, or its class. */
export function nameOf(failure: Failure): string {
  return failure.known ?? failure.class;
}
