/** The verdict of a gate and what each finding is, in words: the same in the terminal and on a release page. */
import type { GateReport, StateReport } from '../../properties/gate/report.ts';
import type { GateVerdict, JudgedFinding, Label, Sight } from '../../properties/gate/verdict.ts';
import { notesOf } from '../explored/figures.ts';
import { sayCount } from './text.ts';

export const gateVerdictWords: Readonly<Record<GateVerdict, string>> = {
  held: 'HELD',
  blocked: 'BLOCKED',
  undecided: 'COULD NOT DECIDE',
};

/** What a reader needs to know of a label. */
export const labelMeanings: Readonly<Record<Label, string>> = {
  new: 'for the first time, as far as is known: it blocks',
  standing: 'in both, though in no list: it blocks',
  undecided: 'something gave no result',
  hidden: 'its script fails as something else in what is to be released, which stands before it',
  fixed: 'in the other alone',
  known: 'listed, and no regression',
  absent: 'listed, and shows in neither',
};

const inTable: readonly Label[] = ['new', 'standing', 'undecided', 'hidden', 'fixed', 'known'];
const namesTold = 12;

/** Those that the table tells: what is only listed is told below it. */
export function findingsTold({ findings, there }: GateReport): readonly JudgedFinding[] {
  const isTold = ({ label, here, there: ofThere }: JudgedFinding): boolean => {
    if (label === 'undecided') return here.sight === 'shows' || ofThere?.sight === 'shows' || there === null;
    return label !== 'absent';
  };
  return findings.filter(isTold);
}

/** What stands beside the word of the verdict. */
export function sayGateVerdict(report: GateReport): string {
  const told = findingsTold(report);
  const count = (label: Label): number => told.filter((finding) => finding.label === label).length;
  const counts = inTable.flatMap((label) => (count(label) === 0 ? [] : [`${count(label)} ${label}`])).join(', ');
  switch (report.verdict) {
    case 'blocked':
      return counts;
    case 'held':
      return counts === '' ? `${sayRuns(report)}: every property held` : `nothing new: ${counts}`;
    case 'undecided':
      return `nothing new so far, but ${whyUndecided(report)}${counts === '' ? '' : `; ${counts}`}`;
  }
}

function whyUndecided({ here, there }: GateReport): string {
  const states = there === null ? [here] : [here, there];
  const isBrokenOff = ({ simulation }: StateReport): boolean => simulation === null || simulation.end === 'interrupted';
  return states.some(isBrokenOff) ? 'interrupted before the end' : 'something gave no result';
}

/** `4,000 runs and 148 scripts`. */
function sayRun({ simulation }: StateReport): string {
  if (simulation === null) return 'not begun';
  const scripts = simulation.corpus?.scripts ?? 0;
  return `${sayCount(simulation.runs, 'fresh run')}${scripts === 0 ? '' : ` and ${sayCount(scripts, 'script')}`}`;
}

/** What was run on both. */
export function sayRuns({ here, there }: GateReport): string {
  if (there === null) return sayRun(here);
  const [ofHere, ofThere] = [sayRun(here), sayRun(there)];
  return ofHere === ofThere ? `${ofHere}, on each` : `${ofHere}; of ${there.name}: ${ofThere}`;
}

export function sayState({ name, details }: StateReport): string {
  return details === '' ? name : `${name} (${details})`;
}

export function saySight(sight: Sight): string {
  switch (sight.sight) {
    case 'shows': {
      const runs = sight.runs === 0 ? [] : [sayCount(sight.runs, 'run')];
      return [...(sight.scripts === 0 ? [] : [sayCount(sight.scripts, 'script')]), ...runs].join(', ');
    }
    case 'absent':
      return 'holds';
    case 'hidden':
      return `fails as ${sight.behind}`;
    case 'undecided':
      return 'no result';
  }
}

/** Of what is listed and no regression the numbers alone, where there is little room: it is the same from release to release. */
export function sayKnownFindings(report: GateReport): string {
  const known = findingsTold(report).filter(({ label }) => label === 'known');
  const { there } = report;
  if (known.length === 0) return '';
  const inBoth = known.filter((finding) => finding.there?.sight === 'shows').length;
  const behind = known.filter((finding) => finding.there?.sight === 'hidden').length;
  const compared = [
    ...(inBoth > 0 ? [`${inBoth} also in ${there?.name ?? ''}`] : []),
    ...(behind > 0 ? [`${behind} behind something else there`] : []),
  ];
  return `${sayCount(known.length, 'listed deviation')}${compared.length === 0 ? '' : `: ${compared.join(', ')}`}; --markdown and --json tell each`;
}

/** What a reader must know beside the table, a sentence each. */
export function gateNotes(report: GateReport): readonly string[] {
  const { findings, here, there, notCompared } = report;
  const compared = notCompared === null ? [] : [`nothing is compared: ${notCompared}`];
  const absent = findings.filter(({ label, isKnown }) => label === 'absent' && isKnown).map(({ name }) => name);
  const where = there === null ? `does not show in ${here.name}` : 'shows in neither';
  const listed = absent.length === 0 ? [] : [`listed, but ${where}: ${sayNames(absent)}`];
  const states = there === null ? [here] : [here, there];
  const undecided = states.flatMap(({ name, simulation }) =>
    simulation === null ? [] : notesOf(simulation).map((note) => `${name}: ${note}`),
  );
  return [...compared, ...listed, ...undecided];
}

function sayNames(names: readonly string[]): string {
  const untold = names.length - namesTold;
  return names.slice(0, namesTold).join(', ') + (untold > 0 ? `, and ${untold} more` : '');
}
