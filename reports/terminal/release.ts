/** The gate in the terminal: the verdict first, then what was compared, then a line for each finding that is not simply known; on a narrow terminal a few lines for each. */
import type { GateReport } from '../../properties/gate/report.ts';
import type { JudgedFinding, Label } from '../../properties/gate/verdict.ts';
import type { Figure } from '../explored/figures.ts';
import { columnsOf } from './columns.ts';
import {
  findingsTold,
  gateNotes,
  gateVerdictWords,
  labelMeanings,
  sayEvidence,
  sayGateVerdict,
  sayKnownFindings,
  sayRuns,
  saySight,
  sayState,
} from './release-words.ts';
import type { Style } from './style.ts';
import { type Column, tableText } from './table.ts';
import { paragraph, sayDuration, sayNumber } from './text.ts';
import { figureLine, noteLines, verdictLine } from './verdict-lines.ts';

export function gateText(report: GateReport, style: Style, widthColumns: number): string {
  const told = findingsTold(report).filter(({ label }) => label !== 'known');
  const parts = [
    verdictLine(report.verdict, gateVerdictWords[report.verdict], sayGateVerdict(report), style, widthColumns),
    '',
    ...figures(report).map((figure) => figureLine(figure, style, widthColumns)),
    ...(told.length === 0 ? [] : ['', findingsText(report, told, style, widthColumns)]),
    ...(told.length === 0 ? [] : ['', ...legend(told, style, widthColumns)]),
    ...noteLines(gateNotes(report), style, widthColumns),
    '',
  ];
  return parts.join('\n');
}

function figures(report: GateReport): readonly Figure[] {
  const { here, there, seed } = report;
  const states = [here, ...(there === null ? [] : [there])].flatMap(({ simulation }) => (simulation === null ? [] : [simulation]));
  const seconds = states.reduce((sum, state) => sum + state.seconds + state.shrinkSeconds + (state.corpus?.seconds ?? 0), 0);
  const steps = states.reduce((sum, state) => sum + state.steps, 0);
  const known = sayKnownFindings(report);
  return [
    ['to release', sayState(here)],
    ...(there === null ? [] : [['compared with', sayState(there)] as const]),
    ['run', sayRuns(report)],
    ['seed', String(seed)],
    ['time', `${sayDuration(seconds)}, ${sayNumber(steps)} steps`],
    ...(known === '' ? [] : [['known', known] as const]),
    ...sayEvidence(report),
  ];
}

function findingsText(report: GateReport, told: readonly JudgedFinding[], style: Style, widthColumns: number): string {
  const { here, there } = report;
  const titles = ['verdict', 'rule', 'finding', here.name, ...(there === null ? [] : [there.name])];
  const columns = titles.map((title): Column => ({ title, align: 'left' }));
  const rows = told.map((finding) => [
    finding.label,
    finding.rule,
    finding.name,
    saySight(finding.here),
    ...(finding.there === null ? [] : [saySight(finding.there)]),
  ]);
  const [head = '', rule = '', ...lines] = tableText(columns, rows).split('\n');
  if ([head, rule, ...lines].some((line) => columnsOf(line) > widthColumns)) {
    return told.map((finding) => listed(report, finding, style, widthColumns)).join('\n');
  }
  const painted = lines.map((line, index) => paintedLine(line, told[index], style, widthColumns));
  return [style.dim(head), style.dim(rule), ...painted].join('\n');
}

function paintedLine(line: string, finding: JudgedFinding | undefined, style: Style, widthColumns: number): string {
  if (finding === undefined) return line;
  const painted = paintLabel(finding.label, style) + line.slice(finding.label.length);
  return [painted, ...titleOf(finding, style, widthColumns)].join('\n');
}

function listed({ here, there }: GateReport, finding: JudgedFinding, style: Style, widthColumns: number): string {
  const { label, rule, name } = finding;
  const first = paragraph(`${label}  ${rule}  ${name}`, widthColumns, '', '  ').replaceAll(/ +$/gmu, '').slice(label.length);
  const sights = [`${here.name}: ${saySight(finding.here)}`];
  if (there !== null && finding.there !== null) sights.push(`${there.name}: ${saySight(finding.there)}`);
  return [
    `${paintLabel(label, style)}${first}`,
    paragraph(sights.join('; '), widthColumns, '  '),
    ...titleOf(finding, style, widthColumns),
  ].join('\n');
}

function titleOf({ title }: JudgedFinding, style: Style, widthColumns: number): readonly string[] {
  return title === '' ? [] : [style.dim(paragraph(title, widthColumns, '  '))];
}

function legend(told: readonly JudgedFinding[], style: Style, widthColumns: number): readonly string[] {
  const labels = [...new Set(told.map(({ label }) => label))];
  return labels.map((label) => style.dim(paragraph(`${label}: ${labelMeanings[label]}`, widthColumns, '  ', '    ')));
}

const paints: Readonly<Record<Label, Exclude<keyof Style, 'bold' | 'dim'> | null>> = {
  new: 'bad',
  standing: 'bad',
  waived: 'unsure',
  undecided: 'unsure',
  hidden: 'unsure',
  fixed: 'good',
  known: null,
  absent: null,
};

function paintLabel(label: Label, style: Style): string {
  const paint = paints[label];
  return paint === null ? label : style[paint](label);
}
