/** Local writes: which are taken, which reject, and which generation they name (W1, W3). */
import type { Operation } from '../protocol/frames.ts';
import type { Attributes } from '../query/types.ts';
import { EntityNotFoundError } from './errors.ts';
import { rowSeen } from './local-rows.ts';
import type { Outbox } from './outbox.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Turns } from './turns.ts';

export interface Writes {
  /** The row is whole and its `id` a string. Resolves when storage holds the write. */
  insert(collection: string, id: string, attributes: Attributes): Promise<void>;
  /** `change` is given the row as the client shows it and tells what changes; what it throws rejects the promise. */
  update(collection: string, id: string, change: (row: Attributes) => Attributes): Promise<void>;
  delete(collection: string, id: string): Promise<void>;
}

export function createWrites(turns: Turns, outbox: Outbox, subscriptions: Subscriptions): Writes {
  /** Applies at once where the client knows itself already, which is but a moment after its construction. */
  function write(operationOf: () => Operation): Promise<void> {
    return new Promise((resolve, reject) => {
      const add = (): void => {
        try {
          outbox.add([operationOf()], { resolve, reject });
        } catch (error) {
          reject(error);
        }
      };
      turns.run(() => outbox.identify(add, reject));
    });
  }

  function seen(collection: string, id: string) {
    const row = rowSeen(subscriptions.all(), outbox.writes(), collection, id);
    if (row === undefined) throw new EntityNotFoundError(collection, id);
    return row;
  }

  return {
    insert: (collection, id, attributes) => write(() => ({ kind: 'insert', collection, id, attributes })),
    update: (collection, id, change) =>
      write(() => {
        const { generation, attributes } = seen(collection, id);
        return { kind: 'update', collection, id, generation, changes: change(attributes) };
      }),
    delete: (collection, id) => write(() => ({ kind: 'delete', collection, id, generation: seen(collection, id).generation })),
  };
}
