/** A client's storage, listened to: what it keeps, what it fails to keep, and when it has cleared itself (W1, K1, K2). */
import type { Action } from '../../model/index.ts';
import type { ClientStorage } from '../../sut/client/storage.ts';
import type { Judge } from './judge.ts';

export interface ObservedStorage {
  readonly storage: ClientStorage;
  /** The process is dead and what was under way was done all the same. */
  readonly tellDone: () => void;
}

/** The number of each secret that a client has had: each `clear()` and each fork begin another (K1, W1); the first is 1. It outlives the client's processes. */
export type Epochs = Map<string, number>;

function epochOf(epochs: Epochs, secret: string): number {
  const epoch = epochs.get(secret) ?? epochs.size + 1;
  epochs.set(secret, epoch);
  return epoch;
}

export function observeClientStorage(
  storage: ClientStorage,
  client: string,
  epochs: Epochs,
  judge: Judge,
  isAlive: () => boolean,
): ObservedStorage {
  const underWay = new Set<Action>();
  // A write belongs to the client id under which it was handed over, whatever happens until it is kept.
  let epoch = 1;

  async function watch(work: () => Promise<void>, done: Action, failed: Action | null): Promise<void> {
    underWay.add(done);
    try {
      await work();
      if (isAlive()) judge.tell(done);
    } catch (problem) {
      if (isAlive() && failed !== null) judge.tell(failed);
      throw problem;
    } finally {
      underWay.delete(done);
    }
  }

  return {
    storage: {
      ...storage,
      load: async () => {
        const stored = await storage.load();
        if (stored?.format === 2) epoch = epochOf(epochs, stored.secret);
        return stored;
      },
      identify: (secret) => {
        epoch = epochOf(epochs, secret);
        return storage.identify(secret);
      },
      replace: async (secret, outbox) => {
        const fresh = epochOf(epochs, secret);
        judge.tell({ kind: 'forkBegan', client, epoch: fresh });
        await watch(() => storage.replace(secret, outbox), { kind: 'forkKept', client, epoch: fresh }, null);
        // Behind a clear, what follows is of the id that this took.
        if (fresh > epoch) epoch = fresh;
      },
      enqueue: (entry) => {
        const { sequence } = entry;
        const facts = { client, epoch, sequence };
        return watch(() => storage.enqueue(entry), { kind: 'stored', ...facts }, { kind: 'notStored', ...facts });
      },
      clear: (secret, outbox) => {
        epoch = epochOf(epochs, secret);
        return watch(() => storage.clear(secret, outbox), { kind: 'cleared', client, epoch }, null);
      },
    },
    tellDone: () => {
      for (const done of underWay) judge.tell(done);
    },
  };
}
