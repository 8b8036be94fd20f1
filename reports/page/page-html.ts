/**
 * The page about one run: one self-contained HTML text, byte for byte the same for the same run. It is whole without a
 * script; the script only adds to it. Nothing in it may reach the network, and its policy says so to the browser.
 */
import { escapeHtml } from '../html/escape.ts';
import { styleSheet } from '../html/style-sheet.ts';
import { drawDiagram, drawLegend } from './diagram/diagram.ts';
import type { Page } from './page.ts';
import { drawReproduction } from './reproduce.ts';
import { drawVerdict } from './verdict.ts';

const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "script-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** `browserScript`: the compiled code of `reports/page/browser/`; empty for none. */
export function pageHtml(page: Page, browserScript: string): string {
  const { story } = page;
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n',
    `<title>${escapeHtml(titleOf(page))}</title>\n<link rel="icon" href="data:,">\n`,
    `<style>${['html/base.css', 'page/style/page.css', 'page/style/diagram.css'].map(styleSheet).join('')}</style>\n`,
    `<noscript><style>${withoutScript}</style></noscript>\n</head>\n<body>\n`,
    bar(page),
    '<main>',
    drawVerdict(page),
    '<section class="happened" aria-labelledby="happened"><div class="title-row"><h2 id="happened">What happened</h2>',
    tools(story.divergence !== null),
    '</div>',
    '<div class="stage">',
    `<div class="diagram" role="group" aria-label="Space–time diagram: ${story.moments.length} moments">${drawDiagram(story)}</div>`,
    '<aside class="panel" aria-label="Details of the moment" hidden></aside>',
    '</div>',
    drawLegend(story),
    '</section>',
    drawReproduction(page),
    '</main>\n',
    browserScript === '' ? '' : `<script>${browserScript.replaceAll(/<\/(?=script)/giu, '<\\/')}</script>\n`,
    '</body>\n</html>\n',
  ].join('');
}

function titleOf({ name, story, verdict }: Page): string {
  if (story.divergence !== null) return `${story.divergence.rule}: ${story.divergence.message} · Lockstep`;
  return `${name}: ${verdict.verdict === 'held' ? 'held' : 'could not decide'} · Lockstep`;
}

function bar({ name }: Page): string {
  return [
    '<div class="bar"><span class="brand"><svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">',
    '<path d="M4 1V17M14 1V17" /><path d="M4 4 14 8M14 10 4 14" /></svg>Lockstep</span>',
    `<span class="name">${escapeHtml(name)}</span>`,
    '<span class="controls" hidden><button type="button" class="button" data-action="theme">Theme: auto</button>',
    '<button type="button" class="button" data-action="help" aria-haspopup="dialog">Keys <kbd>?</kbd></button></span></div>',
  ].join('');
}

function tools(diverged: boolean): string {
  const button = (action: string, words: string, label: string): string =>
    `<button type="button" class="button" data-action="${action}" title="${label}" aria-label="${label}">${words}</button>`;
  return [
    '<div class="controls" hidden>',
    '<label class="filter"><span class="unseen">Filter the moments by text</span><input type="search" placeholder="Filter /" autocomplete="off" spellcheck="false"><output></output></label>',
    diverged ? button('divergence', 'Divergence', 'To the divergence (d)') : '',
    '<span class="group-of">',
    button('out', '−', 'Smaller (−)'),
    button('fit', 'Fit', 'All at once (f)'),
    button('in', '+', 'Larger (+)'),
    '</span></div>',
  ].join('');
}

const withoutScript = `
.moment:hover > .details, .moment:target > .details { display: block !important; }
`;
