/**
 * Where the processes of a run live: the server and the clients, started, killed and started again on the same storage.
 * What a dead process still says is not heard.
 */
import type { KeptEntry, State } from '../../model/index.ts';
import type { KeySource } from '../../sut/server/tokens.ts';
import type { ServerSettings, System, SystemServer } from '../../sut/system.ts';
import type { Finding } from '../checks/check.ts';
import { roles } from '../scripts/roles.ts';
import type { ClientConfiguration, Configuration } from '../scripts/script.ts';
import { StorageFailure, type World } from '../worlds/world.ts';
import type { Gifts } from './gifts.ts';
import type { Judge } from './judge.ts';
import { type ClientProcess, createClientProcess, createObserver, watchEntity } from './processes.ts';
import { observeClientStorage } from './storages.ts';

export interface HostsOptions {
  readonly system: System;
  readonly world: World;
  readonly judge: Judge;
  readonly configuration: Configuration;
  readonly keys: () => KeySource;
  readonly gifts: Gifts;
}

export interface Hosts {
  readonly processes: ReadonlyMap<string, ClientProcess>;
  /** The process there is; it may be reading its log still. */
  readonly server: () => SystemServer;
  /** As the server's own words tell it, since twins are run without a model that would know. */
  readonly phase: () => State['server']['phase'];
  /** Starts everything for the first time. */
  readonly start: () => Promise<void>;
  readonly restartServer: (how: 'graceful' | 'crash', keepsTail: boolean) => Promise<void>;
  /** False where there is no such client. */
  readonly restartClient: (client: string, keepsTail: boolean) => Promise<boolean>;
  /** Tells the model what `overrideSchema` comes to. */
  readonly pushSchema: (push: string, schema: NonNullable<Configuration['schema']>) => void;
}

/** Frames of clients are never so long, but for the nonsense that is (B1). */
const frameBytesMax = 16_384;

interface ServerHost {
  readonly server: SystemServer;
  readonly underWay: () => KeptEntry | null;
  isAlive: boolean;
  phase: State['server']['phase'];
}

export function createHosts({ system, world, judge, configuration, keys, gifts }: HostsOptions): Hosts {
  const processes = new Map<string, ClientProcess>();
  const storages = new Map<string, ReturnType<typeof observeClientStorage>>();
  const settings: ServerSettings = {
    roles: gifts.lend(roles),
    claimsPath: configuration.claimsPath ?? undefined,
    schema: gifts.lend(configuration.schema) ?? undefined,
    frameBytesMax,
  };
  let host: ServerHost | null = null;
  let url = '';

  const present = (): ServerHost => {
    if (host === null) throw new Error('the server has not been started');
    return host;
  };

  function createServerHost(): ServerHost {
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
      server: system.createServer({ ...environment, storage, keys: keys(), observer }, settings),
      underWay: () => underWay,
      isAlive: true,
      phase: 'stopped',
    };
    return created;
  }

  /** The answer's `started` settles when the log has been read. */
  async function startServer(): Promise<{ readonly started: Promise<void> }> {
    let started: Promise<void> = Promise.resolve();
    await world.run(() => {
      const created = createServerHost();
      host = created;
      started = created.server.start(0).then(({ port }) => {
        url = `ws://localhost:${port}`;
      });
      // Whoever waits for it hears of a failure; nobody else is to be killed by it.
      started.catch(() => {});
    });
    return { started };
  }

  function startClient({ name, knowsRoles, schema }: ClientConfiguration): void {
    const environment = world.clientEnvironment(name);
    const storage = observeClientStorage(environment.storage, name, judge, () => process.isAlive);
    storages.set(name, storage);
    const client = system.createClient(
      { ...environment, storage: storage.storage },
      {
        serverUrl: url,
        roles: knowsRoles ? gifts.lend(roles) : undefined,
        claimsPath: configuration.claimsPath ?? undefined,
        schema: gifts.lend(schema) ?? undefined,
      },
    );
    const former = processes.get(name);
    const process = createClientProcess(name, client, judge, schema ?? null);
    processes.set(name, process);
    // A write of the former process may be acknowledged to this one: whoever listens again hears of it.
    for (const { collection, id } of former?.watchedEntities.values() ?? []) watchEntity(process, judge, collection, id);
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
    restartServer: async (how, keepsTail) => {
      const ended = present();
      if (how === 'graceful') {
        judge.tell({ kind: 'serverStopping' });
        await world.run(() => {
          void ended.server.close();
        });
      }
      const underWay = ended.underWay();
      ended.isAlive = false;
      const isKept = world.killServer(how, keepsTail);
      judge.tell({ kind: 'serverStopped', how, kept: isKept ? underWay : null });
      const { started } = await startServer();
      const next = present();
      started.catch((problem: unknown) => {
        if (next.isAlive) judge.accuse(neverStarted(problem), 'lockstep');
      });
    },
    restartClient: async (client, keepsTail) => {
      const configured = configuration.clients.find(({ name }) => name === client);
      const former = processes.get(client);
      if (configured === undefined || former === undefined) return false;
      former.isAlive = false;
      if (world.killClient(client, keepsTail)) storages.get(client)?.tellDone();
      judge.tell({ kind: 'clientCrashed', client });
      await world.run(() => startClient(configured));
      return true;
    },
    pushSchema: (push, schema) => {
      const asked = present();
      asked.server.overrideSchema(gifts.lend(schema)).then(
        ({ accepted, compatible, issues }) => {
          const told = issues.map(({ collection, id, attribute, problem }) =>
            attribute === null ? `${collection}/${id} ${problem}` : `${collection}/${id} ${attribute} ${problem}`,
          );
          const outcome = accepted ? 'accepted' : 'refused';
          if (asked.isAlive) judge.tell({ kind: 'pushSettled', push, outcome: { outcome, compatible, issues: told.sort() } });
        },
        () => {
          if (asked.isAlive) judge.tell({ kind: 'pushSettled', push, outcome: { outcome: 'failed' } });
        },
      );
    },
  };
}

function neverStarted(problem: unknown): Finding {
  const shown = problem instanceof Error ? problem.message : String(problem);
  return { rule: 'W2', shape: 'never started', message: 'the server did not start again from its log', allowed: ['it starts'], shown };
}
