/**
 * The client's writes (W1, W4, W5): numbered in the order of the calls, kept by storage one after the other, sent,
 * acknowledged or rejected, or discarded by `clear` (K1). A write stays here, acknowledged, while some subscription that the server
 * follows has not reached its commit. Where the server knows one of its numbers as another's, or its log is another than the one that was heard of
 * (W2), the client goes on under a fresh id.
 */
import { type FrameLimits, isTooLong } from '../protocol/codec.ts';
import { errorText } from '../protocol/error-text.ts';
import type { ClientFrame, Operation } from '../protocol/frames.ts';
import { InvalidValueError, LogReplacedError, RemoteError, StorageError, WriteDiscardedError, WriteOutcomeUnknownError } from './errors.ts';
import type { HeardOfLog } from './heard.ts';
import { createIdentity, freshWriteId, type Self, type StoragePorts } from './identity.ts';
import type { PendingWrite } from './pending-writes.ts';
import { generationOf, isRenamed, type Renamed, renamedOperation, underFreshId } from './renumbering.ts';
import type { OutboxEntry, StoredClient } from './storage.ts';
import { createStorageLine } from './storage-line.ts';
import { partWaiting } from './surviving.ts';

export interface OutboxEvents {
  /** Storage has been read. Told before `onChange`. */
  onLoaded(stored: StoredClient): void;
  /** The writes differ: some came, went, or were acknowledged. */
  onChange(operations: readonly Operation[]): void;
  /** Storage holds the write: it may be sent. */
  onKept(write: PendingWrite): void;
  onAcknowledged(write: PendingWrite): void;
  onRejected(write: PendingWrite, error: Error): void;
  /** The client goes on under a fresh id, as storage does: what is unanswered is to be sent under it. */
  onForked(): void;
  /** Storage did not take the fresh id: it is to be asked again, after another acceptance. */
  onForkFailed(): void;
  /** Storage has cleared itself after it had failed to: of what was heard since, it has nothing yet. */
  onClearedAtLast(): void;
}
export interface WritePromise {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface Outbox {
  /** Calls back with who the client is, at once where it is known; after a failure the next call tries again. */
  identify(onKnown: (self: Self) => void, onFailed: (error: Error) => void): void;
  /**
   * Only for a client that is identified. `operationsOf` is given the write's own generation; the rows that they name were
   * seen under the client id `begunAs`. The promise settles when storage has answered, or at once with WriteDiscardedError
   * where a `clear` came upon it. @throws InvalidValueError for a write that no server would take: it would bar the way for good
   */
  add(operationsOf: (generation: string) => readonly Operation[], begunAs: string, promise: WritePromise): void;
  /** In order; acknowledged ones that are still remembered included. */
  writes(): readonly PendingWrite[];
  /** How many the server has not answered; undefined until storage has been read. */
  pendingCount(): number | undefined;
  /** To a server that takes it: from now on it may have been sent before. */
  send(write: PendingWrite, send: (frame: ClientFrame) => void): void;
  /** Every write that storage holds and that was not acknowledged. */
  sendAll(send: (frame: ClientFrame) => void): void;
  acknowledge(sequence: number, version: number): void;
  reject(sequence: number, error: { readonly name: string; readonly message: string }): void;
  /** The server knows another write under that number. */
  fork(sequence: number): void;
  /** Up to which number the server has answered, under the present client id. */
  answered(): number;
  lastAcknowledgedOrdinal(): number;
  /** Forgets acknowledged writes that nobody needs any more. */
  forgetUnless(isNeeded: (write: PendingWrite) => boolean): void;
  /** Storage failed to clear itself, and has not done so yet: what it holds is of the client that was left (K1). */
  isStale(): boolean;
  /** Only for a client that is identified: begins anew under a fresh id. The promise settles when storage has done so. */
  clear(promise: WritePromise): void;
  /** The server's log is another one (W2): what still means something goes on under a fresh id, at once; the rest is told rejected. */
  leaveLog(): void;
}

/** One client id in place of another: by what the rows that were waiting to be inserted are called now. */
interface Fork {
  readonly to: string;
  readonly renamed: Renamed;
  /** No other row that was seen under the former id means anything any more (W2). */
  readonly isLogReplaced: boolean;
}

/** As long as the frame of that write can ever be, whatever its number is by then. */
function longestFrame({ id, operations }: OutboxEntry): ClientFrame {
  const most = Number.MAX_SAFE_INTEGER;
  return { type: 'write', sequence: most, id, resent: false, answered: most, operations };
}

function entryOf({ sequence, id, operations }: PendingWrite): OutboxEntry {
  return { sequence, id, operations };
}

export interface OutboxPorts extends StoragePorts, FrameLimits {
  readonly heard: Pick<HeardOfLog, 'whenKept'>;
  /** Whether every value is of the type that the client's schema says (K2). */
  readonly isTyped: (operations: readonly Operation[]) => boolean;
}

export function createOutbox(ports: OutboxPorts, events: OutboxEvents): Outbox {
  const { storage, turns, random, logger, heard, frameBytesMax } = ports;
  const identity = createIdentity(ports, onLoaded);
  const line = createStorageLine(turns);
  const promises = new Map<number, WritePromise>();
  /** By the client id that was left. */
  const forks = new Map<string, Fork>();
  /** The ids of writes that a server may have: sent by this process, or perhaps by one before it. */
  const sent = new Set<string>();
  let writes: readonly PendingWrite[] = [];
  /** Never starts over, so that what was settled before a `clear` says nothing of the writes after it (K1). */
  let nextOrdinal = 1;
  let nextSequence = 1;
  let lastAcknowledgedOrdinal = 0;
  /** Storage still holds what `clear` was to forget: before it has done so nothing new can be kept there. */
  let isUncleared = false;
  let isStale = false;
  /** From the moment that the server says so until storage has the fresh id. */
  let isForkDue = false;
  /** The writes that storage is to take in the place of those of a log that is gone: until it has, it holds the former client (W2). */
  let isLogLeft = false;

  function known(): Self {
    const self = identity.self();
    if (self === undefined) throw new Error('the client is not identified yet');
    return self;
  }

  function pendingOf(entry: OutboxEntry, isKept: boolean): PendingWrite {
    const generation = generationOf(known().clientId, entry.sequence);
    nextOrdinal += 1;
    return { ...entry, ordinal: nextOrdinal - 1, generation, isKept, isUnseen: !ports.isTyped(entry.operations), commitVersion: undefined };
  }

  function onLoaded(stored: StoredClient): void {
    nextSequence = stored.nextSequence;
    writes = stored.outbox.map((entry) => pendingOf(entry, true));
    for (const { id } of writes) sent.add(id);
    events.onLoaded(stored);
    events.onChange(writes.flatMap((write) => write.operations));
  }

  function replace(write: PendingWrite, change: Partial<PendingWrite>): PendingWrite {
    const changed = { ...write, ...change };
    writes = writes.map((candidate) => (candidate === write ? changed : candidate));
    return changed;
  }

  function isUnanswered({ commitVersion }: PendingWrite): boolean {
    return commitVersion === undefined;
  }

  function answered(): number {
    return (writes.find(isUnanswered)?.sequence ?? nextSequence) - 1;
  }

  /** What storage is to do next, where it is idle. */
  function keepNext(): void {
    const write = writes.find((candidate) => !candidate.isKept);
    if (line.isBusy()) return;
    if (isLogLeft) replaceOutbox();
    else if (isForkDue) beginFork();
    else if (isUncleared) clearStorage({ resolve: () => {}, reject: () => {} });
    else if (write !== undefined) keep(write);
  }

  function keep(write: PendingWrite): void {
    line.begin(
      () => storage.enqueue(entryOf(write)),
      () => {
        onKept(write);
        keepNext();
      },
      (cause) => {
        lose(write.ordinal, new StorageError('keep a write', cause));
        keepNext();
      },
    );
  }

  function onKept(write: PendingWrite): void {
    settle(write.ordinal)?.resolve();
    events.onKept(replace(write, { isKept: true }));
  }

  /** The write and those after it, which may rest on it, never were: their numbers are free again. */
  function lose(firstOrdinal: number, error: StorageError): void {
    const lost = writes.filter(({ ordinal }) => ordinal >= firstOrdinal);
    writes = writes.filter(({ ordinal }) => ordinal < firstOrdinal);
    nextSequence = lost[0]?.sequence ?? nextSequence;
    for (const { ordinal } of lost) settle(ordinal)?.reject(error);
    events.onChange(lost.flatMap(({ operations }) => operations));
  }

  function settle(ordinal: number): WritePromise | undefined {
    const promise = promises.get(ordinal);
    promises.delete(ordinal);
    return promise;
  }

  /** What is unanswered goes on under a fresh id, in order, once storage has it so. */
  function beginFork(): void {
    const fresh = identity.fresh();
    const kept = writes.filter((write) => isUnanswered(write) && write.isKept);
    const renumbered = underFreshId(kept.map(entryOf), known().clientId, fresh.clientId);
    line.begin(
      () => storage.replace(fresh.secret, renumbered.writes),
      () => onForked(fresh),
      (cause) => {
        isForkDue = false;
        logger.error(`The client's storage failed to take a fresh id: ${String(cause)}`);
        events.onForkFailed();
        keepNext();
      },
    );
  }

  /** Writes that were made while storage was at it are renamed with the others. */
  function onForked(fresh: Self): void {
    const former = known().clientId;
    const waiting = writes.filter(isUnanswered);
    const { writes: renumbered, renamed } = underFreshId(waiting.map(entryOf), former, fresh.clientId);
    const byId = new Map(renumbered.map((entry) => [entry.id, entry]));
    identity.take(fresh);
    forks.set(former, { to: fresh.clientId, renamed, isLogReplaced: false });
    isForkDue = false;
    nextSequence = renumbered.length + 1;
    writes = writes.map((write) => {
      const entry = isUnanswered(write) ? byId.get(write.id) : undefined;
      return entry === undefined ? write : { ...write, ...entry, generation: generationOf(fresh.clientId, entry.sequence) };
    });
    events.onForked();
    keepNext();
  }

  /** As after a `clear`, but for the writes that go on; until storage has them under the fresh id, none of them is sent. */
  function leaveLog(): void {
    const former = known().clientId;
    const fresh = identity.fresh();
    const { surviving, lost } = partWaiting(writes.filter(isUnanswered));
    const { writes: renumbered, renamed } = underFreshId(surviving.map(entryOf), former, fresh.clientId);
    identity.take(fresh);
    forks.set(former, { to: fresh.clientId, renamed, isLogReplaced: true });
    isForkDue = false;
    // This overtakes a `clear` under way, and does what that was to do.
    isUncleared = false;
    isLogLeft = true;
    nextSequence = renumbered.length + 1;
    writes = renumbered.map((entry, index) => ({
      ...entry,
      ordinal: surviving[index]?.ordinal ?? 0,
      generation: generationOf(fresh.clientId, entry.sequence),
      isKept: false,
      isUnseen: !ports.isTyped(entry.operations),
      commitVersion: undefined,
    }));
    for (const write of lost) loseToLog(write);
    replaceOutbox();
  }

  /** One that storage has not kept never was: its promise says so. */
  function loseToLog(write: PendingWrite): void {
    const error = new LogReplacedError();
    sent.delete(write.id);
    if (write.isKept) events.onRejected(write, error);
    else settle(write.ordinal)?.reject(error);
  }

  /** All that is there goes into storage at once, in place of all that it holds. */
  function replaceOutbox(): void {
    const taken = writes;
    const { secret } = known();
    line.begin(
      () => storage.clear(secret, taken.map(entryOf)),
      () => {
        isLogLeft = false;
        refreshStorage();
        for (const write of taken) onKept(write);
        keepNext();
      },
      (cause) => {
        isStale = true;
        logger.error(`The client's storage failed to take a fresh id: ${String(cause)}`);
        const first = writes.find(({ ordinal }) => promises.has(ordinal));
        if (first !== undefined) lose(first.ordinal, new StorageError('keep a write', cause));
        events.onForkFailed();
      },
    );
  }

  /** Operations on rows that were seen as another client, called by what they are called now, or why there is no such row any more. */
  function broughtUpToDate(operations: readonly Operation[], begunAs: string, own: string): readonly Operation[] | Error {
    const present = known().clientId;
    let renamed = operations;
    let clientId = begunAs;
    while (clientId !== present) {
      const fork = forks.get(clientId);
      if (fork === undefined) return new WriteDiscardedError();
      const { renamed: names } = fork;
      const isGone = (operation: Operation): boolean =>
        operation.kind !== 'insert' && operation.generation !== own && !isRenamed(operation, names);
      if (fork.isLogReplaced && renamed.some(isGone)) return new LogReplacedError();
      renamed = renamed.map((operation) => renamedOperation(operation, fork.renamed));
      clientId = fork.to;
    }
    return renamed;
  }

  function clearStorage(promise: WritePromise): void {
    const { secret } = known();
    isUncleared = true;
    const work = async (): Promise<void> => {
      try {
        await storage.clear(secret, []);
      } catch (cause) {
        const error = new StorageError('clear itself', cause);
        promise.reject(error);
        throw error;
      }
      promise.resolve();
    };
    const onDone = (): void => {
      isUncleared = false;
      refreshStorage();
      keepNext();
    };
    // Nothing was kept since, so all that there is was lost; the next write, or the next acceptance, asks storage to clear itself again.
    line.begin(work, onDone, (cause) => {
      isStale = true;
      logger.error(`The client's storage failed to clear itself: ${errorText(cause)}`);
      lose(0, new StorageError('clear itself', cause));
    });
  }

  /** It has cleared itself. What it was asked to keep in between it was not to keep. */
  function refreshStorage(): void {
    if (!isStale) return;
    isStale = false;
    events.onClearedAtLast();
  }

  /** Undefined for a write that is not in the outbox: answered twice, or never sent. */
  function find(sequence: number): PendingWrite | undefined {
    return writes.find((write) => write.sequence === sequence && write.isKept && isUnanswered(write));
  }

  /** Answered: it leaves storage, and nobody sends it again. */
  function dequeue({ id }: PendingWrite): void {
    sent.delete(id);
    const drop = async (): Promise<void> => storage.dequeue(id);
    // Harmless: after a restart the write is sent again and, being known, answered as before without effect.
    heard.whenKept(() => {
      drop().catch((error: unknown) => logger.warn(`The client's storage failed to forget a write: ${errorText(error)}`));
    });
  }

  function sendOne({ sequence, id, operations }: PendingWrite, send: (frame: ClientFrame) => void): void {
    send({ type: 'write', sequence, id, resent: sent.has(id), answered: answered(), operations });
    sent.add(id);
  }

  return {
    identify: identity.whenKnown,
    add: (operationsOf, begunAs, promise) => {
      const generation = generationOf(known().clientId, nextSequence);
      const operations = broughtUpToDate(operationsOf(generation), begunAs, generation);
      if (operations instanceof Error) {
        promise.reject(operations);
        return;
      }
      const entry = { sequence: nextSequence, id: freshWriteId(random), operations };
      if (isTooLong(longestFrame(entry), ports)) throw new InvalidValueError(`a write may take ${frameBytesMax} bytes at most`);
      const write = pendingOf(entry, false);
      promises.set(write.ordinal, promise);
      writes = [...writes, write];
      nextSequence += 1;
      events.onChange(operations);
      keepNext();
    },
    writes: () => writes,
    pendingCount: () => (identity.self() === undefined ? undefined : writes.filter(isUnanswered).length),
    send: sendOne,
    sendAll: (send) => {
      keepNext();
      for (const write of writes) {
        if (write.isKept && isUnanswered(write)) sendOne(write, send);
      }
    },
    acknowledge: (sequence, version) => {
      const write = find(sequence);
      if (write === undefined) return;
      lastAcknowledgedOrdinal = write.ordinal;
      dequeue(write);
      events.onAcknowledged(replace(write, { commitVersion: version }));
      events.onChange(write.operations);
    },
    reject: (sequence, error) => {
      const write = find(sequence);
      if (write === undefined) return;
      writes = writes.filter((candidate) => candidate !== write);
      dequeue(write);
      const isUnknown = error.name === 'WriteOutcomeUnknownError';
      events.onRejected(write, isUnknown ? new WriteOutcomeUnknownError(error.message) : new RemoteError(error));
      events.onChange(write.operations);
    },
    fork: (sequence) => {
      if (isForkDue || find(sequence) === undefined) return;
      isForkDue = true;
      keepNext();
    },
    answered,
    lastAcknowledgedOrdinal: () => lastAcknowledgedOrdinal,
    forgetUnless: (isNeeded) => {
      if (writes.every(isUnanswered)) return;
      writes = writes.filter((write) => isUnanswered(write) || isNeeded(write));
    },
    clear: (promise) => {
      const unkept = writes.filter(({ isKept }) => !isKept);
      identity.take(identity.fresh());
      forks.clear();
      sent.clear();
      writes = [];
      nextSequence = 1;
      isForkDue = false;
      isLogLeft = false;
      for (const { ordinal } of unkept) settle(ordinal)?.reject(new WriteDiscardedError());
      clearStorage(promise);
    },
    isStale: () => isStale,
    leaveLog,
  };
}
