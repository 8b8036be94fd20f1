/** The words at the right of the lanes: a list of moments, each with all its details, which is also what a screen reader reads. */
import { attributes, escapeHtml } from '../../html/escape.ts';
import type { Moment, Story } from '../../story/story.ts';
import { classOfProcess } from './lane-of.ts';
import { type Layout, type Row, sayTime } from './layout.ts';
import { round } from './messages.ts';

export function drawRows(story: Story, layout: Layout): string {
  const captions = layout.captions.map(
    ({ text, top, height }) => `<p class="caption" style="--y:${round(top)};--h:${height}">${escapeHtml(text)}</p>`,
  );
  const ends = endsByMoment(story);
  const rows = layout.rows.map((row) => drawRow(row, { story, layout, ends: ends.get(row.moment.index) ?? [] }));
  return `${captions.join('')}<ol class="moments" role="listbox" aria-label="Moments of the run, in order">${rows.join('')}</ol>`;
}

interface End {
  readonly message: number;
  /** The moment at the other end; null where there is none. */
  readonly other: number | null;
  readonly words: string;
}

interface RowContext {
  readonly story: Story;
  readonly layout: Layout;
  /** Of the messages that begin or end here. */
  readonly ends: readonly End[];
}

function drawRow(row: Row, { story, layout, ends }: RowContext): string {
  const { moment, heading, lines, time } = row;
  const { index } = moment;
  const classes = [
    'moment',
    `kind-${moment.kind}`,
    ...(heading === null ? [] : ['heading']),
    classOfProcess(moment.process, layout.processes),
  ];
  const values = {
    id: `m${index}`,
    class: classes.join(' '),
    role: 'option',
    'aria-selected': 'false',
    tabindex: index === 0 ? 0 : -1,
    'data-step': moment.step,
    'data-ends': ends.length === 0 ? undefined : ends.map(({ message, other }) => `${message}:${other ?? ''}`).join(' '),
    style: `--y:${round(row.top)};--h:${row.height};--m:${round(row.middle - row.top)}`,
  };
  return [
    `<li${attributes(values)}>`,
    time === null ? '' : `<span class="when">${time}<span class="unseen"> ms, </span></span>`,
    heading === null ? processName(moment, layout) : `<span class="number">${heading}</span>`,
    `<span class="title">${lines.map((line) => `<span class="line">${escapeHtml(line)}</span>`).join(' ')}</span>`,
    details(moment, story, ends),
    '</li>',
  ].join('');
}

function processName({ process }: Moment, layout: Layout): string {
  return `<span class="process ${classOfProcess(process, layout.processes)}">${escapeHtml(process)}</span>`;
}

function details(moment: Moment, story: Story, ends: readonly End[]): string {
  const about: (readonly [string, string])[] = [
    ['when', `${sayTime(moment.atMs)} ms, ${whenInScript(moment, story)}`],
    ['where', moment.process],
    ...moment.details,
  ];
  const entries = about.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  const links = ends.map(({ other, words }) =>
    other === null
      ? `<div><dt>message</dt><dd>${escapeHtml(words)}</dd></div>`
      : `<div><dt>message</dt><dd><a href="#m${other}" tabindex="-1">${escapeHtml(words)}</a></dd></div>`,
  );
  return `<dl class="details" hidden>${entries.join('')}${links.join('')}</dl>`;
}

/** The twins of a relation may have more steps than the script. */
function whenInScript({ step, kind }: Moment, { steps, moments }: Story): string {
  if (step < 0) return 'before the first step';
  if (step < steps.length) return `in step ${step + 1} of ${steps.length}`;
  return kind !== 'failed' && moments.some((moment) => moment.kind === 'step' && moment.step === step)
    ? `in step ${step + 1}`
    : 'after the last step';
}

function endsByMoment(story: Story): ReadonlyMap<number, readonly End[]> {
  const found = new Map<number, End[]>();
  const add = (moment: number | null, end: End): void => {
    if (moment !== null) found.set(moment, [...(found.get(moment) ?? []), end]);
  };
  const rowName = (moment: number | null): string => (moment === null ? '' : `row ${moment + 1}`);
  story.messages.forEach(({ word, sent, delivered, lost, to, client }, message) => {
    const receiver = to === 'server' ? 'the server' : client;
    const fate =
      delivered !== null
        ? `reaches ${receiver} in ${rowName(delivered)}`
        : lost !== null
          ? `is lost in ${rowName(lost)}`
          : 'is still under way at the end';
    add(sent, { message, other: delivered ?? lost, words: `${word} ${fate}` });
    add(delivered, {
      message,
      other: sent,
      words: sent === null ? `${word} was sent by nobody: it was injected` : `${word} was sent in ${rowName(sent)}`,
    });
    if (delivered === null && lost !== sent) add(lost, { message, other: sent, words: `${word}, sent in ${rowName(sent)}, is lost here` });
  });
  return found;
}
