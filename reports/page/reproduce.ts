/** The lower part of the page: the steps in words, the command that replays them, the facts, the script and the test. */
import { attributes, escapeHtml } from '../html/escape.ts';
import type { Page } from './page.ts';

export function drawReproduction(page: Page): string {
  return `<div class="reproduction"><div class="column">${steps(page)}</div><div class="column">${command(page)}${facts(page)}</div></div>${sources(page)}`;
}

function steps({ story }: Page): string {
  const items = story.steps.map((step, index) => {
    const failing = story.divergence?.step === index;
    const first = story.moments.find((moment) => moment.step === index);
    const words = escapeHtml(step);
    const linked = first === undefined ? words : `<a href="#m${first.index}">${words}</a>`;
    return `<li${failing ? ' class="failing"' : ''}>${linked}${failing ? '<b class="flag">it fails here</b>' : ''}</li>`;
  });
  const { divergence } = story;
  const afterwards = divergence !== null && divergence.step >= story.steps.length;
  const then = divergence?.property.startsWith('relations/')
    ? 'then the same again, with a difference that must not matter, and'
    : 'then the world heals, and';
  return [
    `<section class="card steps" aria-labelledby="steps-title"><h2 id="steps-title">The ${countOf(story.steps.length)}</h2>`,
    `<p class="setting">${escapeHtml(story.setting)}</p>`,
    `<ol>${items.join('')}</ol>`,
    afterwards ? `<p class="failing afterwards">${then} <b class="flag">it fails here</b></p>` : '',
    '</section>',
  ].join('');
}

function countOf(steps: number): string {
  return steps === 1 ? 'one step' : `${steps} steps`;
}

function command({ replayCommand }: Page): string {
  return [
    '<section class="card command" aria-labelledby="command-title"><h2 id="command-title">Run it here</h2>',
    `<div class="copied"><pre tabindex="0" aria-label="Command">${escapeHtml(replayCommand)}</pre>${copyButton('command')}</div>`,
    '<p class="hint">Append <code>--trace</code> for every event, <code>--until N</code> to stop after a step, <code>--inspect</code> to wait for a debugger.</p>',
    '</section>',
  ].join('');
}

function facts({ facts: known, story }: Page): string {
  const all = [
    ...known,
    ['moments', `${story.moments.length}, ${story.messages.length} messages`] as const,
    ...(story.divergence === null ? [] : [['found by', story.divergence.property] as const]),
  ];
  const entries = all.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('');
  return `<section class="card facts" aria-labelledby="facts-title"><h2 id="facts-title">This run</h2><dl>${entries}</dl></section>`;
}

function sources({ name, script, test, testFile }: Page): string {
  const testHint = `Save it as <code>${escapeHtml(testFile)}</code>; its imports count from there.`;
  return [
    '<section class="sources" aria-label="Sources">',
    folded('The script, as JSON', script, downloadLink(`${fileNameOf(name)}.json`, 'application/json', script), ''),
    folded('The same as a vitest test', test, downloadLink(testFile.split('/').at(-1) ?? testFile, 'text/plain', test), testHint),
    '</section>',
  ].join('');
}

function downloadLink(file: string, type: string, text: string): string {
  return `<a${attributes({ class: 'button', download: file, href: `data:${type};charset=utf-8,${encode(text)}` })}>Download</a>`;
}

function folded(title: string, text: string, download: string, hint: string): string {
  return [
    `<details class="card source"><summary>${title}</summary>`,
    `<div class="tools">${hint === '' ? '' : `<p class="hint">${hint}</p>`}${copyButton('text')}${download}</div>`,
    `<pre tabindex="0" aria-label="${title}">${escapeHtml(text)}</pre></details>`,
  ].join('');
}

/** Without a script it could do nothing: the browser part shows it. */
function copyButton(what: string): string {
  return `<button type="button" class="button copy" hidden aria-label="Copy the ${what}">Copy</button>`;
}

export function fileNameOf(name: string): string {
  return name.replaceAll(/[^\w.-]+/gu, '-').replaceAll(/^[-.]+|-+$/gu, '') || 'script';
}

/** Half a character, which no URL can hold, becomes the sign for that. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'));
}
