/** The space–time diagram: heads of the lanes, lanes, words, and what the signs mean. */
import { escapeHtml } from '../../html/escape.ts';
import type { MomentKind, Story } from '../../story/story.ts';
import { classOfProcess } from './lane-of.ts';
import { drawLanes } from './lanes.ts';
import { type Layout, layOut } from './layout.ts';
import { endings, marks } from './marks.ts';
import { drawRows } from './rows.ts';
import { lookOfStatus } from './statuses.ts';

/** Of the widest column of text in the face that the words are set in. */
const columnWidth = 7.6;

export function drawDiagram(story: Story): string {
  const layout = layOut(story);
  const wordsWidth = Math.round(layout.columns * columnWidth) + 84;
  const sizes = `--breadth:${layout.lanesWidth};--words:${wordsWidth}px;--time:${layout.timeWidth}px;--height:${layout.height}`;
  return [
    `<div class="frame" style="${sizes}">`,
    heads(layout),
    '<div class="canvas">',
    drawLanes(story, layout),
    drawRows(story, layout),
    '</div></div>',
  ].join('');
}

function heads({ lanes, processes }: Layout): string {
  const names = lanes.map(
    ({ process, x }) => `<span class="head ${classOfProcess(process, processes)}" style="--x:${x}">${escapeHtml(process)}</span>`,
  );
  return `<div class="heads" aria-hidden="true"><span class="head unit">ms</span>${names.join('')}</div>`;
}

/** Only what occurs is explained. */
export function drawLegend(story: Story): string {
  const kinds = Object.keys(marks).filter((kind): kind is MomentKind => story.moments.some((moment) => moment.kind === kind));
  const statuses = [...new Set(story.statusBands.map(({ status }) => status))];
  const icon = (drawing: string, className = 'mark'): string =>
    `<svg class="icon" aria-hidden="true" width="20" height="18" viewBox="-10 -9 20 18"><g class="${className}">${drawing}</g></svg>`;
  const items = [
    ...kinds.map((kind) => `${icon(marks[kind].drawing, `mark kind-${kind}`)}${marks[kind].words}`),
    ...(story.messages.some(({ delivered, lost }) => delivered === null && lost !== null)
      ? [`${icon(endings.lost, 'message lost')}message lost`]
      : []),
    ...(story.messages.some(({ sent }) => sent === null) ? [`${icon(endings.injected, 'message injected')}message that nobody sent`] : []),
    ...statuses.map((status) => {
      const { letter, className } = lookOfStatus(status);
      return `${icon(`<rect class="band ${className}" rx="4" style="--x:-3;--y:-6;--w:18;--h:12"/>`, 'sample')}<b>${escapeHtml(letter)}</b> ${escapeHtml(status)}`;
    }),
    ...(story.groupBands.length > 0
      ? [`${icon('<rect class="group" rx="4" style="--x:-6;--y:-8;--w:12;--h:16"/>', 'sample')}subscriptions that share a group`]
      : []),
  ];
  return `<ul class="legend">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}
