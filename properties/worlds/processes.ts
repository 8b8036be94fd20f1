/**
 * The processes of a run: what each is given of the world, and what is left of it when it dies. Clocks, storages and
 * chance outlive a process; its timers, and all that it waits for, do not.
 */

import type { StoredClient } from '../../sut/client/storage.ts';
import type { ClientEnvironment } from '../../sut/port/system.ts';
import type { Logger } from '../../sut/runtime/ports.ts';
import type { StoredLog } from '../../sut/server/storage.ts';
import { createClientStorage } from './client-storage.ts';
import type { Clocks } from './clocks.ts';
import type { SimulatedCompletions } from './completions.ts';
import { createRandom } from './ids.ts';
import { clientTimerLabel, serverLabel } from './labels.ts';
import {
  type Life,
  mortalClientStorage,
  mortalComplete,
  mortalListener,
  mortalRandom,
  mortalServerStorage,
  mortalTimers,
  mortalTransport,
} from './mortal-ports.ts';
import type { Network } from './network.ts';
import { createServerStorage } from './server-storage.ts';
import type { SimulatedTimers } from './timers.ts';
import type { World, WorldOptions } from './world.ts';
import { compactionUnderWay, type WritesUnderWay } from './writes-under-way.ts';

export interface ProcessParts {
  readonly clocks: Clocks;
  readonly timers: SimulatedTimers;
  readonly completions: SimulatedCompletions;
  readonly network: Network;
  readonly note: (port: string) => void;
}

/** The part of the port of worlds that is about processes; see `World`. */
export interface Processes
  extends Pick<
    World,
    | 'serverEnvironment'
    | 'clientEnvironment'
    | 'killServer'
    | 'killClient'
    | 'copyStorage'
    | 'hasCopy'
    | 'copyLog'
    | 'hasLogCopy'
    | 'restoreLog'
    | 'failStorage'
    | 'refuseEntry'
    | 'setSpace'
  > {
  /** No storage fails any more. */
  disarm(): void;
}

const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function createProcesses(options: WorldOptions, parts: ProcessParts): Processes {
  const { clocks, timers, completions, network, note } = parts;
  const clients = options.clients.map((client) => client.name);
  const serverStorage = createServerStorage(options.initialLog, completions, note);
  const clientStorages = new Map(clients.map((client) => [client, createClientStorage(client, completions, note)]));
  const randoms = new Map(clients.map((client) => [client, createRandom(client, options.seed, note)]));
  const copies = new Map<string, StoredClient>();
  const logCopies = new Map<string, StoredLog>();
  const serverRandom = createRandom('server', options.seed, note);
  const lives = new Map<string, Life>(['server', ...clients].map((process) => [process, { isOver: false }]));
  const writes = new Map<string, WritesUnderWay>([
    ['server', serverStorage.writes],
    ...[...clientStorages].map(([client, storage]) => [client, storage.writes] as const),
  ]);

  const lifeOf = (process: string): Life => present(lives.get(process), process);
  const end = (process: string, kept: number): number => {
    lifeOf(process).isOver = true;
    lives.set(process, { isOver: false });
    timers.forget(process);
    completions.forget(process);
    return present(writes.get(process), process).crash(kept);
  };
  const clientEnvironment = (client: string): ClientEnvironment => {
    const life = lifeOf(client);
    const ownTimers = timers.portOf(
      (name) => clientTimerLabel(client, name),
      () => clocks.monotonicMs(client),
    );
    return {
      wallClock: clocks.wallClock(client),
      timers: mortalTimers(life, ownTimers),
      random: mortalRandom(life, present(randoms.get(client), client)),
      transport: mortalTransport(life, network.transport(client)),
      storage: mortalClientStorage(life, present(clientStorages.get(client), client)),
      logger: silentLogger,
    };
  };
  return {
    serverEnvironment: () => {
      const life = lifeOf('server');
      return {
        wallClock: clocks.wallClock('server'),
        timers: mortalTimers(life, timers.portOf(serverLabel, clocks.now)),
        random: mortalRandom(life, serverRandom),
        listener: mortalListener(life, network.listener),
        storage: mortalServerStorage(life, serverStorage),
        logger: silentLogger,
        complete: mortalComplete(life, (name, work) => completions.complete(serverLabel(name), work)),
      };
    },
    clientEnvironment,
    killServer: (how, kept) => {
      network.killServer(how);
      return end('server', kept);
    },
    killClient: (client, keepsTail, copyOf) => {
      network.killClient(client);
      const isKept = end(client, keepsTail ? Number.POSITIVE_INFINITY : 0) > 0;
      const copied = copyOf === undefined ? undefined : copies.get(copyOf);
      if (copied !== undefined) present(clientStorages.get(client), client).restore(copied);
      return isKept;
    },
    copyStorage: (client) => {
      const copied = clientStorages.get(client)?.copy();
      if (copied !== undefined) copies.set(client, copied);
      return copied !== undefined;
    },
    hasCopy: (client) => copies.has(client),
    copyLog: (copy) => void logCopies.set(copy, serverStorage.copy()),
    restoreLog: (copy) => {
      serverStorage.restore(copy === null ? { snapshot: null, entries: [] } : present(logCopies.get(copy), copy));
    },
    hasLogCopy: (copy) => logCopies.has(copy),
    failStorage: (process, kept, operation = 'enqueue') => {
      const isServer = process === 'server';
      const ofProcess = present(writes.get(process), process);
      const ofServer = ofProcess.isUnderWay(compactionUnderWay) ? compactionUnderWay : 'append';
      return ofProcess.fail(isServer ? ofServer : operation, isServer ? kept : 0);
    },
    refuseEntry: serverStorage.refuse,
    setSpace: serverStorage.setSpace,
    disarm: () => {
      serverStorage.disarm();
      for (const each of writes.values()) each.disarm();
    },
  };
}

function present<Part>(part: Part | undefined, process: string): Part {
  if (part === undefined) throw new RangeError(`no process named ${process}`);
  return part;
}
