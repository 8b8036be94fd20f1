/**
 * Where everything of the diagram stands, as in `git log --graph`: one row a moment, time flows down, lanes at the left,
 * words at the right. Since each row has its own height and each lane its own breadth, nothing can lie on anything else
 * that has words, at five moments or five hundred. All lengths are pixels at zoom 1; `x` counts from behind the times.
 */

import type { GroupBand, Moment, Story } from '../../story/story.ts';
import { columnsOf } from '../../terminal/columns.ts';
import { assignTracks, type Tracked } from './tracks.ts';
import { wrap } from './wrap.ts';

export interface Row {
  readonly moment: Moment;
  /** What is to be read, line by line; those of a step without its number. */
  readonly lines: readonly string[];
  /** The step that begins here, counted from 1. */
  readonly heading: number | null;
  /** Told where the time changes. */
  readonly time: string | null;
  readonly top: number;
  readonly height: number;
  /** The middle of the first line, where the marks stand. */
  readonly middle: number;
}

/** Words between the rows, which are no moment. */
export interface Caption {
  readonly text: string;
  readonly top: number;
  readonly height: number;
}

export interface Lane {
  readonly process: string;
  readonly x: number;
}

export type GroupTrack = Tracked<GroupBand & { readonly name: string }>;

export interface Layout {
  /** In the order of their lanes. */
  readonly processes: readonly string[];
  readonly rows: readonly Row[];
  readonly captions: readonly Caption[];
  readonly lanes: readonly Lane[];
  readonly groups: readonly GroupTrack[];
  /** Where the tracks of the groups begin, and how broad each is. */
  readonly groupsX: number;
  readonly trackWidth: number;
  /** Of the part between the times and the words. */
  readonly lanesWidth: number;
  readonly timeWidth: number;
  readonly height: number;
  /** Of the longest line, in columns. */
  readonly columns: number;
}

const rowHeight = 24;
const lineHeight = 18;
/** A step has space above it. */
const headingSpace = 12;
const captionHeight = 40;
/** Of the words “first divergence” in their frame. */
const labelColumns = 19;
/** As broad as the usual face, times this. */
const bolder = 1.12;
const mostColumns = { heading: 68, other: 76 } as const;
const worldWidth = 50;
const laneWidth = 60;

export function layOut(story: Story): Layout {
  const times = story.moments.map((moment) => sayTime(moment.atMs));
  const timeWidth = Math.max(44, 16 + 7 * Math.max(0, ...times.map((time) => time.length)));
  const processes = processesOf(story);
  const lanes = processes.map((process, index) => ({ process, x: worldWidth / 2 + index * laneWidth }));
  const groups = assignTracks(story.groupBands.map((band) => ({ ...band, name: band.group })));
  const tracks = Math.max(0, ...groups.map(({ track }) => track + 1));
  const trackWidth = tracks > 6 ? 14 : 20;
  const groupsX = (lanes.at(-1)?.x ?? 0) + 20;
  const { rows, captions, height } = rowsOf(story, times);
  return {
    processes,
    rows,
    captions,
    lanes,
    groups,
    groupsX,
    trackWidth,
    lanesWidth: groupsX + tracks * trackWidth + 16,
    timeWidth,
    height,
    columns: Math.max(0, ...rows.flatMap(columnsTaken)),
  };
}

/** Those of the story, and clients that only a relation brings in; the server stands last, beside its groups. */
function processesOf(story: Story): readonly string[] {
  const occurring = [...story.processes, ...story.moments.map(({ process }) => process)];
  const clients = new Set(occurring.filter((process) => process !== 'world' && process !== 'server'));
  return ['world', ...clients, 'server'];
}

function rowsOf(story: Story, times: readonly string[]): Pick<Layout, 'rows' | 'captions' | 'height'> {
  const rows: Row[] = [];
  const captions: Caption[] = [];
  let top = 0;
  story.moments.forEach((moment, index) => {
    const before = story.moments[index - 1];
    const begins = before === undefined || before.step !== moment.step;
    if (begins && heals(moment, before, story)) {
      captions.push({ text: 'After the last step: the world heals, and everything has to settle', top, height: captionHeight });
      top += captionHeight;
    }
    const heading = begins && isHeading(moment, story) ? moment.step + 1 : null;
    const space = heading === null ? 0 : headingSpace;
    const lines = heading === null ? wrap(moment.title, mostColumns.other) : wrap(withoutNumber(moment.title), mostColumns.heading);
    const height = space + rowHeight + (lines.length - 1) * lineHeight;
    const time = before === undefined || times[index - 1] !== times[index] ? (times[index] ?? null) : null;
    rows.push({ moment, lines, heading, time, top, height, middle: top + space + rowHeight / 2 });
    top += height;
  });
  return { rows, captions, height: top + rowHeight / 2 };
}

/** The divergence is set in a bolder face, and a label stands behind its last line. */
function columnsTaken({ moment, lines }: Row): readonly number[] {
  if (moment.kind !== 'failed') return lines.map(columnsOf);
  return lines.map((line, place) => Math.ceil(columnsOf(line) * bolder) + (place === lines.length - 1 ? labelColumns : 0));
}

/** Twins of a relation have more steps than the script: those are steps, not what comes after. */
function heals(moment: Moment, before: Moment | undefined, { steps }: Story): boolean {
  const comesAfter = steps.length > 0 && moment.step >= steps.length && (before?.step ?? -1) < steps.length;
  return comesAfter && moment.kind !== 'step' && moment.kind !== 'skip';
}

function isHeading({ step, process, kind }: Moment, story: Story): boolean {
  if (kind === 'step' || kind === 'skip') return step >= 0;
  return process === 'world' && step >= 0 && step < story.steps.length;
}

/** `step 3: …` would say the number twice. */
function withoutNumber(title: string): string {
  return title.replace(/^step \d+:?\s+/u, '');
}

/** `12,345`, without a unit, which stands at the head of the column. */
export function sayTime(atMs: number): string {
  return String(Math.round(atMs)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
}
