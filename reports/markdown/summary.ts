/** The summary of a simulation as Markdown, for the page that a build shows: verdict, figures, failures, and what was explored, folded. */
import { sayNever, sayRarest, sayVisited, soughtFamilies } from '../explored/families.ts';
import { figuresOf, notesOf, sayVerdict, verdictWords } from '../explored/figures.ts';
import { knownRows } from '../explored/known.ts';
import { factLines, type ReportedFailure, type SimulationReport, stepLines } from '../explored/report.ts';
import { sayCount, sayNumber } from '../terminal/text.ts';
import { fenced, folded, plain, tableText, withCode } from './text.ts';

/** A build's page holds a megabyte in all; a bug that shows in a hundred shapes must not fill it. */
const failuresTold = 10;
const stepsTold = 60;
const namesTold = 5;

export function summaryMarkdown(report: SimulationReport): string {
  const { simulation, verdict } = report;
  const notes = notesOf(simulation).map((note) => `- ${plain(note)}`);
  const untold = report.failures.length - failuresTold;
  const parts = [
    `## Lockstep: ${verdictWords[verdict]}`,
    plain(sayVerdict(simulation, verdict)),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
    ...report.failures.slice(0, failuresTold).map(failureText),
    ...(untold > 0 ? [`And ${sayCount(untold, 'more class', 'more classes')} of failure.`] : []),
    tableText(['figure', 'value'], figuresOf(simulation, report.scriptSteps)),
    ...knownText(report),
    folded('What was explored', exploredText(report)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function knownText({ simulation }: SimulationReport): readonly string[] {
  const rows = knownRows(simulation).map(({ rule, name, runs, title }) => [rule, name, sayNumber(runs), title]);
  return rows.length === 0
    ? []
    : [folded('Known deviations that showed', tableText(['rule', 'known deviation', 'runs', 'what it is'], rows))];
}

function failureText(reported: ReportedFailure): string {
  const { failure, steps } = reported;
  const more = steps.length > stepsTold ? [`  and ${sayNumber(steps.length - stepsTold)} more`] : [];
  return [
    `### ${plain(`${failure.rule}: ${failure.message}`)}`,
    `> ${withCode(reported.sentence)}`,
    fenced([...factLines(reported), '', reported.setting, ...stepLines(reported).slice(0, stepsTold), ...more]),
    'Replay it:',
    fenced([reported.replayCommand], 'sh'),
  ].join('\n\n');
}

function exploredText({ simulation, expectedCoverage }: SimulationReport): string {
  const rows = soughtFamilies(simulation.coverage, expectedCoverage).map((family) => [
    family.title,
    sayVisited(family),
    sayNever(family, namesTold),
    sayRarest(family).join(', '),
  ]);
  return tableText(['family', 'visited', 'never visited', 'rarest'], rows);
}
