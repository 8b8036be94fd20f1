/** What a world makes of the labels by which scripts name things; how they are spelt stands in `properties/language/labels.ts`. */
import { toClient, toServer } from '../language/labels.ts';

/** Which way a link carries: `toServer` is `c1→server`, `toClient` is `server→c1`. */
export const directions = ['toServer', 'toClient'] as const;
export type Direction = (typeof directions)[number];

export function linkLabel(client: string, direction: Direction): string {
  return direction === 'toServer' ? toServer(client) : toClient(client);
}

/** The process that sets a timer or waits for a completion: the first word of its label. */
export function processOf(label: string): string {
  return label.slice(0, label.indexOf(' '));
}

/** A client names its timers `refresh`, `reconnect`, …: the label is `c1 refresh timer`. */
export function clientTimerLabel(client: string, name: string): string {
  return `${client} ${name} timer`;
}

/** The server says itself what its timers and completions are (`expiry timer of c1`); only the process is added. */
export function serverLabel(name: string): string {
  return `server ${name}`;
}

/** By UTF-16 code unit: the same on every machine. */
export function compareLabels(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
