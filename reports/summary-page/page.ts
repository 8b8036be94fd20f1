/**
 * One self-contained page on a simulation: the verdict, what failed and how to replay it, and what was explored, as a
 * table and as plots. It loads nothing, runs nothing, and is the same to the byte for the same simulation.
 */
import { type Family, familiesOf, rarestOf, sayNever, sayRarest, sayVisited, soughtFamilies, visitedOf } from '../explored/families.ts';
import { figuresOf, notesOf, sayVerdict, verdictWords } from '../explored/figures.ts';
import { knownRows } from '../explored/known.ts';
import { type Fact, factsOf, type ReportedFailure, type SimulationReport } from '../explored/report.ts';
import { escapeHtml, withCode } from '../html/escape.ts';
import { styleSheet } from '../html/style-sheet.ts';
import { sayNumber } from '../terminal/text.ts';
import { plotSections } from './plots.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'";

export function summaryPage(report: SimulationReport): string {
  const { simulation, verdict } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Lockstep: ${escapeHtml(`${verdictWords[verdict]}, ${sayVerdict(simulation, verdict)}`)}</title>
<style>${styleSheet('html/base.css')}${styleSheet('summary-page/summary.css')}</style>
</head>
<body>
<main>
<header class="${verdict}">
<h1><span class="verdict">${escapeHtml(verdictWords[verdict])}</span>${escapeHtml(sayVerdict(simulation, verdict))}</h1>
${figures(report)}
${notes(report)}
</header>
${failures(report)}
${known(report)}<section aria-labelledby="explored">
<h2 id="explored">What was explored</h2>
<p class="lead">A run that never comes near a rule says nothing about it. Here stands what the runs went through, of all that can be gone through, and what they left out.</p>
${table(report)}
${plotSections(report)}
</section>
${cells(report)}
<footer>The same seed and number of runs explore the same and give the same trace hash, on every machine; only times differ.</footer>
</main>
</body>
</html>
`;
}

function figures({ simulation, scriptSteps }: SimulationReport): string {
  const items = figuresOf(simulation, scriptSteps).map(([label, text]) => {
    const isHash = !text.includes(' ') && text.length > 40;
    const shown = isHash ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text);
    return `<div${isHash ? ' class="wide"' : ''}><dt>${escapeHtml(label)}</dt><dd>${shown}</dd></div>`;
  });
  return `<dl class="figures">${items.join('')}</dl>`;
}

function notes({ simulation }: SimulationReport): string {
  const told = notesOf(simulation);
  return told.length === 0 ? '' : `<ul class="notes">${told.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`;
}

function failures(report: SimulationReport): string {
  if (report.failures.length === 0) return '';
  return `<section aria-labelledby="failures"><h2 id="failures">What failed</h2>
<p class="lead">Each class of failure once, the shortest script first. The command replays it here and now.</p>
${report.failures.map(failureCard).join('\n')}</section>`;
}

function known({ simulation }: SimulationReport): string {
  const rows = knownRows(simulation).map(
    ({ rule, name, runs, title }) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(rule)}</td><td class="visited">${sayNumber(runs)}</td><td class="words">${escapeHtml(title)}</td></tr>`,
  );
  if (rows.length === 0) return '';
  return `<section aria-labelledby="known"><h2 id="known">Known deviations that showed</h2>
<p class="lead">They fail nothing: each was looked at, and has a file of its own. The first ended most runs.</p>
<div class="card scroll" tabindex="0" role="group" aria-label="Known deviations"><table>
<thead><tr><th scope="col">name</th><th scope="col">rule</th><th scope="col">runs</th><th scope="col">what it is</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div></section>
`;
}

function failureCard(reported: ReportedFailure, index: number): string {
  const { failure, steps } = reported;
  const listed = steps.map((step, at) => `<li${at === failure.step ? ' class="here"' : ''}>${escapeHtml(step)}</li>`).join('');
  return `<article class="card failure">
<h3>${escapeHtml(failure.rule)}: ${escapeHtml(failure.message)}</h3>
<p class="law">${withCode(reported.sentence)}</p>
<dl class="pairs">
${factsOf(reported).map(sayFact).join('\n')}
</dl>
<details${index === 0 ? ' open' : ''}><summary>${sayNumber(steps.length)} steps that show it</summary><p class="about">${escapeHtml(reported.setting)}</p><ol>${listed}</ol></details>
<code class="command" tabindex="0">${escapeHtml(reported.replayCommand)}</code>
</article>`;
}

function sayFact([name, text]: Fact): string {
  const words = escapeHtml(text);
  return `<dt>${name}</dt><dd>${name === 'shown' ? `<strong>${words}</strong>` : words}</dd>`;
}

function table({ simulation, expectedCoverage }: SimulationReport): string {
  const families = soughtFamilies(simulation.coverage, expectedCoverage);
  return `<div class="card scroll" style="margin-top:16px" tabindex="0" role="group" aria-label="Families of cells"><table>
<thead><tr><th scope="col">family</th><th scope="col">visited</th><th scope="col"><span class="unseen">share</span></th><th scope="col">never visited, or else the rarest</th></tr></thead>
<tbody>
${families.map(tableRow).join('\n')}
</tbody></table></div>`;
}

const namesTold = 6;

function tableRow(family: Family): string {
  const of = family.expected?.length ?? 0;
  // Rounded down, so that a full meter says that nothing is missing.
  const percent = of === 0 ? 100 : Math.floor((100 * visitedOf(family)) / of);
  const gaps = family.never.length > 0;
  const told = gaps
    ? `<span class="never-words">never</span> ${escapeHtml(sayNever(family, namesTold))}`
    : escapeHtml(sayRarest(family).join(', '));
  return `<tr title="${escapeHtml(family.about)}"><th scope="row">${escapeHtml(family.title)}</th><td class="visited">${escapeHtml(sayVisited(family))}</td><td class="share"><span class="meter${gaps ? ' gaps' : ''}"><i style="width:${percent}%"></i></span></td><td class="words">${told}</td></tr>`;
}

/** Every cell by name, for whoever looks for one. */
function cells({ simulation, expectedCoverage }: SimulationReport): string {
  const lists = familiesOf(simulation.coverage, expectedCoverage).map((family) => {
    const items = [
      ...family.never.map((name) => `<li class="never"><span>${escapeHtml(name)}</span><span>never</span></li>`),
      ...rarestOf(family.cells).map(({ name, count }) => `<li><span>${escapeHtml(name)}</span><span>${sayNumber(count)}</span></li>`),
    ];
    return `<details><summary>${escapeHtml(family.title)}, ${escapeHtml(sayVisited(family))}</summary><p class="lead">${escapeHtml(family.about)}</p><ul class="cells">${items.join('')}</ul></details>`;
  });
  return `<section aria-labelledby="cells"><h2 id="cells">Every cell</h2><p class="lead">By family, the rarest first.</p>${lists.join('')}</section>`;
}
