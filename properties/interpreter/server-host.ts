/** One process of the server, listened to: what its storage keeps or fails to keep, what it fetches (S11), and in which phase it is by its own words (W2). */
import type { KeptEntry, State } from '../../model/index.ts';
import type { ServerSettings, System, SystemServer } from '../../sut/port/system.ts';
import { createObserver } from '../driving/processes.ts';
import { keySetFetch } from '../language/labels.ts';
import { serverLabel } from '../worlds/labels.ts';
import type { Mint } from '../worlds/tokens.ts';
import { StorageFailure, type World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';

export type KeySetOfRun = Pick<Mint, 'keySource' | 'keysIn'>;

export interface ServerHostOptions {
  readonly system: System;
  readonly world: World;
  readonly judge: Judge;
  readonly mint: KeySetOfRun;
  /** The number of the next fetch of the key set, over the whole run. */
  readonly nextFetch: () => number;
  readonly settings: ServerSettings;
}

export interface ServerHost {
  readonly server: SystemServer;
  readonly underWay: () => KeptEntry | null;
  isAlive: boolean;
  phase: State['server']['phase'];
}

export function createServerHost({ system, world, judge, mint, nextFetch, settings }: ServerHostOptions): ServerHost {
  const isAlive = (): boolean => created.isAlive;
  const environment = world.serverEnvironment();
  let underWay: KeptEntry | null = null;
  const append: typeof environment.storage.append = async (entry) => {
    if (entry.kind === 'incarnation') {
      await environment.storage.append(entry);
      if (isAlive()) judge.tell({ kind: 'incarnationKept', id: entry.id, version: entry.version });
      return;
    }
    const kept: KeptEntry = entry.kind === 'rejection' ? { kind: 'rejection', error: entry.error.name } : { kind: entry.kind };
    underWay = kept;
    try {
      await environment.storage.append(entry);
      if (isAlive()) judge.tell({ kind: 'appendDurable' });
    } catch (problem) {
      const isKept = problem instanceof StorageFailure && problem.kept;
      created.phase = 'recovering';
      if (isAlive()) judge.tell({ kind: 'appendFailed', kept: isKept ? kept : null });
      throw problem;
    } finally {
      underWay = null;
    }
  };
  const fetchKeys: typeof environment.complete = async (name, work) => {
    const fetch = nextFetch();
    const tellEnd = (keys: readonly string[] | null): void => {
      if (isAlive()) judge.tell({ kind: 'keyFetchEnded', fetch, keys });
    };
    if (isAlive()) judge.tell({ kind: 'keyFetchBegan', fetch });
    try {
      const fetched = await environment.complete(name, work);
      tellEnd(mint.keysIn(fetched));
      return fetched;
    } catch (problem) {
      tellEnd(null);
      throw problem;
    }
  };
  const complete: typeof environment.complete = (name, work) =>
    (serverLabel(name) === keySetFetch ? fetchKeys : environment.complete)(name, work);
  const storage = { load: environment.storage.load, append };
  const told = createObserver(judge, isAlive);
  const observer: typeof told = {
    ...told,
    onRecovered: (version) => {
      created.phase = 'running';
      told.onRecovered(version);
    },
  };
  const created: ServerHost = {
    server: system.createServer({ ...environment, complete, storage, keys: mint.keySource(), observer }, settings),
    underWay: () => underWay,
    isAlive: true,
    phase: 'stopped',
  };
  return created;
}
