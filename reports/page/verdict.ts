/** The top of the page: which rule, what happened in one sentence, what was allowed beside what was shown, and how it came. */
import { sayWhen } from '../explored/report.ts';
import { escapeHtml, withCode } from '../html/escape.ts';
import type { DifferencePart, Divergence, Story } from '../story/story.ts';
import type { Page } from './page.ts';

export function drawVerdict(page: Page): string {
  const { divergence } = page.story;
  if (divergence !== null) return failed(page, divergence);
  const held = page.verdict.verdict !== 'undecided';
  const words = held ? 'The system did what the model allows, from the first moment to the last' : 'This run could not be decided';
  return [
    '<header class="verdict">',
    `<p class="badge ${held ? 'held' : 'undecided'}">${held ? 'Held' : 'Could not decide'}</p>`,
    `<h1>${words}</h1>`,
    page.verdict.verdict === 'undecided' ? `<p class="law">${escapeHtml(page.verdict.why)}</p>` : '',
    '</header>',
  ].join('');
}

function failed({ story }: Page, divergence: Divergence): string {
  const { rule, ruleSentence, message } = divergence;
  return [
    '<header class="verdict">',
    `<p class="badge failed">Failed</p><p class="class">${escapeHtml(divergence.class)}</p>`,
    `<h1>${escapeHtml(sentenceOf(message))}</h1>`,
    `<p class="law"><b class="rule">${escapeHtml(rule)}</b> ${withCode(ruleSentence)}</p>`,
    '</header>',
    '<div class="explained">',
    comparison(divergence, story),
    chain(divergence),
    '</div>',
  ].join('');
}

function comparison(divergence: Divergence, story: Story): string {
  const { difference, allowed, shown } = divergence;
  const compared = difference.length > 0;
  const nearest = compared ? marked(difference, 'allowed') : sayWhole(allowed[0] ?? 'nothing');
  const seen = compared ? marked(difference, 'shown') : sayWhole(shown);
  const others = compared ? allowed.filter((possibility) => possibility !== textOf(difference, 'allowed')) : allowed.slice(1);
  const orElse = others.map((possibility) => `<li>${escapeHtml(possibility)}</li>`).join('');
  return [
    '<section class="comparison" aria-labelledby="compared"><h2 id="compared">What was allowed, what was shown</h2>',
    '<div class="sides">',
    `<figure class="side allowed"><figcaption>Allowed <span class="sign" aria-hidden="true">−</span></figcaption><p class="said">${nearest}</p>`,
    orElse === '' ? '' : `<p class="or">or</p><ul class="others">${orElse}</ul>`,
    '</figure>',
    `<figure class="side shown"><figcaption>Shown <span class="sign" aria-hidden="true">+</span></figcaption><p class="said">${seen}</p></figure>`,
    '</div>',
    `<p class="where"><a href="#m${divergence.moment}">${whereOf(divergence, story)}</a></p>`,
    '</section>',
  ].join('');
}

/** Marked by colour, by underline or stroke, and by a sign, so that none of them is needed. */
function marked(difference: readonly DifferencePart[], side: 'allowed' | 'shown'): string {
  return difference
    .filter((part) => part.in === 'both' || part.in === side)
    .map((part) => {
      if (part.in === 'both') return escapeHtml(part.text);
      const [before, middle, after] = splitSpaces(part.text);
      if (middle === '') return before;
      return side === 'allowed' ? `${before}<del>${escapeHtml(middle)}</del>${after}` : `${before}<ins>${escapeHtml(middle)}</ins>${after}`;
    })
    .join('');
}

/** Nothing at all would look like a mistake of the page. */
function sayWhole(text: string): string {
  return text.trim() === '' ? '<i>empty</i>' : escapeHtml(text);
}

function splitSpaces(text: string): readonly [string, string, string] {
  const middle = text.trim();
  const start = middle === '' ? text.length : text.indexOf(middle);
  return [text.slice(0, start), middle, text.slice(start + middle.length)];
}

function textOf(difference: readonly DifferencePart[], side: 'allowed' | 'shown'): string {
  return difference.flatMap((part) => (part.in === 'both' || part.in === side ? [part.text] : [])).join('');
}

function whereOf(divergence: Divergence, { moments, steps }: Story): string {
  const when = divergence.property.startsWith('relations/') ? 'where both runs are compared' : sayWhen(divergence, steps.length);
  return `${when}, row ${divergence.moment + 1} of ${moments.length}`;
}

function chain({ chain: links }: Divergence): string {
  if (links.length === 0) return '';
  const items = links.map(({ moment, sentence }) => `<li><a href="#m${moment}">${escapeHtml(sentence)}</a></li>`).join('');
  return `<section class="chain" aria-labelledby="chained"><h2 id="chained">How it came</h2><ol>${items}</ol></section>`;
}

/** Names such as `q1` and `onResults` stay as they are. */
function sentenceOf(message: string): string {
  const first = message.split(/\s/u)[0] ?? '';
  return /^[a-z]+$/u.test(first) ? message.slice(0, 1).toUpperCase() + message.slice(1) : message;
}
