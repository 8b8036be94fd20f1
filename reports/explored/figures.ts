/** The verdict on a simulation, its figures and what qualifies them, in words: the same in the terminal, in Markdown and on the page. */
import type { CorpusResult, Simulation, Verdict } from '../../properties/simulate/simulation.ts';
import { sayCount, sayDuration, sayNumber, sayShare } from '../terminal/text.ts';
import { corpusNotes } from './corpus-words.ts';
import { knownNotes, sayKnown, sayKnownScripts } from './known.ts';

export const verdictWords: Readonly<Record<Verdict, string>> = { held: 'HELD', failed: 'FAILED', undecided: 'COULD NOT DECIDE' };

/** What stands beside the word of the verdict. */
export function sayVerdict(simulation: Simulation, verdict: Verdict): string {
  const runs = sayCount(simulation.runs, 'run');
  const known = sayKnown(simulation);
  switch (verdict) {
    case 'held':
      return `${runs}, ${known !== '' ? known : simulation.leftOut > 0 ? 'no failure that counts' : 'every property held'}`;
    case 'failed': {
      const classes = simulation.failures.filter(({ failure }) => failure.known === undefined).length;
      return `${sayFailed(simulation)}, ${sayCount(classes, 'class of failure', 'classes of failure')}`;
    }
    case 'undecided':
      return `${runs} without a failure, but ${whyUndecided(simulation)}`;
  }
}

function sayFailed({ failed, runs, corpus, deviations }: Simulation): string {
  const whose = deviations === null ? 'of the corpus' : 'of known deviations';
  const ofCorpus = corpus === null || corpus.failed === 0 ? '' : `${sayCount(corpus.failed, 'script')} ${whose}`;
  if (ofCorpus === '') return `${sayCount(failed, 'run')} of ${sayNumber(runs)}`;
  return failed === 0 ? ofCorpus : `${sayCount(failed, 'run')} of ${sayNumber(runs)} and ${ofCorpus}`;
}

function whyUndecided(simulation: Simulation): string {
  if (simulation.undecidedRuns > 0) return `${sayCount(simulation.undecidedRuns, 'run')} gave no result`;
  const corpus = simulation.corpus?.undecided ?? 0;
  if (corpus > 0) return `${sayCount(corpus, 'script')} of the corpus gave no result`;
  if (simulation.leftOpen > 0) return `${sayCount(simulation.leftOpen, 'worker')} left something open`;
  return 'interrupted before the end';
}

export type Figure = readonly [label: string, text: string];

/** `scriptSteps`: those that were executed, for the share of those skipped. */
export function figuresOf(simulation: Simulation, scriptSteps: number): readonly Figure[] {
  const seconds = Math.max(simulation.seconds, 0.001);
  const { steps, commands, skipped } = simulation;
  const twice = simulation.twice ? ', each twice, traces compared' : '';
  const shrinking = simulation.failures.some(({ attempts }) => attempts > 0)
    ? `, and ${sayDuration(simulation.shrinkSeconds)} of shrinking`
    : '';
  return [
    ['seed', String(simulation.seed)],
    ['system', simulation.world + (simulation.faultName === null ? '' : `, with the fault "${simulation.faultName}"`)],
    ['runs', `${sayNumber(simulation.runs)}${twice}${simulation.end === 'interrupted' ? ', then interrupted' : ''}`],
    ['time', `${sayDuration(simulation.seconds)} on ${sayCount(simulation.workers, 'worker')}${shrinking}`],
    ['steps', `${sayNumber(steps)}, ${sayNumber(steps / seconds)} a second`],
    ['commands', `${sayNumber(commands)}, ${sayShare(commands, steps)} of the steps`],
    ['skipped', `${sayNumber(skipped)}, ${sayShare(skipped, skipped + scriptSteps)} of the script steps`],
    ...corpusFigures(simulation),
    ...applicableFigures(simulation),
    ['trace hash', simulation.traceHash],
  ];
}

/** What a system lacks, and which rules say nothing of it for that. */
function applicableFigures({ notApplicable }: Simulation): readonly Figure[] {
  const [...wants] = new Set(notApplicable.map(({ lacks }) => lacks.join(' and ')));
  const told = wants.map((want) => {
    const rules = notApplicable.filter(({ lacks }) => lacks.join(' and ') === want).map(({ rule }) => rule);
    return `${rules.join(', ')} (no ${want})`;
  });
  return told.length === 0 ? [] : [['unchecked', `not applicable: ${told.join('; ')}`]];
}

/** On a system with known deviations their scripts are the corpus. */
function corpusFigures(simulation: Simulation): readonly Figure[] {
  const { corpus, deviations, knownRuns, runs } = simulation;
  const scripts: readonly Figure[] =
    corpus === null ? [] : deviations === null ? [['corpus', sayCorpus(corpus)]] : [['known', sayKnownScripts(simulation)]];
  return deviations === null ? scripts : [...scripts, ['known in', `${sayCount(knownRuns, 'run')}, ${sayShare(knownRuns, runs)}`]];
}

/** It is apart from the runs: none of the other figures counts it. */
function sayCorpus({ scripts, failed, leftOut, undecided, seconds }: CorpusResult): string {
  const bad = [
    ...(failed > 0 ? [`${sayNumber(failed)} failed`] : []),
    ...(leftOut > 0 ? [`${sayNumber(leftOut)} failed in ways that --only leaves out`] : []),
    ...(undecided > 0 ? [`${sayNumber(undecided)} gave no result`] : []),
  ];
  const end = bad.length === 0 ? 'all held' : bad.join(', ');
  return `${sayCount(scripts, 'script')} in ${sayDuration(seconds)}, ${end}`;
}

/** What a reader must know beside the verdict, a sentence each. */
export function notesOf(simulation: Simulation): readonly string[] {
  const { undecided, undecidedRuns, leftOut, leftOpen } = simulation;
  const told = undecided.map(({ firstRun, count, why }) => `run ${firstRun}${sayOthers(count - 1)} could not be decided: ${why}`);
  const untold = undecidedRuns - undecided.reduce((sum, { count }) => sum + count, 0);
  const more = untold > 0 ? [`${sayCount(untold, 'other run')} could not be decided, for other reasons`] : [];
  const left = leftOut > 0 ? [`${sayCount(leftOut, 'run')} ended by failures that --only leaves out`] : [];
  const open = leftOpen > 0 ? [`${sayCount(leftOpen, 'worker')} did not end by itself: something was left open`] : [];
  return [...knownNotes(simulation), ...corpusNotes(simulation), ...told, ...more, ...left, ...open];
}

function sayOthers(count: number): string {
  return count === 0 ? '' : ` and ${sayCount(count, 'other')}`;
}
