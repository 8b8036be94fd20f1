/**
 * The client's writes (W1, W4, W5): numbered in the order of the calls, kept by storage one after the other, sent,
 * acknowledged or rejected, or discarded by `clear` (K1). A write stays here, acknowledged, while some subscription has
 * not reached its commit.
 */
import { type FrameLimits, isTooLong } from '../protocol/codec.ts';
import { errorText } from '../protocol/error-text.ts';
import type { ClientFrame, Operation } from '../protocol/frames.ts';
import { InvalidValueError, RemoteError, StorageError, WriteDiscardedError } from './errors.ts';
import { createIdentity, type StoragePorts } from './identity.ts';
import type { PendingWrite } from './pending-writes.ts';
import type { CachedResult, StoredClient } from './storage.ts';
import { createStorageLine } from './storage-line.ts';

export interface OutboxEvents {
  /** Storage has been read; what else it held is this. Told before `onChange`. */
  onLoaded(cache: readonly CachedResult[]): void;
  /** The writes differ: some came, went, or were acknowledged. */
  onChange(operations: readonly Operation[]): void;
  /** Storage holds the write: it may be sent. */
  onKept(write: PendingWrite): void;
  onAcknowledged(write: PendingWrite): void;
  onRejected(write: PendingWrite, error: Error): void;
}
export interface WritePromise {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface Outbox {
  /** Calls back with the client's id, at once where it is known; after a failure the next call tries again. */
  identify(onKnown: (clientId: string) => void, onFailed: (error: Error) => void): void;
  /**
   * Only for a client that is identified. `operationsOf` is given the write's own generation. The promise settles when
   * storage has answered. @throws InvalidValueError for a write that no server would take: it would bar the way for good
   */
  add(operationsOf: (generation: string) => readonly Operation[], promise: WritePromise): void;
  /** In order; acknowledged ones that are still remembered included. */
  writes(): readonly PendingWrite[];
  /** Every write that storage holds and that was not acknowledged. */
  sendAll(send: (frame: ClientFrame) => void): void;
  acknowledge(sequence: number, version: number): void;
  reject(sequence: number, error: { readonly name: string; readonly message: string }): void;
  lastAcknowledgedSequence(): number;
  /** Forgets acknowledged writes that nobody needs any more. */
  forgetUnless(isNeeded: (write: PendingWrite) => boolean): void;
  /** Only for a client that is identified: begins anew under a fresh id. The promise settles when storage has done so. */
  clear(promise: WritePromise): void;
}

export function writeFrame({ sequence, operations }: PendingWrite): ClientFrame {
  return { type: 'write', sequence, operations };
}

export function createOutbox(ports: StoragePorts & FrameLimits, events: OutboxEvents): Outbox {
  const { storage, turns, logger, frameBytesMax } = ports;
  const identity = createIdentity(ports, onLoaded);
  const line = createStorageLine(turns);
  const promises = new Map<number, WritePromise>();
  let writes: readonly PendingWrite[] = [];
  let nextSequence = 1;
  let lastAcknowledgedSequence = 0;
  /** Storage still holds what `clear` was to forget: before it has done so nothing new can be kept there. */
  let isUncleared = false;

  function knownId(): string {
    const clientId = identity.clientId();
    if (clientId === undefined) throw new Error('the client is not identified yet');
    return clientId;
  }

  const generationOf = (sequence: number): string => `${knownId()}:${sequence}`;

  function onLoaded(stored: StoredClient): void {
    nextSequence = stored.nextSequence;
    lastAcknowledgedSequence = (stored.outbox[0]?.sequence ?? nextSequence) - 1;
    writes = stored.outbox.map((entry) => ({
      ...entry,
      generation: generationOf(entry.sequence),
      isKept: true,
      commitVersion: undefined,
    }));
    events.onLoaded(stored.cache);
    events.onChange(writes.flatMap((write) => write.operations));
  }

  function replace(write: PendingWrite, change: Partial<PendingWrite>): PendingWrite {
    const changed = { ...write, ...change };
    writes = writes.map((candidate) => (candidate === write ? changed : candidate));
    return changed;
  }

  function keepNext(): void {
    const write = writes.find((candidate) => !candidate.isKept);
    if (write === undefined || line.isBusy()) return;
    if (isUncleared) clearStorage({ resolve: () => {}, reject: () => {} });
    else keep(write);
  }

  function keep(write: PendingWrite): void {
    const { sequence, operations } = write;
    line.begin(
      () => storage.enqueue({ sequence, operations }),
      () => onKept(write),
      (cause) => lose(sequence, new StorageError('keep a write', cause)),
    );
  }

  function onKept(write: PendingWrite): void {
    settle(write.sequence)?.resolve();
    events.onKept(replace(write, { isKept: true }));
    keepNext();
  }

  /** The write and those after it, which may rest on it, never were: their numbers are free again. */
  function lose(firstSequence: number, error: StorageError): void {
    const lost = writes.filter(({ sequence }) => sequence >= firstSequence);
    writes = writes.filter(({ sequence }) => sequence < firstSequence);
    nextSequence = firstSequence;
    for (const { sequence } of lost) settle(sequence)?.reject(error);
    events.onChange(lost.flatMap(({ operations }) => operations));
  }

  function settle(sequence: number): WritePromise | undefined {
    const promise = promises.get(sequence);
    promises.delete(sequence);
    return promise;
  }

  function clearStorage(promise: WritePromise): void {
    const clientId = knownId();
    isUncleared = true;
    const work = async (): Promise<void> => {
      try {
        await storage.clear(clientId);
      } catch (cause) {
        const error = new StorageError('clear itself', cause);
        promise.reject(error);
        throw error;
      }
      promise.resolve();
    };
    const onDone = (): void => {
      isUncleared = false;
      keepNext();
    };
    // Nothing was kept since, so all that there is was lost; the next write asks storage to clear itself again.
    line.begin(work, onDone, (cause) => lose(1, new StorageError('clear itself', cause)));
  }

  /** Undefined for a write that is not in the outbox: answered twice, or never sent. */
  function find(sequence: number): PendingWrite | undefined {
    return writes.find((write) => write.sequence === sequence && write.isKept && write.commitVersion === undefined);
  }

  function dequeue(sequence: number): void {
    const drop = async (): Promise<void> => storage.dequeue(sequence);
    // Harmless: after a restart the write is sent again and, being known, answered as before without effect.
    drop().catch((error: unknown) => logger.warn(`The client's storage failed to forget a write: ${errorText(error)}`));
  }

  return {
    identify: identity.whenKnown,
    add: (operationsOf, promise) => {
      const generation = generationOf(nextSequence);
      const operations = operationsOf(generation);
      const write: PendingWrite = { sequence: nextSequence, generation, operations, isKept: false, commitVersion: undefined };
      if (isTooLong(writeFrame(write), ports)) throw new InvalidValueError(`a write may take ${frameBytesMax} bytes at most`);
      promises.set(nextSequence, promise);
      writes = [...writes, write];
      nextSequence += 1;
      events.onChange(operations);
      keepNext();
    },
    writes: () => writes,
    sendAll: (send) => {
      for (const write of writes) {
        if (write.isKept && write.commitVersion === undefined) send(writeFrame(write));
      }
    },
    acknowledge: (sequence, version) => {
      const write = find(sequence);
      if (write === undefined) return;
      lastAcknowledgedSequence = sequence;
      dequeue(sequence);
      events.onAcknowledged(replace(write, { commitVersion: version }));
      events.onChange(write.operations);
    },
    reject: (sequence, error) => {
      const write = find(sequence);
      if (write === undefined) return;
      writes = writes.filter((candidate) => candidate !== write);
      dequeue(sequence);
      events.onRejected(write, new RemoteError(error));
      events.onChange(write.operations);
    },
    lastAcknowledgedSequence: () => lastAcknowledgedSequence,
    forgetUnless: (isNeeded) => {
      if (writes.every((write) => write.commitVersion === undefined)) return;
      writes = writes.filter((write) => write.commitVersion === undefined || isNeeded(write));
    },
    clear: (promise) => {
      const unkept = writes.filter(({ isKept }) => !isKept);
      identity.renew();
      writes = [];
      nextSequence = 1;
      lastAcknowledgedSequence = 0;
      for (const { sequence } of unkept) settle(sequence)?.reject(new WriteDiscardedError());
      clearStorage(promise);
    },
  };
}
