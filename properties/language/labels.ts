/** The labels of worlds (see `properties/worlds/world.ts`) as text that scripts write: how each is spelt, and which text is one. */

export const toServer = (client: string): string => `${client}→server`;
export const toClient = (client: string): string => `server→${client}`;
export const openingOf = (client: string): string => `${client} opening`;
export const refreshHandlerOf = (client: string): string => `${client} refresh handler`;
export const storeOf = (client: string): string => `${client} store`;
export const verifyOf = (client: string): string => `server verify of ${client}`;
export const keySetFetch = 'server key set fetch';
/** Ends a fetch of the key set that does not answer; as little to be held. */
export const keySetTimeout = 'server key set timeout timer';
export const append = 'server append';
/** The log is read again after a restart or a failed append. */
export const load = 'server load';
export const refreshTimerOf = (client: string): string => `${client} refresh timer`;
/** Ends a call of the handler that does not answer. No script holds it: nobody could tell by when the call is over. */
export const refreshTimeoutOf = (client: string): string => `${client} refresh timeout timer`;
export const reconnectTimerOf = (client: string): string => `${client} reconnect timer`;
export const heartbeatTimerOf = (client: string): string => `${client} heartbeat timer`;
export const closingTimerOf = (client: string): string => `${client} closing timer`;
export const expiryTimerOf = (client: string): string => `server expiry timer of ${client}`;
/** Ends the wait for a hello. No script holds it: the bound that is set is the one that is met. */
export const helloTimerOf = (client: string): string => `server hello timer of ${client}`;
export const serverHeartbeatTimerOf = (client: string): string => `server heartbeat timer of ${client}`;

const ofCompletionsAndTimers = [
  openingOf,
  refreshHandlerOf,
  storeOf,
  verifyOf,
  refreshTimerOf,
  reconnectTimerOf,
  heartbeatTimerOf,
  closingTimerOf,
  expiryTimerOf,
  serverHeartbeatTimerOf,
] as const;
const families = [toServer, toClient, ...ofCompletionsAndTimers];

/** The labels of openings, completions and timers that a script may hold, whether or not they wait already. Links are not among them. */
export function holdableLabels(clients: readonly string[]): ReadonlySet<string> {
  const ofClients = clients.flatMap((client) => ofCompletionsAndTimers.map((spell) => spell(client)));
  return new Set([...ofClients, keySetFetch, append, load]);
}

export const clientNamePattern = /^c[1-9][0-9]*$/;

/** The client that a label is about; undefined for the server's own labels and for text that is no label. */
export function clientOfLabel(label: string): string | undefined {
  const client = /c[1-9][0-9]*/.exec(label)?.[0];
  return client !== undefined && families.some((family) => family(client) === label) ? client : undefined;
}

export function isLabel(text: string): boolean {
  return text === append || text === load || text === keySetFetch || clientOfLabel(text) !== undefined;
}

/** The label with another client's name in the place of its own. */
export function relabel(label: string, rename: (client: string) => string): string {
  const client = clientOfLabel(label);
  return client === undefined ? label : label.replace(client, rename(client));
}
