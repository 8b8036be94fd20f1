/** The gate as Markdown, for the page of a release: the verdict, what was compared, and a row for each finding. */
import type { GateReport } from '../../properties/gate/report.ts';
import type { JudgedFinding } from '../../properties/gate/verdict.ts';
import {
  findingsTold,
  gateNotes,
  gateVerdictWords,
  labelMeanings,
  sayGateVerdict,
  sayRuns,
  saySight,
  sayState,
} from '../terminal/release-words.ts';
import { fenced, plain, tableText } from './text.ts';

export function gateMarkdown(report: GateReport): string {
  const told = findingsTold(report);
  const notes = gateNotes(report).map((note) => `- ${plain(note)}`);
  const parts = [
    `## Gate: ${gateVerdictWords[report.verdict]}`,
    plain(sayGateVerdict(report)),
    comparedText(report),
    ...(told.length === 0 ? [] : [findingsTable(report, told), legend(told)]),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
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

function findingsTable({ here, there }: GateReport, told: readonly JudgedFinding[]): string {
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

function legend(told: readonly JudgedFinding[]): string {
  const labels = [...new Set(told.map(({ label }) => label))];
  return labels.map((label) => `_${label}_: ${labelMeanings[label]}.`).join(' ');
}
