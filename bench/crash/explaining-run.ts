/**
 * A run, in the words of the model, that would have looked from outside as the history does, if any would (`judge.ts`). It holds nothing
 * back: where something was seen that cannot have been, the run shows it all the same, at the place where the model must refuse it.
 */
import type { Action, ModelConfiguration } from '../../model/index.ts';
import type { Call, History, SeenEntry, Writer } from './history.ts';
import { createTelling, type Telling } from './telling.ts';

type Entry<Kind extends SeenEntry['kind']> = Extract<SeenEntry, { readonly kind: Kind }>;

/** How far the run has come with a writer. */
interface Progress {
  readonly writer: Writer;
  connection: number;
  /** Which process of the writer. */
  life: number;
  /** Calls made so far. */
  made: number;
  /** Calls of which this process, or the storage that it found, knows that they are synced. */
  heard: Set<Call>;
  /** Calls that were sent on the present connection. */
  sent: Set<Call>;
  /** Where they are in the log. */
  readonly versions: Map<Call, number>;
}

const reader = 'reader';

export function createRun(history: History): { readonly configuration: ModelConfiguration; readonly actions: readonly Action[] } {
  const names = [...history.writers.map(({ name }) => name), reader];
  const clients = names.map((name) => ({ name, knowsRoles: false, wallClockSkewMs: 0 }));
  const telling = createTelling(history.collection);
  follow(history, telling);
  return { configuration: { clients, roles: {}, sharedSecret: true, epochMs: 1_700_000_000_000, rows: {} }, actions: telling.actions };
}

/** Entry by entry of the log. */
function follow(history: History, telling: Telling): void {
  const { log, writers, baseVersion, collection, rows } = history;
  const [first] = log;
  if (first?.kind === 'incarnation') telling.serverBegins(first.id, first.version - baseVersion);
  const everybody = writers.map((writer): Progress => {
    const connection = telling.begin(writer.name, writer.clientId, 0);
    return { writer, connection, life: 0, made: 0, heard: new Set(), sent: new Set(), versions: new Map() };
  });
  const steps = createSteps(history, telling, everybody);
  const kills = everybody.map((progress) => ({ progress, after: placeOfKill(history, progress.writer) }));
  for (const [at, entry] of log.entries()) {
    if (entry.kind === 'incarnation' && at > 0) steps.restartServer(entry);
    if (entry.kind === 'write') steps.commit(entry);
    // No write of a round is to be rejected: the model says so.
    if (entry.kind === 'rejection') telling.refuse(entry.clientId, entry.sequence, entry.version - baseVersion, entry.error);
    for (const { progress, after } of kills) if (after === at) steps.restartWriter(progress);
  }
  for (const progress of everybody) steps.end(progress);
  const connection = telling.begin(reader, `the id of ${reader}`, 0);
  telling.shown(reader, connection, collection, rows, (log.at(-1)?.version ?? baseVersion) - baseVersion);
  const pendingWrites = Object.fromEntries(writers.map(({ name, pendingWrites: count }) => [name, count]));
  telling.quiet([...writers.map(({ name }) => name), reader], pendingWrites);
}

function createSteps({ log, baseVersion }: History, telling: Telling, everybody: readonly Progress[]) {
  let servers = 0;

  /** All that this process of the writer made, up to that one; what its storage holds is told so. */
  function makeUpTo(progress: Progress, until: number): void {
    const { name, calls, kill } = progress.writer;
    for (; progress.made < until; progress.made += 1) {
      const call = calls[progress.made];
      if (call === undefined || call.life > progress.life) return;
      const promise = `write ${progress.made + 1}`;
      telling.make(name, promise, call.operations);
      if (call.handed === null) continue;
      const isStored = call.isKept || isIn(log, call) || kill?.outbox.includes(call.handed.id) === true;
      if (isStored) telling.stored(name, call.handed.sequence);
      if (call.isKept) telling.resolved(name, promise);
    }
  }

  function send(progress: Progress, call: Call): void {
    if (call.handed === null || progress.sent.has(call)) return;
    progress.sent.add(call);
    telling.send(progress.writer.name, progress.connection, call.handed);
  }

  /** What was told and is not in the log is told without an acknowledgement. */
  function tell(progress: Progress, call: Call): void {
    progress.heard.add(call);
    telling.synced(progress.writer.name, progress.connection, call, progress.versions.get(call));
  }

  /** Told to the present process of the writer, before another server was killed. */
  function wasTold({ writer, life }: Progress, call: Call): boolean {
    const isTold = call.synced.some((moment) => moment.writers === life && moment.servers <= servers);
    return isTold || (life === 0 && isHeardUntold(log, writer, call));
  }

  /** All that it was told until now, and has not heard in this run. */
  function tellRest(progress: Progress): void {
    for (const call of progress.writer.calls.slice(0, progress.made))
      if (!progress.heard.has(call) && wasTold(progress, call)) tell(progress, call);
  }

  /** Back on a connection: what the log holds and the client does not know goes out again, in its order, and is acknowledged. */
  function resend(progress: Progress): void {
    progress.sent = new Set();
    for (const call of progress.writer.calls.slice(0, progress.made)) {
      if (progress.heard.has(call) || !progress.versions.has(call)) continue;
      send(progress, call);
      if (wasTold(progress, call)) tell(progress, call);
    }
  }

  return {
    commit(entry: Entry<'write'>): void {
      const progress = everybody.find(({ writer }) => writer.clientId === entry.clientId);
      const at = progress?.writer.calls.findIndex(({ handed }) => handed?.id === entry.id) ?? -1;
      const call = progress?.writer.calls[at];
      if (progress === undefined || call === undefined) return;
      makeUpTo(progress, at + 1);
      send(progress, call);
      const { name, clientId } = progress.writer;
      const version = entry.version - baseVersion;
      telling.commit(name, clientId, { sequence: entry.sequence, id: entry.id, operations: entry.operations }, version);
      progress.versions.set(call, version);
      if (wasTold(progress, call)) tell(progress, call);
    },
    /** What was told before is told before, in the log or not. */
    restartServer({ id, version }: Entry<'incarnation'>): void {
      for (const progress of everybody) tellRest(progress);
      telling.serverKilled(everybody.map(({ writer, connection }) => ({ client: writer.name, connection })));
      servers += 1;
      telling.serverRecovers(id, version - baseVersion, servers);
      for (const progress of everybody) {
        progress.connection = telling.comeBack(progress.writer.name, progress.writer.clientId);
        resend(progress);
      }
    },
    restartWriter(progress: Progress): void {
      const { name, clientId, calls, kill } = progress.writer;
      makeUpTo(progress, calls.length);
      tellRest(progress);
      const isLingering = ({ handed }: Call): boolean => handed !== null && kill?.outbox.includes(handed.id) === true;
      for (const call of progress.heard) if (isLingering(call) && call.handed !== null) telling.notForgotten(name, call.handed.id);
      telling.writerKilled(name, progress.connection);
      progress.life += 1;
      progress.heard = new Set([...progress.heard].filter((call) => !isLingering(call)));
      progress.connection = telling.begin(name, clientId, progress.life);
      resend(progress);
    },
    end(progress: Progress): void {
      const { name, calls } = progress.writer;
      makeUpTo(progress, calls.length);
      tellRest(progress);
      for (const call of calls) {
        const [, ...again] = call.synced.filter(({ writers: life }) => life === progress.life);
        for (const _moment of again) telling.synced(name, progress.connection, call, undefined);
      }
    },
  };
}

function isIn(log: History['log'], { handed }: Call): boolean {
  return log.some((entry) => entry.kind === 'write' && entry.id === handed?.id);
}

/** Its process had taken it out of the outbox and died before it could tell: so it had heard the acknowledgement. What is not in storage yet is not sent (W1). */
function isHeardUntold(log: History['log'], { kill }: Writer, call: Call): boolean {
  const { handed, synced, life, isKept } = call;
  if (kill === null || life > 0 || handed === null || synced.length > 0 || kill.outbox.includes(handed.id)) return false;
  return isKept || isIn(log, call);
}

/** Behind everything in the log that was decided, as far as can be known, before the writer was killed; undefined: it was not. */
function placeOfKill({ log, writers }: History, killed: Writer): number | undefined {
  const { kill } = killed;
  if (kill === null) return undefined;
  const wasBefore = (entry: SeenEntry): boolean => {
    if (entry.kind !== 'write') return false;
    const writer = writers.find(({ clientId }) => clientId === entry.clientId);
    const call = writer?.calls.find(({ handed }) => handed?.id === entry.id);
    if (writer === undefined || call === undefined) return false;
    return call.synced.some(({ order }) => order < kill.order) || (writer === killed && isHeardUntold(log, writer, call));
  };
  return Math.max(0, log.findLastIndex(wasBefore));
}
