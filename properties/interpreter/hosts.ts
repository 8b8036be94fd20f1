/**
 * Where the processes of a run live: the server and the clients, started, killed and started again on the same storage.
 * What a dead process still says is not heard.
 */
import type { ServerSettings, System, SystemServer } from '../../sut/port/system.ts';
import type { Random } from '../../sut/runtime/ports.ts';
import type { Roles } from '../../vocabulary/schemas.ts';
import type { Finding } from '../checks/check.ts';
import type { Gifts } from '../driving/gifts.ts';
import type { Processes } from '../driving/performing.ts';
import { type ClientProcess, createClientProcess, loggedFailure, watchEntity } from '../driving/processes.ts';
import type { ClientConfiguration, Configuration } from '../scripts/script.ts';
import type { World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';
import { pushTo } from './pushes.ts';
import { createServerHost, type KeySetOfRun, type ServerHost } from './server-host.ts';
import { type Epochs, observeClientStorage } from './storages.ts';

export interface HostsOptions {
  readonly system: System;
  readonly world: World;
  readonly judge: Judge;
  readonly configuration: Configuration;
  readonly roles: Roles;
  readonly mint: KeySetOfRun;
  readonly gifts: Gifts;
}

export interface Hosts extends Processes {
  /** The process there is; it may be reading its log still. */
  readonly server: () => SystemServer;
  /** Starts everything for the first time. */
  readonly start: () => Promise<void>;
}

/** Frames of clients are never so long, but for the nonsense that is (B1). */
const frameBytesMax = 16_384;

const boundless = Number.MAX_SAFE_INTEGER;
/** What a client judges by that means harm: it sends whatever it is asked to. */
const noBounds = {
  writeOperationsMax: boundless,
  writeBytesMax: boundless,
  rowAttributesMax: boundless,
  rowBytesMax: boundless,
  subscriptionsMax: boundless,
  followedWeightMax: boundless,
  filterNodesMax: boundless,
  filterDepthMax: boundless,
  listLengthMax: boundless,
  patternLengthMax: boundless,
};

export function createHosts({ system, world, judge, configuration, roles, mint, gifts }: HostsOptions): Hosts {
  const processes = new Map<string, ClientProcess>();
  /** With the schema that each client has by now. */
  const configurations = new Map(configuration.clients.map((client) => [client.name, client]));
  const storages = new Map<string, ReturnType<typeof observeClientStorage>>();
  const epochsOf = new Map<string, Epochs>();
  const settings: ServerSettings = {
    roles: gifts.lend(roles),
    claimsPath: configuration.claimsPath ?? undefined,
    schema: gifts.lend(configuration.schema) ?? undefined,
    frameBytesMax,
    writeIdsKept: configuration.writeIdsKept,
    logEntriesMax: configuration.logEntriesMax,
    bounds: configuration.bounds,
  };
  let host: ServerHost | null = null;
  let url = '';
  let fetches = 0;
  const nextFetch = (): number => {
    fetches += 1;
    return fetches;
  };

  const present = (): ServerHost => {
    if (host === null) throw new Error('the server has not been started');
    return host;
  };

  /** The answer's `started` settles when the log has been read. */
  async function startServer(): Promise<{ readonly started: Promise<void> }> {
    let started: Promise<void> = Promise.resolve();
    await world.run(() => {
      const created = createServerHost({ system, world, judge, mint, nextFetch, settings });
      host = created;
      started = created.server.start(0).then(({ port }) => {
        url = `ws://localhost:${port}`;
      });
      // Whoever waits for it hears of a failure; nobody else is to be killed by it.
      started.catch(() => {});
    });
    return { started };
  }

  /** Of the batch under way the first `most` entries are in the log. */
  function killServer(how: 'graceful' | 'crash', most: number): void {
    const ended = present();
    const underWay = ended.underWay();
    ended.isAlive = false;
    const kept = world.killServer(how, most);
    judge.tell({ kind: 'serverStopped', how, kept: underWay.slice(0, kept) });
  }

  async function startServerAgain(): Promise<void> {
    const { started } = await startServer();
    const next = present();
    started.catch((problem: unknown) => {
      if (next.isAlive) judge.accuse(neverStarted(problem), 'lockstep');
    });
  }

  /** `copyOf`: its storage holds what was copied of that client's. */
  function startClient({ name, knowsRoles, knowsBounds, ignoresBounds, schema }: ClientConfiguration, copyOf = name): void {
    const environment = world.clientEnvironment(name);
    const epochs: Epochs = epochsOf.get(name) ?? new Map();
    epochsOf.set(name, epochs);
    const storage = observeClientStorage(environment.storage, name, epochs, judge, () => process.isAlive);
    storages.set(name, storage);
    const logger: typeof environment.logger = {
      ...environment.logger,
      error: (message) => {
        const logged = loggedFailure(message);
        if (logged !== null && process.isAlive) judge.tell({ kind: 'callbackFailureLogged', client: name, ...logged });
      },
    };
    const client = system.createClient(
      { ...environment, storage: storage.storage, random: observeRandom(environment.random, name, judge, () => process.isAlive), logger },
      {
        serverUrl: url,
        roles: knowsRoles ? gifts.lend(roles) : undefined,
        claimsPath: configuration.claimsPath ?? undefined,
        schema: gifts.lend(schema) ?? undefined,
        bounds: ignoresBounds === true ? noBounds : knowsBounds === true ? configuration.bounds : undefined,
      },
    );
    const former = processes.get(name);
    const process = createClientProcess(name, client, judge, schema ?? null);
    processes.set(name, process);
    // A write of the former process may be acknowledged to this one: whoever listens again hears of it.
    const author = copyOf === name ? undefined : processes.get(copyOf);
    for (const { collection, id } of [...(former?.watchedEntities.values() ?? []), ...(author?.watchedEntities.values() ?? [])])
      watchEntity(process, judge, collection, id);
  }

  return {
    processes,
    server: () => present().server,
    phase: () => present().phase,
    start: async () => {
      const { started } = await startServer();
      await started;
      await world.run(() => {
        for (const client of configuration.clients) startClient(client);
      });
    },
    restartServer: async (how, kept) => {
      if (how === 'graceful') {
        const ended = present();
        judge.tell({ kind: 'serverStopping' });
        await world.run(() => void ended.server.close());
      }
      killServer(how, kept);
      await startServerAgain();
    },
    copyLog: (copy) => {
      world.copyLog(copy);
      judge.tell({ kind: 'logCopied', copy });
    },
    restoreServer: async (copy) => {
      if (copy !== null && !world.hasLogCopy(copy)) return false;
      killServer('crash', 0);
      world.restoreLog(copy);
      judge.tell({ kind: 'logReplaced', copy });
      await startServerAgain();
      return true;
    },
    copyStorage: (client) => {
      if (!world.copyStorage(client)) return false;
      judge.tell({ kind: 'storageCopied', client });
      return true;
    },
    restartClient: async (client, keepsTail, { copyOf, schema } = {}) => {
      const configured = configurations.get(client);
      const former = processes.get(client);
      if (configured === undefined || former === undefined || (copyOf !== undefined && !world.hasCopy(copyOf))) return false;
      former.isAlive = false;
      if (world.killClient(client, keepsTail, copyOf)) storages.get(client)?.tellDone();
      judge.tell({ kind: 'clientCrashed', client, ...(copyOf !== undefined && { copyOf }), ...(schema !== undefined && { schema }) });
      const next = schema === undefined ? configured : { ...configured, schema };
      configurations.set(client, next);
      await world.run(() => startClient(next, copyOf));
      return true;
    },
    pushSchema: (push, schema) => pushTo(present(), judge, push, gifts.lend(schema)),
  };
}

/** The model hears of each fraction that a client draws. */
function observeRandom(random: Random, client: string, judge: Judge, isAlive: () => boolean): Random {
  return {
    uuid: random.uuid,
    hex: random.hex,
    fraction: () => {
      const fraction = random.fraction();
      if (isAlive()) judge.tell({ kind: 'drew', client, fraction });
      return fraction;
    },
  };
}

function neverStarted(problem: unknown): Finding {
  const shown = problem instanceof Error ? problem.message : String(problem);
  return { rule: 'W2', shape: 'never started', message: 'the server did not start again from its log', allowed: ['it starts'], shown };
}
