/** One process of the server, listened to: what its storage keeps or fails to keep, what it fetches (S11), and in which phase it is by its own words (W2). */
import type { Action, KeptEntry, State } from '../../model/index.ts';
import type { ServerSettings, System, SystemServer } from '../../sut/port/system.ts';
import type { LogEntry } from '../../sut/server/storage.ts';
import { StorageFullError, StorageRefusedError } from '../../sut/storage/errors.ts';
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
  /** What storage was asked to take and has not taken yet, in order. */
  readonly underWay: () => readonly KeptEntry[];
  isAlive: boolean;
  phase: State['server']['phase'];
}

export function createServerHost({ system, world, judge, mint, nextFetch, settings }: ServerHostOptions): ServerHost {
  const isAlive = (): boolean => created.isAlive;
  const environment = world.serverEnvironment();
  let underWay: readonly KeptEntry[] = [];
  const append: typeof environment.storage.append = async (batch) => {
    const [incarnation] = batch.filter((entry) => entry.kind === 'incarnation');
    if (incarnation !== undefined) {
      await environment.storage.append(batch);
      if (isAlive()) judge.tell({ kind: 'incarnationKept', id: incarnation.id, version: incarnation.version });
      return;
    }
    const entries = batch.flatMap(keptEntryOf);
    underWay = entries;
    if (isAlive()) judge.tell({ kind: 'batchSealed', entries });
    try {
      await environment.storage.append(batch);
      if (isAlive()) judge.tell({ kind: 'appendDurable' });
    } catch (problem) {
      const told = endOf(problem, entries);
      if (told.kind === 'appendFailed') created.phase = 'recovering';
      if (isAlive()) judge.tell(told);
      throw problem;
    } finally {
      underWay = [];
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
  const compact: typeof environment.storage.compact = async (compaction) => {
    if (isAlive()) judge.tell({ kind: 'compactionBegan', version: compaction.version });
    try {
      await environment.storage.compact(compaction);
      if (isAlive()) judge.tell({ kind: 'compacted' });
    } catch (problem) {
      if (isAlive()) judge.tell({ kind: 'compactionFailed' });
      throw problem;
    }
  };
  const storage = { load: environment.storage.load, append, compact };
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

/** What came of a batch that was not kept whole. */
function endOf(
  problem: unknown,
  entries: readonly KeptEntry[],
): Action & { readonly kind: 'batchRefused' | 'batchUnplaced' | 'appendFailed' } {
  if (problem instanceof StorageRefusedError) return { kind: 'batchRefused', index: problem.index };
  if (problem instanceof StorageFullError) return { kind: 'batchUnplaced' };
  return { kind: 'appendFailed', kept: problem instanceof StorageFailure ? entries.slice(0, problem.kept) : [] };
}

function keptEntryOf(entry: LogEntry): readonly KeptEntry[] {
  switch (entry.kind) {
    case 'incarnation':
      return [];
    case 'rejection':
      return [{ kind: 'rejection', error: entry.error.name }];
    case 'write':
    case 'schema':
      return [{ kind: entry.kind }];
  }
}
