/** The gate as Markdown, for the page of a release: the verdict, what was compared, and a row for each finding. */
import type { GateReport, ReportedFinding } from '../../properties/gate/report.ts';
import type { Script } from '../../properties/scripts/script.ts';
import {
  findingsTold,
  gateNotes,
  gateVerdictWords,
  labelMeanings,
  sayEvidence,
  sayGateVerdict,
  sayRuns,
  saySight,
  sayState,
} from '../terminal/release-words.ts';
import { sayCount } from '../terminal/text.ts';
import { fenced, folded, plain, tableText } from './text.ts';

export function gateMarkdown(report: GateReport): string {
  const told = findingsTold(report);
  const notes = gateNotes(report).map((note) => `- ${plain(note)}`);
  const parts = [
    `## Gate: ${gateVerdictWords[report.verdict]}`,
    plain(sayGateVerdict(report)),
    comparedText(report),
    ...(told.length === 0 ? [] : [findingsTable(report, told), legend(told)]),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
    ...scriptsOf(told),
    '### Evidence',
    tableText(['what', 'which'], [['seed', String(report.seed)], ['runs', sayRuns(report)], ...sayEvidence(report)]),
    'The same again:',
    fenced([report.command], 'sh'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function comparedText(report: GateReport): string {
  const { here, there, seed } = report;
  const compared = there === null ? '' : `, compared with ${plain(sayState(there))}`;
  return `${plain(sayState(here))}${compared}: ${plain(sayRuns(report))}, seed ${seed}.`;
}

function findingsTable({ here, there }: GateReport, told: readonly ReportedFinding[]): string {
  return tableText(
    ['verdict', 'rule', 'finding', 'what happens', here.name, ...(there === null ? [] : [there.name])],
    told.map(({ label, rule, name, title, here: ofHere, there: ofThere }) => [
      label,
      rule,
      name,
      title,
      saySight(ofHere),
      ...(ofThere === null ? [] : [saySight(ofThere)]),
    ]),
  );
}

/** What is known has its script in the list; the others are told with theirs, to be kept in the file that the command names. */
function scriptsOf(told: readonly ReportedFinding[]): readonly string[] {
  const parts = told.flatMap(({ label, name, script, replay }) => {
    if (label === 'known' || script === null) return [];
    const command = replay === null ? [] : [fenced([replay], 'sh')];
    return [
      folded(`${name}: its script, ${sayCount(script.steps.length, 'step')}`, [...command, fenced([pretty(script)], 'json')].join('\n\n')),
    ];
  });
  return parts.length === 0 ? [] : ['### Scripts', ...parts];
}

function pretty(script: Script): string {
  return JSON.stringify(script, null, 2);
}

function legend(told: readonly ReportedFinding[]): string {
  const labels = [...new Set(told.map(({ label }) => label))];
  return labels.map((label) => `_${label}_: ${labelMeanings[label]}.`).join(' ');
}
