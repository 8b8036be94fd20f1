/** The slanted arrows: from the row of sending to the row of delivery; how those look that were lost, injected, or still under way. */
import type { Message, Story } from '../../story/story.ts';
import { classOfProcess } from './lane-of.ts';
import type { Layout } from './layout.ts';
import { endings } from './marks.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Arrow {
  readonly from: Point;
  readonly to: Point;
  readonly kind: 'delivered' | 'lost' | 'injected' | 'underway';
}

/** Lines stretch with the zoom; what stands at their ends keeps its form. */
export function drawMessages(story: Story, layout: Layout): { readonly lines: string; readonly ends: string } {
  const drawn = story.messages.flatMap((message, index) => {
    const arrow = arrowOf(message, layout);
    if (arrow === null) return [];
    const classes = `message ${arrow.kind} ${classOfProcess(message.client, layout.processes)}`;
    return [{ line: lineOf(arrow, classes, index), ends: endsOf(arrow, classes, index) }];
  });
  return { lines: drawn.map(({ line }) => line).join(''), ends: drawn.map(({ ends }) => ends).join('') };
}

function arrowOf(message: Message, layout: Layout): Arrow | null {
  const clientX = xOf(layout, message.client);
  const serverX = xOf(layout, 'server');
  const [fromX, toX] = message.to === 'server' ? [clientX, serverX] : [serverX, clientX];
  const part = (share: number): number => fromX + (toX - fromX) * share;
  const sent = middleOf(layout, message.sent);
  const delivered = middleOf(layout, message.delivered);
  if (delivered !== null) {
    if (sent !== null) return { kind: 'delivered', from: { x: fromX, y: sent }, to: { x: toX, y: delivered } };
    return { kind: 'injected', from: { x: part(0.45), y: delivered - 15 }, to: { x: toX, y: delivered } };
  }
  if (sent === null) return null;
  const lost = middleOf(layout, message.lost);
  if (lost === null) return { kind: 'underway', from: { x: fromX, y: sent }, to: { x: part(0.7), y: Math.min(sent + 40, layout.height) } };
  return { kind: 'lost', from: { x: fromX, y: sent }, to: { x: part(0.6), y: Math.max(lost, sent + 14) } };
}

function lineOf({ from, to }: Arrow, classes: string, index: number): string {
  return `<line class="${classes}" data-message="${index}" x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}"/>`;
}

function endsOf({ from, to, kind }: Arrow, classes: string, index: number): string {
  const head = at(to, `--dx:${round(to.x - from.x)};--dy:${round(to.y - from.y)}`, `${classes} turned`, index, endings.head);
  switch (kind) {
    case 'delivered':
      return head;
    case 'injected':
      return at(from, '', classes, index, endings.injected) + head;
    case 'lost':
      return at(to, '', classes, index, endings.lost);
    case 'underway':
      return '';
  }
}

function at({ x, y }: Point, more: string, classes: string, index: number, drawing: string): string {
  const style = `--x:${round(x)};--y:${round(y)}${more === '' ? '' : `;${more}`}`;
  return `<g class="placed ${classes}" data-message="${index}" style="${style}">${drawing}</g>`;
}

function xOf(layout: Layout, process: string): number {
  return layout.lanes.find((lane) => lane.process === process)?.x ?? layout.lanes[0]?.x ?? 0;
}

function middleOf(layout: Layout, moment: number | null): number | null {
  return moment === null ? null : (layout.rows[moment]?.middle ?? null);
}

export function round(length: number): number {
  return Math.round(length * 10) / 10;
}
