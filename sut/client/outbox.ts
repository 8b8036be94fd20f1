/**
 * The client's identity and its writes (W1, W5): numbered in the order of the calls, kept by storage one after the
 * other, sent, acknowledged. A write stays here, acknowledged, while some subscription has not reached its commit.
 */
import type { ClientFrame, Operation } from '../protocol/frames.ts';
import type { Logger, Random } from '../runtime/ports.ts';
import { RemoteError, StorageError } from './errors.ts';
import type { PendingWrite } from './pending-writes.ts';
import type { ClientStorage, StoredClient } from './storage.ts';
import type { Turns } from './turns.ts';

export interface OutboxPorts {
  readonly storage: ClientStorage;
  readonly random: Random;
  readonly logger: Logger;
  readonly turns: Turns;
}
export interface OutboxEvents {
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
  /** Only for a client that is identified. The promise settles when storage has answered. */
  add(operations: readonly Operation[], promise: WritePromise): void;
  /** In order; acknowledged ones that are still remembered included. */
  writes(): readonly PendingWrite[];
  /** Every write that storage holds and that was not acknowledged. */
  sendAll(send: (frame: ClientFrame) => void): void;
  acknowledge(sequence: number, version: number): void;
  reject(sequence: number, error: { readonly name: string; readonly message: string }): void;
  lastAcknowledgedSequence(): number;
  /** Forgets acknowledged writes that nobody needs any more. */
  forgetUnless(isNeeded: (write: PendingWrite) => boolean): void;
}

export function writeFrame({ sequence, operations }: PendingWrite): ClientFrame {
  return { type: 'write', sequence, operations };
}

type Identity = { readonly at: 'loading' } | { readonly at: 'known'; readonly clientId: string } | { readonly at: 'failed' };

export function createOutbox(ports: OutboxPorts, events: OutboxEvents): Outbox {
  const { storage, turns, logger } = ports;
  const promises = new Map<number, WritePromise>();
  let identity: Identity = { at: 'loading' };
  let waiting: { readonly onKnown: (clientId: string) => void; readonly onFailed: (error: Error) => void }[] = [];
  let writes: readonly PendingWrite[] = [];
  let nextSequence = 1;
  let lastAcknowledgedSequence = 0;
  let isKeeping = false;

  async function loadOrBegin(): Promise<StoredClient> {
    const stored = await storage.load();
    if (stored !== undefined) return stored;
    const clientId = ports.random.uuid();
    await storage.identify(clientId);
    return { clientId, outbox: [], nextSequence: 1 };
  }

  function load(): void {
    identity = { at: 'loading' };
    loadOrBegin().then(
      (stored) => turns.run(() => onLoaded(stored)),
      (error: unknown) => turns.run(() => onLoadFailed(new StorageError('load', error))),
    );
  }

  function onLoaded(stored: StoredClient): void {
    const { clientId } = stored;
    identity = { at: 'known', clientId };
    nextSequence = stored.nextSequence;
    lastAcknowledgedSequence = (stored.outbox[0]?.sequence ?? nextSequence) - 1;
    writes = stored.outbox.map((entry) => ({
      ...entry,
      generation: `${clientId}:${entry.sequence}`,
      isKept: true,
      commitVersion: undefined,
    }));
    events.onChange(writes.flatMap((write) => write.operations));
    for (const { onKnown } of takeWaiting()) onKnown(clientId);
  }

  function onLoadFailed(error: StorageError): void {
    identity = { at: 'failed' };
    logger.error(`${error.message} ${String(error.cause)}`);
    for (const { onFailed } of takeWaiting()) onFailed(error);
  }

  function takeWaiting(): typeof waiting {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  function replace(write: PendingWrite, change: Partial<PendingWrite>): PendingWrite {
    const changed = { ...write, ...change };
    writes = writes.map((candidate) => (candidate === write ? changed : candidate));
    return changed;
  }

  /** One at a time, so that after a failure none that follows has been kept. */
  function keepNext(): void {
    const write = writes.find((candidate) => !candidate.isKept);
    if (write === undefined || isKeeping) return;
    isKeeping = true;
    keep(write).then(
      () => turns.run(() => onKept(write)),
      (error: unknown) => turns.run(() => onNotKept(write, new StorageError('keep a write', error))),
    );
  }

  async function keep({ sequence, operations }: PendingWrite): Promise<void> {
    await storage.enqueue({ sequence, operations });
  }

  function onKept(write: PendingWrite): void {
    isKeeping = false;
    settle(write.sequence)?.resolve();
    events.onKept(replace(write, { isKept: true }));
    keepNext();
  }

  /** The write and those after it, which may rest on it, never were: their numbers are free again. */
  function onNotKept(write: PendingWrite, error: StorageError): void {
    isKeeping = false;
    const lost = writes.filter((candidate) => candidate.sequence >= write.sequence);
    writes = writes.filter((candidate) => candidate.sequence < write.sequence);
    nextSequence = write.sequence;
    for (const { sequence } of lost) settle(sequence)?.reject(error);
    events.onChange(lost.flatMap((candidate) => candidate.operations));
  }

  function settle(sequence: number): WritePromise | undefined {
    const promise = promises.get(sequence);
    promises.delete(sequence);
    return promise;
  }

  /** Undefined for a write that is not in the outbox: acknowledged twice, or never sent. */
  function find(sequence: number): PendingWrite | undefined {
    return writes.find((write) => write.sequence === sequence && write.isKept && write.commitVersion === undefined);
  }

  function dequeue(sequence: number): void {
    const drop = async (): Promise<void> => storage.dequeue(sequence);
    // Harmless: after a restart the write is sent again and, being known, acknowledged without effect.
    drop().catch((error: unknown) => logger.warn(`The client's storage failed to forget a write: ${String(error)}`));
  }

  load();
  return {
    identify: (onKnown, onFailed) => {
      if (identity.at === 'known') return onKnown(identity.clientId);
      waiting.push({ onKnown, onFailed });
      if (identity.at === 'failed') load();
    },
    add: (operations, promise) => {
      if (identity.at !== 'known') throw new Error('a write before the client is identified');
      const sequence = nextSequence;
      nextSequence += 1;
      promises.set(sequence, promise);
      const generation = `${identity.clientId}:${sequence}`;
      writes = [...writes, { sequence, generation, operations, isKept: false, commitVersion: undefined }];
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
  };
}
