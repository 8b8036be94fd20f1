/** The verdict of a gate and what each finding is, in words: the same in the terminal and on a release page. */
import type { GateReport, ReportedFinding, StateReport } from '../../properties/gate/report.ts';
import type { GateVerdict, JudgedFinding, Label, Sight } from '../../properties/gate/verdict.ts';
import type { JudgedWaiver } from '../../properties/gate/waivers.ts';
import { type Figure, notesOf } from '../explored/figures.ts';
import { sayCount, sayNumber } from './text.ts';

export const gateVerdictWords: Readonly<Record<GateVerdict, string>> = {
  held: 'HELD',
  blocked: 'BLOCKED',
  undecided: 'COULD NOT DECIDE',
};

/** What a reader needs to know of a label. */
export const labelMeanings: Readonly<Record<Label, string>> = {
  new: 'for the first time, as far as is known: it blocks',
  standing: 'in both, though in no list: it blocks',
  waived: 'it would block, and somebody answers for it until the day of the waiver',
  undecided: 'something gave no result',
  hidden: 'its script fails as something else in what is to be released, which stands before it: not decided',
  fixed: 'in the other alone',
  known: 'listed, and no regression',
  absent: 'listed, and shows in neither',
};

const inTable: readonly Label[] = ['new', 'standing', 'waived', 'undecided', 'hidden', 'fixed', 'known'];
const namesTold = 12;

/** Those that the table tells: what is only listed is told below it. */
export function findingsTold({ findings, there }: GateReport): readonly ReportedFinding[] {
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
  const alone = report.there === null ? ', compared with nothing' : '';
  switch (report.verdict) {
    case 'blocked':
      return `${[...(counts === '' ? [] : [counts]), ...sayExpired(report)].join('; ')}${alone}`;
    case 'held':
      return `${counts === '' ? `${sayRuns(report)}: every property held` : `nothing new: ${counts}`}${alone}`;
    case 'undecided':
      return report.neverBegan.length > 0
        ? sayNeverBegan(report)
        : `nothing new so far, but ${whyUndecided(report)}${counts === '' ? '' : `; ${counts}`}${alone}`;
  }
}

function sayExpired({ waivers }: GateReport): readonly string[] {
  const expired = waivers.filter(({ isExpired }) => isExpired).length;
  return expired === 0 ? [] : [`${sayCount(expired, 'waiver')} expired`];
}

/** Whatever else was seen says nothing then. */
function sayNeverBegan({ neverBegan }: GateReport): string {
  return `no run of ${neverBegan.join(' and ')} came to its first step, so nothing was seen of what it does`;
}

/** What hides stands in the table with that label: somebody has to look at what stands before it. */
function whyUndecided({ here, there, findings }: GateReport): string {
  const states = there === null ? [here] : [here, there];
  const isBrokenOff = ({ simulation }: StateReport): boolean => simulation === null || simulation.end === 'interrupted';
  if (states.some(isBrokenOff)) return 'interrupted before the end';
  const isHidden = findings.some(({ label }) => label === 'hidden');
  const gaveNone = findings.some(({ label }) => label === 'undecided') || !isHidden ? ['something gave no result'] : [];
  return [...gaveNone, ...(isHidden ? ['what hides behind something else is not decided'] : [])].join(', and ');
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
  const { findings, here, there, notCompared, waivers } = report;
  const compared = notCompared === null ? [] : [`nothing is compared: ${notCompared}`];
  const names = new Set(findings.filter(({ here: ofHere }) => ofHere.sight === 'shows').map(({ name }) => name));
  const waived = waivers.map((waiver) => sayWaiver(waiver, names.has(waiver.finding)));
  const absent = findings.filter(({ label, isKnown }) => label === 'absent' && isKnown).map(({ name }) => name);
  const where = there === null ? `does not show in ${here.name}` : 'shows in neither';
  const listed = absent.length === 0 ? [] : [`listed, but ${where}: ${sayNames(absent)}`];
  const states = there === null ? [here] : [here, there];
  const undecided = states.flatMap(({ name, simulation }) =>
    simulation === null ? [] : notesOf(simulation).map((note) => `${name}: ${note}`),
  );
  return [...compared, ...waived, ...listed, ...undecided];
}

function sayWaiver({ finding, reason, until, isExpired }: JudgedWaiver, shows: boolean): string {
  const end = isExpired ? `its waiver expired on ${until}, and blocks` : `waived until ${until}`;
  return `${finding}: ${end}${shows ? '' : ', though it does not show'} (${reason})`;
}

/** A line each: what the verdict rests on. */
export function sayEvidence({ evidence, here, there }: GateReport): readonly Figure[] {
  const { date, lockstep, commit, node, platform } = evidence;
  const states = [here, ...(there === null ? [] : [there])];
  const explored = states.flatMap(({ name, explored: of }) =>
    of === null
      ? []
      : [`${of.rules.visited} of ${of.rules.all} rules, ${sayNumber(of.cells.visited)} of ${sayNumber(of.cells.all)} cells (${name})`],
  );
  const hashes = states.flatMap(({ name, simulation }): Figure[] =>
    simulation === null ? [] : [['trace hash', `${simulation.traceHash} (${name})`]],
  );
  return [
    ['judged by', `Lockstep ${lockstep}${commit === '' ? '' : `, commit ${commit}`}; Node ${node}, ${platform}`],
    ['date', date ?? 'not given'],
    ...(explored.length === 0 ? [] : [['explored', explored.join('; ')] as const]),
    ...hashes,
  ];
}

function sayNames(names: readonly string[]): string {
  const untold = names.length - namesTold;
  return names.slice(0, namesTold).join(', ') + (untold > 0 ? `, and ${untold} more` : '');
}
