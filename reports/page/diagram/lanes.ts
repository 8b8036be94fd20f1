/** The picture at the left of the words: lanes, bands, groups, arrows and marks, as one SVG. */

import { attributes, escapeHtml } from '../../html/escape.ts';
import type { Story } from '../../story/story.ts';
import { classOfProcess } from './lane-of.ts';
import type { GroupTrack, Layout } from './layout.ts';
import { marks } from './marks.ts';
import { drawMessages, round } from './messages.ts';
import { lookOfStatus, statusPatterns } from './statuses.ts';

const bandWidth = 12;
/** Left of its lane, beside the band. */
const letterX = -15;
/** Beneath this much room on each side, text in a bar would touch its ends. */
const labelMargin = 5;
const letterWidth = 5.6;

export function drawLanes(story: Story, layout: Layout): string {
  const { lines, ends } = drawMessages(story, layout);
  const { lanesWidth: width, height } = layout;
  return [
    `<svg class="lanes" aria-hidden="true" focusable="false"${attributes({ style: `--w:${width};--h:${height}` })}>`,
    `<defs>${statusPatterns()}</defs>`,
    `<g class="stretched">${laneLines(layout)}</g>`,
    bands(story, layout),
    layout.groups.map((group) => groupBar(group, layout)).join(''),
    `<g class="stretched">${lines}</g>`,
    ends,
    markGroups(layout),
    '</svg>',
  ].join('');
}

function laneLines({ lanes, height, processes }: Layout): string {
  return lanes
    .map(({ process, x }) => `<line class="lane ${classOfProcess(process, processes)}" x1="${x}" y1="0" x2="${x}" y2="${height}"/>`)
    .join('');
}

function bands(story: Story, layout: Layout): string {
  const drawn = story.statusBands.map(({ client, status, from, to }) => {
    const lane = layout.lanes.find(({ process }) => process === client);
    if (lane === undefined) return { bar: '', letter: '' };
    const [top, bottom] = extentOf(layout, from, to);
    const { letter, className } = lookOfStatus(status);
    const middle = layout.rows[from]?.middle ?? top + 12;
    return {
      bar: bar(`band ${className}`, lane.x, top, bandWidth, bottom - top),
      letter: `<text class="placed letter" x="${letterX}" style="--x:${lane.x};--y:${round(middle + 3.5)}">${escapeHtml(letter)}</text>`,
    };
  });
  return [...drawn.map(({ bar }) => bar), ...drawn.map(({ letter }) => letter)].join('');
}

function groupBar({ item, track }: GroupTrack, layout: Layout): string {
  const x = layout.groupsX + track * layout.trackWidth;
  const [top, bottom] = extentOf(layout, item.from, item.to);
  const room = bottom - top - 4 - 2 * labelMargin;
  const labels = [`${item.group} · ${item.members.length === 0 ? 'nobody' : item.members.join(', ')}`, item.group];
  const label = labels.find((text) => [...text].length * letterWidth <= room);
  const text =
    label === undefined
      ? ''
      : `<text class="placed sideways group-label" style="--x:${x + (layout.trackWidth - 4) / 2};--y:${round(top + 2 + labelMargin)}">${escapeHtml(label)}</text>`;
  return bar('group', x, top, layout.trackWidth - 4, bottom - top - 2) + text;
}

/** From the upper edge of its first row to that of the row after its last. */
function extentOf(layout: Layout, from: number, to: number): readonly [top: number, bottom: number] {
  const edge = (moment: number): number => {
    const row = layout.rows[moment];
    return row === undefined ? layout.height : row.middle - 12;
  };
  return [edge(from), edge(to + 1)];
}

/** Its place and size are all in its style, since they follow the zoom. */
function bar(className: string, x: number, y: number, width: number, height: number): string {
  return `<rect${attributes({ class: className, rx: 4, style: `--x:${x};--y:${round(y)};--w:${width};--h:${round(height)}` })}/>`;
}

function markGroups(layout: Layout): string {
  return layout.rows
    .map(({ moment, middle }) => {
      const lane = layout.lanes.find(({ process }) => process === moment.process) ?? layout.lanes[0];
      const classes = `placed mark kind-${moment.kind} ${classOfProcess(moment.process, layout.processes)}`;
      return `<g class="${classes}" data-mark="${moment.index}" style="--x:${lane?.x ?? 0};--y:${round(middle)}">${marks[moment.kind].drawing}</g>`;
    })
    .join('');
}
