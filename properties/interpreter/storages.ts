/** A client's storage, listened to: what it keeps, what it fails to keep, and when it has cleared itself (W1, K1, K2). */
import type { Action } from '../../model/index.ts';
import type { ClientStorage } from '../../sut/client/storage.ts';
import type { Judge } from './judge.ts';

export interface ObservedStorage {
  readonly storage: ClientStorage;
  /** The process is dead and what was under way was done all the same. */
  readonly tellDone: () => void;
}

export function observeClientStorage(storage: ClientStorage, client: string, judge: Judge, isAlive: () => boolean): ObservedStorage {
  const underWay = new Set<Action>();
  // A write belongs to the client id under which it was handed over, whatever happens until it is kept.
  const epoch = (): number => judge.state().clients[client]?.epoch ?? 0;

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
      enqueue: (entry) => {
        const { sequence } = entry;
        const facts = { client, epoch: epoch(), sequence };
        return watch(() => storage.enqueue(entry), { kind: 'stored', ...facts }, { kind: 'notStored', ...facts });
      },
      clear: (clientId) => watch(() => storage.clear(clientId), { kind: 'cleared', client, epoch: epoch() }, null),
    },
    tellDone: () => {
      for (const done of underWay) judge.tell(done);
    },
  };
}
