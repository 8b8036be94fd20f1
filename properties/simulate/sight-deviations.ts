/** What a simulation saw of each known deviation: in the deviation's own script, and in the runs. */
import type { DeviationSighting, ListedDeviation } from './known.ts';
import type { CorpusResult, FoundFailure } from './simulation.ts';

/** Each of the list, in its order. The corpus is where the deviations' own scripts are run, under their names. */
export function sightingsOfDeviations(
  listed: readonly ListedDeviation[],
  failures: readonly Pick<FoundFailure, 'failure' | 'count'>[],
  corpus: CorpusResult | null,
): readonly DeviationSighting[] {
  return listed.map(({ name, rule, title, fixedIn = null }) => {
    const runs = failures.reduce((sum, { failure, count }) => sum + (failure.known === name ? count : 0), 0);
    const ownScript = ownScriptOf(name, corpus);
    return {
      name,
      rule,
      title,
      fixedIn,
      shows: runs > 0 || ownScript === 'shows' ? true : ownScript === 'holds' ? false : null,
      ownScript,
      runs,
    };
  });
}

function ownScriptOf(name: string, corpus: CorpusResult | null): DeviationSighting['ownScript'] {
  const outcome = corpus?.results.find(({ entry }) => entry.name === name)?.outcome;
  switch (outcome?.outcome) {
    case 'failed':
      return outcome.failure.known === name ? 'shows' : 'failsOtherwise';
    case 'held':
      return 'holds';
    case 'unknown':
    case undefined:
      return null;
  }
}
