/** One process of the server, listened to: what its storage keeps or fails to keep, and in which phase it is by its own words (W2). */
import type { KeptEntry, State } from '../../model/index.ts';
import type { ServerSettings, System, SystemServer } from '../../sut/port/system.ts';
import type { KeySource } from '../../sut/server/tokens.ts';
import { createObserver } from '../driving/processes.ts';
import { StorageFailure, type World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';

export interface ServerHostOptions {
  readonly system: System;
  readonly world: World;
  readonly judge: Judge;
  readonly keys: KeySource;
  readonly settings: ServerSettings;
}

export interface ServerHost {
  readonly server: SystemServer;
  readonly underWay: () => KeptEntry | null;
  isAlive: boolean;
  phase: State['server']['phase'];
}

export function createServerHost({ system, world, judge, keys, settings }: ServerHostOptions): ServerHost {
  const isAlive = (): boolean => created.isAlive;
  const environment = world.serverEnvironment();
  let underWay: KeptEntry | null = null;
  const append: typeof environment.storage.append = async (entry) => {
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
    server: system.createServer({ ...environment, storage, keys, observer }, settings),
    underWay: () => underWay,
    isAlive: true,
    phase: 'stopped',
  };
  return created;
}
