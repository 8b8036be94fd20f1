/** A client's storage, listened to: what it keeps, what it fails at, and when it has cleared itself (W1, K1, K2, K3). */
import type { Action } from '../../model/index.ts';
import type { ClientStorage } from '../../sut/client/storage.ts';
import type { Judge } from './judge.ts';
import { queryOfText } from './query-text.ts';

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
  /** What failed and has not gone well since: of that the model is told when it does. */
  const failing = new Set<string>();
  let failedClear = 0;
  // A write belongs to the client id under which it was handed over, whatever happens until it is kept.
  let epoch = 1;

  async function watch(work: () => Promise<void>, done: Action, failed: Action): Promise<void> {
    underWay.add(done);
    try {
      await work();
      if (isAlive()) judge.tell(done);
    } catch (problem) {
      if (isAlive()) judge.tell(failed);
      throw problem;
    } finally {
      underWay.delete(done);
    }
  }

  /** `what` names it. Going well is told where it failed the last time. */
  async function watchFailures<Result>(
    what: string,
    work: () => Promise<Result>,
    failed: () => Action,
    atLast: (() => Action) | null,
  ): Promise<Result> {
    try {
      const result = await work();
      if (failing.delete(what) && atLast !== null && isAlive()) judge.tell(atLast());
      return result;
    } catch (problem) {
      if (atLast !== null) failing.add(what);
      if (isAlive()) judge.tell(failed());
      throw problem;
    }
  }

  const loadFailed = (): Action => ({ kind: 'loadFailed', client });
  const loadedAtLast = (): Action => ({ kind: 'loadedAtLast', client });
  return {
    storage: {
      load: () =>
        watchFailures(
          'load',
          async () => {
            const stored = await storage.load();
            if (stored?.format === 2) epoch = epochOf(epochs, stored.secret);
            return stored;
          },
          loadFailed,
          loadedAtLast,
        ),
      identify: async (secret) => {
        await watchFailures('identify', () => storage.identify(secret), loadFailed, loadedAtLast);
        epoch = epochOf(epochs, secret);
      },
      replace: async (secret, outbox) => {
        const fresh = epochOf(epochs, secret);
        const facts = { client, epoch: fresh };
        judge.tell({ kind: 'forkBegan', ...facts });
        await watch(() => storage.replace(secret, outbox), { kind: 'forkKept', ...facts }, { kind: 'forkFailed', ...facts });
        // Behind a clear, what follows is of the id that this took.
        if (fresh > epoch) epoch = fresh;
      },
      enqueue: (entry) => {
        const { sequence } = entry;
        const facts = { client, epoch, sequence };
        return watch(() => storage.enqueue(entry), { kind: 'stored', ...facts }, { kind: 'notStored', ...facts });
      },
      dequeue: (id) =>
        watchFailures(
          `write ${id}`,
          () => storage.dequeue(id),
          () => ({ kind: 'notForgotten', client, id }),
          null,
        ),
      remember: (result) =>
        watchFailures(
          `query ${result.query}`,
          () => storage.remember(result),
          () => ({ kind: 'notRemembered', client, query: queryOfText(result.query) }),
          () => ({ kind: 'rememberedAtLast', client, query: queryOfText(result.query) }),
        ),
      forget: storage.forget,
      hear: (heard) =>
        watchFailures(
          'hear',
          () => storage.hear(heard),
          () => ({ kind: 'notHeard', client }),
          () => ({ kind: 'heardAtLast', client }),
        ),
      clear: async (secret, outbox) => {
        epoch = epochOf(epochs, secret);
        const facts = { client, epoch };
        if (failedClear === epoch) judge.tell({ kind: 'clearBeganAgain', ...facts });
        try {
          await watch(() => storage.clear(secret, outbox), { kind: 'cleared', ...facts }, { kind: 'clearFailed', ...facts });
        } catch (problem) {
          failedClear = facts.epoch;
          throw problem;
        }
      },
    },
    tellDone: () => {
      for (const done of underWay) judge.tell(done);
    },
  };
}
