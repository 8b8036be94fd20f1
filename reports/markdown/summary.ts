/** The summary of a simulation as Markdown, for the page that a build shows: verdict, figures, failures, and what was explored, folded. */
import { familiesOf, rarestOf, sayVisited } from '../explored/families.ts';
import { figuresOf, notesOf, sayVerdict, verdictWords } from '../explored/figures.ts';
import { type ReportedFailure, type SimulationReport, sayWhen } from '../explored/report.ts';
import { visible } from '../explored/visible.ts';
import { sayCount, sayNumber } from '../terminal/text.ts';

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
    folded('What was explored', exploredText(report)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function failureText(reported: ReportedFailure): string {
  const { failure, steps } = reported;
  const allowed = failure.allowed.length === 0 ? ['nothing'] : failure.allowed;
  const cause = reported.sameCauseAs === null ? '' : `; probably the same cause as ${reported.sameCauseAs}`;
  const listed = steps
    .slice(0, stepsTold)
    .map((step, index) => `${index === failure.step ? '›' : ' '} ${String(index + 1).padStart(String(steps.length).length)}  ${step}`);
  const more = steps.length > stepsTold ? [`  and ${sayNumber(steps.length - stepsTold)} more`] : [];
  return [
    `### ${plain(`${failure.rule}: ${failure.message}`)}`,
    `> ${withCode(reported.sentence)}`,
    fenced([
      ...allowed.map((possibility, index) => `${index === 0 ? 'allowed' : '     or'}  ${possibility}`),
      `shown    ${failure.shown}`,
      `when     ${sayWhen(failure, steps.length)}`,
      `class    ${failure.class}, found by ${failure.property}`,
      `seen in  ${reported.seenIn}${cause}`,
      '',
      reported.setting,
      ...listed,
      ...more,
    ]),
    'Replay it:',
    fenced([reported.replayCommand], 'sh'),
  ].join('\n\n');
}

function exploredText({ simulation, expectedCoverage }: SimulationReport): string {
  const rows = familiesOf(simulation.coverage, expectedCoverage)
    .filter(({ expected }) => expected !== null)
    .map((family) => {
      const more = family.never.length > namesTold ? `, and ${sayNumber(family.never.length - namesTold)} more` : '';
      const rarest = rarestOf(family.cells).slice(0, 3);
      return [
        family.title,
        sayVisited(family),
        family.never.slice(0, namesTold).join(', ') + more,
        rarest.map(({ name, count }) => `${name} ${sayNumber(count)}`).join(', '),
      ];
    });
  return tableText(['family', 'visited', 'never visited', 'rarest'], rows);
}

function folded(title: string, content: string): string {
  return `<details><summary>${plain(title)}</summary>\n\n${content}\n\n</details>`;
}

function tableText(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const sayRow = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [sayRow(titles), `| ${titles.map(() => '---').join(' | ')} |`, ...rows.map(sayRow)].join('\n');
}

/** Text as it is: nothing of it acts as Markdown or HTML, and it stays on its line. */
function plain(text: string): string {
  return visible(text.replaceAll(/\s+/gu, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]>|~#$]/gu, (character) => `\\${character}`);
}

/** Names of code stand between backticks in the specification, and stay so. */
function withCode(text: string): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll(/\s+/gu, ' ') : plain(part)))
    .join('');
}

/** The fence is longer than any run of backticks inside. */
function fenced(lines: readonly string[], language = 'text'): string {
  const content = visible(lines.join('\n'));
  const longest = Math.max(2, ...[...content.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}
