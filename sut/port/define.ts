/**
 * Makes a system of its parts. Only what a client and server with sessions need has to be there; the rest belongs to
 * capabilities that a system may lack, and is never called then.
 */
import { type ClientEnvironment, type ClientSettings, lackingClient, lacks, type SystemClient } from './client.ts';
import type { ServerEnvironment, ServerSettings, SystemServer } from './server.ts';
import type { System } from './system.ts';
import type { Describer, WireWord } from './wire.ts';

type ServerMust = 'start' | 'close';

/** A plain object: what a class keeps on its prototype would be missed. */
export type ClientParts = Omit<SystemClient, keyof typeof lackingClient> & Partial<SystemClient>;
export type ServerParts = Pick<SystemServer, ServerMust> & Partial<SystemServer>;
export interface SystemParts
  extends Pick<System, 'name' | 'describeClose'>,
    Partial<Pick<System, 'nonsense' | 'strangerFrames' | 'impostorFrames'>> {
  createClient(environment: ClientEnvironment, settings: ClientSettings): ClientParts;
  createServer(environment: ServerEnvironment, settings: ServerSettings): ServerParts;
  /** Tells a frame in words, where that takes nothing but the frame itself; otherwise `describeConnection` does. */
  describe?(from: 'client' | 'server', data: string): WireWord;
  describeConnection?(): Describer;
  /** It tells the observer itself when its log is read; a server without a log has nothing to read. */
  readonly readsLog?: boolean;
}

/** Nothing is left out by mistake: what a capability that the system claims needs must be there when it is called. */
export function defineSystem(parts: SystemParts): System {
  return {
    name: parts.name,
    createClient: (environment, settings) => wholeClient(parts.createClient(environment, settings)),
    createServer: (environment, settings) => {
      const server = wholeServer(parts.createServer(environment, settings));
      return parts.readsLog === true ? server : { ...server, start: (port) => startedEmpty(server, environment, port) };
    },
    describeConnection: () => parts.describeConnection?.() ?? describerOf(parts),
    describeClose: (reason) => parts.describeClose(reason),
    nonsense: (kind, subscription) => parts.nonsense?.(kind, subscription) ?? null,
    strangerFrames: (says) => parts.strangerFrames?.(says) ?? [],
    impostorFrames: (token, clientId, sequence) => parts.impostorFrames?.(token, clientId, sequence) ?? [],
  };
}

function describerOf(parts: SystemParts): Describer {
  const said = (from: 'client' | 'server', data: string): WireWord => parts.describe?.(from, data) ?? lacks('describe');
  return { fromClient: (data) => said('client', data), fromServer: (data) => said('server', data) };
}

function wholeClient(client: ClientParts): SystemClient {
  const given = Object.getPrototypeOf(client);
  if (given !== Object.prototype && given !== null) throw new TypeError('a client must be a plain object of functions, not of a class');
  return { ...lackingClient, ...client };
}

function wholeServer(server: ServerParts): SystemServer {
  return {
    start: (port) => server.start(port),
    close: () => server.close(),
    overrideSchema: (schema) => server.overrideSchema?.(schema) ?? lacks('overrideSchema'),
    inspect: () => server.inspect?.() ?? null,
  };
}

function startedEmpty(server: SystemServer, { observer }: ServerEnvironment, port: number): Promise<{ readonly port: number }> {
  observer.onRecovered(0);
  return server.start(port);
}
