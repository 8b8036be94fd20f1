/**
 * The labels of everything that can be held, delivered or run. Scripts name things by these alone, so their spelling
 * lives in one place.
 */

/** Which way a link carries: `toServer` is `c1→server`, `toClient` is `server→c1`. */
export const directions = ['toServer', 'toClient'] as const;
export type Direction = (typeof directions)[number];

export function linkLabel(client: string, direction: Direction): string {
  return direction === 'toServer' ? `${client}→server` : `server→${client}`;
}

export function openingLabel(client: string): string {
  return `${client} opening`;
}

export function storeLabel(client: string): string {
  return `${client} store`;
}

export const appendLabel = 'server append';
/** The log is read again, after a restart or a failed append. */
export const loadLabel = 'server load';

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

const labelsOfClient = (client: string): readonly string[] => [
  openingLabel(client),
  `${client} refresh handler`,
  storeLabel(client),
  serverLabel(`verify of ${client}`),
  ...['refresh', 'reconnect', 'heartbeat', 'closing'].map((name) => clientTimerLabel(client, name)),
  serverLabel(`expiry timer of ${client}`),
  serverLabel(`heartbeat timer of ${client}`),
];

/** The labels of openings, completions and timers that a script may hold, whether or not they wait already. Links are not among them. */
export function holdableLabels(clients: readonly string[]): ReadonlySet<string> {
  return new Set([...clients.flatMap(labelsOfClient), serverLabel('key set fetch'), appendLabel, loadLabel]);
}

/** By UTF-16 code unit: the same on every machine. */
export function compareLabels(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
