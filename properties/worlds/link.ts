/**
 * One direction of one connection: first in, first out. What ends it (a close, given up, cut) travels on it like a
 * frame, so that it can be held, and the two ends of a connection learn of its end at different times.
 */
import { type Direction, linkLabel } from './labels.ts';
import type { HeardClose } from './world.ts';

export interface FrameItem {
  readonly item: 'frame';
  readonly data: string;
  /** Counts the frames that entered this link, from 0. */
  readonly index: number;
  /** Of what the end itself handed over: 0 for a frame that nobody sent. */
  readonly sentBytes: number;
}
export interface CloseItem extends HeardClose {
  readonly item: 'close';
}
export type Item = FrameItem | CloseItem;

/** What a client hears when a connection ends without a close frame. */
export const abruptClose: CloseItem = { item: 'close', code: 1006, reason: '' };
/** What a client hears when something between the ends closed the connection in good order. */
export const cleanCutClose: CloseItem = { item: 'close', code: 1001, reason: '' };

export interface Link {
  readonly label: string;
  readonly direction: Direction;
  readonly items: Item[];
  held: boolean;
  /** Its far end has paused reading: nothing arrives until it reads on. */
  paused: boolean;
  /** Nothing enters any more: a close is on its way, or the link is lost, or nobody listens at its end. */
  sealed: boolean;
  framesEntered: number;
  /** Of frames that were handed over and vanished: they wait to be sent for ever. */
  lostBytes: number;
}

export function createLink(client: string, direction: Direction): Link {
  return {
    label: linkLabel(client, direction),
    direction,
    items: [],
    held: false,
    paused: false,
    sealed: false,
    framesEntered: 0,
    lostBytes: 0,
  };
}

/** The frame that entered, or undefined where the link is sealed and the data vanish. */
export function enterFrame(link: Link, data: string, isSent: boolean): FrameItem | undefined {
  const sentBytes = isSent ? Buffer.byteLength(data) : 0;
  if (link.sealed) {
    link.lostBytes += sentBytes;
    return undefined;
  }
  const frame: FrameItem = { item: 'frame', data, index: link.framesEntered, sentBytes };
  link.framesEntered += 1;
  link.items.push(frame);
  return frame;
}

/** The last thing that enters. False where the link was sealed already. */
export function enterClose(link: Link, close: CloseItem): boolean {
  if (link.sealed) return false;
  link.items.push(close);
  link.sealed = true;
  return true;
}

/**
 * What was handed over and has not been delivered: a frame counts as sent when its delivery has run, in every world, so that no buffer of
 * the machine has a say.
 */
export function unsentBytes({ items, lostBytes }: Link): number {
  return items.reduce((sum, item) => sum + (item.item === 'frame' ? item.sentBytes : 0), lostBytes);
}

/** Forgets what is in flight and lets nothing in. */
export function silence(link: Link): void {
  link.lostBytes = unsentBytes(link);
  link.items.length = 0;
  link.sealed = true;
}
