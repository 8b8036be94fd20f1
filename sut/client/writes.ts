/** Local writes: which are taken, which reject, and at which moment they take effect (W1, W3, W4). */
import type { Attributes } from '../../vocabulary/values.ts';
import type { Bounds } from '../protocol/bounds.ts';
import { rowSeen } from './local-rows.ts';
import type { Outbox } from './outbox.ts';
import type { Subscriptions } from './subscriptions.ts';
import { createTransaction, type Transaction, type TransactionDraft } from './transaction.ts';
import type { Turns } from './turns.ts';

export interface Writes {
  /** The row is whole and its `id` a string. Resolves when storage holds the write. */
  insert(collection: string, id: string, attributes: Attributes): Promise<void>;
  /** `change` is given the row as the client shows it and tells what changes; what it throws rejects the promise. */
  update(collection: string, id: string, change: (row: Attributes) => Attributes): Promise<void>;
  delete(collection: string, id: string): Promise<void>;
  /** One write of all operations that the callback makes, at the call or, for a callback that returns a promise, when that resolves. */
  transact<Result>(callback: (transaction: Transaction) => Result | PromiseLike<Result>): Promise<Result>;
}

interface Settle<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

function isPromise<Result>(value: Result | PromiseLike<Result>): value is PromiseLike<Result> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

export function createWrites(turns: Turns, outbox: Outbox, subscriptions: Subscriptions, bounds: Bounds): Writes {
  /** Takes effect at once where the client knows itself already, which is but a moment after its construction. */
  function transact<Result>(callback: (transaction: Transaction) => Result | PromiseLike<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const settle = { resolve, reject };
      turns.run(() => outbox.identify(({ clientId }) => gather(callback, clientId, settle), reject));
    });
  }

  function gather<Result>(
    callback: (transaction: Transaction) => Result | PromiseLike<Result>,
    clientId: string,
    settle: Settle<Result>,
  ): void {
    const draft = createTransaction(
      (staged, collection, id) => rowSeen(subscriptions.all(), [...outbox.writes(), staged], collection, id),
      bounds,
    );
    const commit = (result: Result): void => settleBy(draft, settle, () => add(draft, clientId, result, settle));
    const giveUp = (error: unknown): void =>
      settleBy(draft, settle, () => {
        throw error;
      });
    try {
      const result = callback(draft.transaction);
      if (isPromise(result)) {
        result.then(
          (value) => turns.run(() => commit(value)),
          (error: unknown) => turns.run(() => giveUp(error)),
        );
      } else commit(result);
    } catch (error) {
      giveUp(error);
    }
  }

  function settleBy<Result>(draft: TransactionDraft, { reject }: Settle<Result>, work: () => void): void {
    try {
      draft.end();
      work();
    } catch (error) {
      reject(error);
    }
  }

  function add<Result>(draft: TransactionDraft, begunAs: string, result: Result, { resolve, reject }: Settle<Result>): void {
    if (draft.isEmpty()) {
      resolve(result);
      return;
    }
    outbox.identify(() => outbox.add(draft.operations, begunAs, { resolve: () => resolve(result), reject }), reject);
  }

  return {
    insert: (collection, id, attributes) => transact(({ insert }) => insert(collection, id, attributes)),
    update: (collection, id, change) => transact(({ update }) => update(collection, id, change)),
    delete: (collection, id) => transact((transaction) => transaction.delete(collection, id)),
    transact,
  };
}
