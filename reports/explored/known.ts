/** Known deviations in words: which showed, how often, and what their own scripts say. The same in every report. */
import type { DeviationSighting } from '../../properties/simulate/known.ts';
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { sayCount, sayDuration, sayNumber } from '../terminal/text.ts';

export type KnownRow = Pick<DeviationSighting, 'rule' | 'name' | 'runs' | 'title'>;

/** Those that showed, in their own script or in a run; those that ended most runs first. */
export function knownRows({ deviations }: Simulation): readonly KnownRow[] {
  const shown = (deviations ?? []).filter(({ shows }) => shows === true);
  return [...shown].sort((one, other) => other.runs - one.runs || (one.name < other.name ? -1 : 1));
}

/** `21 known deviations showed in 214 of them`; empty where none did in any run. */
export function sayKnown(simulation: Simulation): string {
  const { length } = knownRows(simulation).filter(({ runs }) => runs > 0);
  return length === 0 ? '' : `${sayCount(length, 'known deviation')} showed in ${sayNumber(simulation.knownRuns)} of them`;
}

/** How the scripts of the deviations ended. */
export function sayKnownScripts({ deviations, corpus }: Simulation): string {
  const count = (end: 'shows' | 'holds' | 'failsOtherwise', isMended?: boolean): number =>
    (deviations ?? []).filter(
      ({ ownScript, fixedIn }) => ownScript === end && (isMended === undefined || ((fixedIn ?? null) !== null) === isMended),
    ).length;
  const ends = [
    `${sayNumber(count('shows'))} show`,
    ...(count('holds', true) > 0 ? [`${sayNumber(count('holds', true))} mended since`] : []),
    ...(count('holds', false) > 0 ? [`${sayNumber(count('holds', false))} no longer`] : []),
    ...(count('failsOtherwise') > 0 ? [`${sayNumber(count('failsOtherwise'))} fail otherwise`] : []),
    ...(corpus !== null && corpus.undecided > 0 ? [`${sayNumber(corpus.undecided)} gave no result`] : []),
  ];
  return `${sayCount(corpus?.scripts ?? 0, 'script')} in ${sayDuration(corpus?.seconds ?? 0)}, ${ends.join(', ')}`;
}

/** What a reader must know of those that did not show as they are known to, a sentence each. What is mended need not show. */
export function knownNotes({ deviations, corpus }: Simulation): readonly string[] {
  return [
    ...(deviations ?? [])
      .filter(({ ownScript, fixedIn }) => ownScript === 'holds' && (fixedIn ?? null) === null)
      .map(({ name, runs }) => `${name} no longer shows in its own script${runs === 0 ? '' : `, though in ${sayCount(runs, 'run')}`}`),
    ...(deviations ?? [])
      .filter(({ ownScript }) => ownScript === 'failsOtherwise')
      .map(({ name }) => `the script of ${name} fails as ${classOf(name, corpus)}`),
  ];
}

function classOf(name: string, corpus: Simulation['corpus']): string {
  const outcome = corpus?.results.find(({ entry }) => entry.name === name)?.outcome;
  return outcome?.outcome === 'failed' ? outcome.failure.class : 'something else';
}
