/**
 * One round: a server on the log that there is, several writers over real sockets, and one more in a process of its own. The server and that process are
 * killed with SIGKILL, each at a moment that the seed says, and come back; then everybody settles, a reader looks, and the log is read.
 */
import { join } from 'node:path';
import { setTimeout as passing } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { SyncClient } from '../../sut/client/client.ts';
import { memoryClientStorage } from '../../sut/client/storage.ts';
import { silentLogger } from '../../sut/runtime/loggers.ts';
import type { LogEntry } from '../../sut/server/storage.ts';
import { openLmdbClientStorage, openLmdbServerStorage } from '../../sut/storage/lmdb/index.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Chance } from './chance.ts';
import type { SeenEntry } from './history.ts';
import { type Complaint, judge } from './judge.ts';
import { createObserver, type Observer } from './observer.ts';
import { type Processes, ProcessLostError, type ServerProcess } from './processes.ts';
import type { Plan } from './workload.ts';
import { runWriter } from './writer.ts';

export interface Setting {
  readonly processes: Processes;
  readonly chance: Chance;
  readonly seed: number;
  /** Where everything is kept. */
  readonly folder: string;
  readonly jwtSecret: string;
  readonly token: string;
}

export interface RoundEnd {
  readonly complaint: Complaint | null;
  readonly writes: number;
  readonly acknowledged: number;
  /** Acknowledgements heard, and writes that waited for theirs, when the server was killed. */
  readonly heardAtKill: number;
  readonly waitingAtKill: number;
  /** Acknowledgements that the killed writer had heard, and what its storage held then. */
  readonly heardByWriter: number;
  readonly inOutbox: number;
}

/** What the next round begins with. */
export interface RoundDone {
  readonly end: RoundEnd;
  /** All of it. */
  readonly log: readonly LogEntry[];
  readonly port: number;
}

const writersHere = ['w1', 'w2', 'w3', 'w4'] as const;
const killedWriter = 'killed';
const callsOfEach = 24;
/** Kills come while most of the writes are still to be made. */
const killsWithin = 0.7;
const delayMostMs = 12;
/** Far longer than coming back takes. */
const settleMostMs = 120_000;

export async function runRound(setting: Setting, round: number, before: readonly LogEntry[], portBefore: number): Promise<RoundDone> {
  const { processes, chance, folder, jwtSecret, token, seed } = setting;
  const collection = `round ${round}`;
  const plans = [...writersHere, killedWriter].map((writer): Plan => ({ chance, collection, writer }));
  const observer = createObserver(plans);
  const logFolder = join(folder, 'server');
  const writerFolder = join(folder, `writer of ${collection}`);
  const ends: (() => Promise<void>)[] = [];
  const lost: Error[] = [];
  const draw = (most: number, what: string): number => chance.below(most, round, what);

  let server = await processes.server({ folder: logFolder, port: portBefore, jwtSecret });
  const { port } = server;
  const serverUrl = `http://localhost:${port}`;

  const here = plans.slice(0, -1).map(async (plan) => {
    const say = async (said: Parameters<Observer['hear']>[2]): Promise<void> => observer.hear(plan.writer, 0, said);
    ends.push(
      await runWriter({ plan, serverUrl, token, storage: memoryClientStorage(), firstCall: 0, calls: callsOfEach, atOnce: 4, say }),
    );
  });
  const startWriter = (life: number) =>
    processes.writer(
      {
        folder: writerFolder,
        serverUrl,
        token,
        seed,
        collection,
        writer: killedWriter,
        firstCall: observer.madeBy(killedWriter),
        calls: callsOfEach,
      },
      (said) => observer.hear(killedWriter, life, said),
      (error) => {
        lost.push(error);
        observer.lookAgain();
      },
    );
  let writer = startWriter(0);

  const counts = { heardAtKill: 0, waitingAtKill: 0, heardByWriter: 0, inOutbox: 0 };
  async function killServer(): Promise<ServerProcess> {
    const after = draw(Math.floor(plans.length * callsOfEach * killsWithin), 'server after');
    while (observer.syncedByAll() < after) await observer.change();
    await passing(draw(delayMostMs, 'server delay'));
    counts.heardAtKill = observer.syncedByAll();
    counts.waitingAtKill = observer.waiting();
    observer.serverKilled();
    await server.kill();
    return processes.server({ folder: logFolder, port, jwtSecret });
  }
  async function killWriter(): Promise<void> {
    const after = 1 + draw(Math.floor(callsOfEach * killsWithin), 'writer after');
    while (observer.syncedBy(killedWriter) < after) await observer.change();
    await passing(draw(delayMostMs, 'writer delay'));
    await writer.kill();
    const outbox = await outboxOf(writerFolder);
    observer.writerKilled(killedWriter, outbox);
    counts.heardByWriter = observer.syncedBy(killedWriter);
    counts.inOutbox = outbox.length;
    writer = startWriter(1);
  }
  async function allSettled(): Promise<void> {
    await Promise.all(here);
    while (!observer.isSettled(killedWriter)) {
      if (lost[0] !== undefined) throw lost[0];
      await observer.change();
    }
  }

  try {
    const killed = Promise.all([
      killServer().then((restarted) => {
        server = restarted;
      }),
      killWriter(),
    ]);
    await inTime(killed.then(allSettled), () => `nobody settled within ${settleMostMs / 1_000} s: ${observer.waiting()} writes wait`);
    const rows = await readRows(serverUrl, token, collection);
    for (const end of ends) await end();
    await writer.end();
    await server.end();
    const log = await readLog(logFolder);
    const history = {
      collection,
      baseVersion: before.at(-1)?.version ?? 0,
      writers: observer.writers(),
      log: log.slice(before.length).map(seen),
      rows,
    };
    const complaint = isDeepStrictEqual(log.slice(0, before.length), before) ? judge(history) : changedPast;
    const writes = history.log.filter(({ kind }) => kind === 'write').length;
    return { end: { complaint, writes, acknowledged: observer.syncedByAll(), ...counts }, log, port };
  } catch (error) {
    if (!(error instanceof ProcessLostError || error instanceof NotSettledError)) throw error;
    const complaint = { rule: error instanceof NotSettledError ? 'W1' : 'W2', message: error.message };
    return { end: { complaint, writes: 0, acknowledged: observer.syncedByAll(), ...counts }, log: before, port };
  }
}

const changedPast: Complaint = { rule: 'W2', message: 'what the log held before this round is not there as it was' };

class NotSettledError extends Error {
  override readonly name = 'NotSettledError';
}

async function inTime(work: Promise<void>, message: () => string): Promise<void> {
  const timer = new AbortController();
  const late = passing(settleMostMs, undefined, { signal: timer.signal }).then(
    () => {
      throw new NotSettledError(message());
    },
    () => {},
  );
  try {
    await Promise.race([work, late.then(() => work)]);
  } finally {
    timer.abort();
  }
}

async function readRows(serverUrl: string, token: string, collection: string): Promise<readonly Row[]> {
  const client = new SyncClient({ serverUrl, token, logger: silentLogger });
  const rows: readonly Row[] = await client.fetch({ collection, where: [], order: [] });
  await client.endSession();
  return rows;
}

async function outboxOf(folder: string): Promise<readonly string[]> {
  const storage = await openLmdbClientStorage(folder);
  const stored = await storage.load();
  await storage.close();
  return stored?.format === 2 ? stored.outbox.map(({ id }) => id) : [];
}

async function readLog(folder: string): Promise<readonly LogEntry[]> {
  const storage = await openLmdbServerStorage(folder);
  const { entries } = await storage.load();
  await storage.close();
  return entries;
}

/** In the words of a history. */
function seen(entry: LogEntry): SeenEntry {
  switch (entry.kind) {
    case 'write': {
      const { kind, version, clientId, sequence, id, operations } = entry;
      return { kind, version, clientId, sequence, id, operations };
    }
    case 'rejection': {
      const { kind, version, clientId, sequence, error } = entry;
      return { kind, version, clientId, sequence, error: error.name };
    }
    case 'schema':
      return { kind: entry.kind, version: entry.version };
    case 'incarnation':
      return entry;
  }
}
