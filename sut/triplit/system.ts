/**
 * The published packages behind the port of every system. One is made for each run, since client and server meet at an
 * HTTP endpoint too, which is no connection of the world.
 */
import { readFileSync } from 'node:fs';
import type { System } from '../port/system.ts';
import type { PlainSchema } from '../schema/types.ts';
import { createPublishedClient } from './client.ts';
import { createExchanges, type HttpWorld } from './exchange.ts';
import { nonsense, strangerFrames } from './nonsense.ts';
import { type Bundle, compileBundle } from './process.ts';
import { createPublishedServer } from './server.ts';
import { type BundleName, bundlePath } from './sets.ts';
import { publishedWire } from './words.ts';

export interface PublishedSystemOptions {
  /** The folder of this repository. */
  readonly root: string;
  /** The set of packages. */
  readonly set: string;
  readonly http: HttpWorld;
  /** Whose environment `createClient` is given, in the order of the calls. */
  readonly clientNames: () => string;
  /** The monotonic clock of the world. */
  readonly monotonicNow: () => number;
  /** Stands in where the run has no schema. */
  readonly schema: PlainSchema;
  /** A client holds another write of its own. */
  readonly onStored: (client: string) => void;
  /** A client's database has cleared itself. */
  readonly onCleared: (client: string) => void;
  /** The server has another schema. */
  readonly onOverridden: () => void;
}

export function createPublishedSystem({
  root,
  set,
  http,
  clientNames,
  monotonicNow,
  schema,
  onStored,
  onCleared,
  onOverridden,
}: PublishedSystemOptions): System {
  const clientBundle = bundleOf(root, set, 'client');
  const serverBundle = bundleOf(root, set, 'server');
  const exchanges = createExchanges(http);
  let servers = 0;
  return {
    name: `published ${set}`,
    createServer: (environment, settings) => {
      servers += 1;
      return createPublishedServer(environment, settings, {
        bundle: serverBundle,
        seed: `server ${servers}`,
        monotonicNow,
        schema,
        serve: exchanges.serve,
        onOverridden,
      });
    },
    createClient: (environment, settings) => {
      const name = clientNames();
      return createPublishedClient(environment, settings, {
        bundle: clientBundle,
        clientId: name,
        fetch: exchanges.fetchOf(name),
        monotonicNow,
        schema,
        onStored: () => onStored(name),
        onCleared: () => onCleared(name),
      });
    },
    ...publishedWire,
    nonsense,
    strangerFrames,
    impostorFrames: () => [],
  };
}

const bundles = new Map<string, Bundle>();

/** Compiled once in a thread. */
function bundleOf(root: string, set: string, name: BundleName): Bundle {
  const path = bundlePath(root, set, name);
  const known = bundles.get(path) ?? compileBundle(readFileSync(path, 'utf8'), path);
  bundles.set(path, known);
  return known;
}
