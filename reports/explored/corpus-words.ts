/** Which scripts of the corpus gave no result, and why, a sentence each. */
import type { Simulation } from '../../properties/simulate/simulation.ts';
import { sayCount } from '../terminal/text.ts';

const notesTold = 3;

export function corpusNotes({ corpus, deviations }: Simulation): readonly string[] {
  const whose = deviations === null ? 'of the corpus' : 'of known deviations';
  const notes = (corpus?.results ?? []).flatMap(({ entry, outcome }) =>
    outcome.outcome === 'unknown'
      ? [`${deviations === null ? `${entry.name} of the corpus` : `the script of ${entry.name}`} could not be decided: ${outcome.why}`]
      : [],
  );
  const told = notes.slice(0, notesTold);
  return notes.length > told.length ? [...told, `${sayCount(notes.length - told.length, 'other script')} ${whose} likewise`] : told;
}
