/**
 * Operations on their way to be one write (W4): each sees what the client shows with the ones before it on top. Where
 * one fails the whole has failed, even if the callback goes on.
 */
import type { Attributes } from '../../vocabulary/values.ts';
import type { BoundName, Bounds } from '../protocol/bounds.ts';
import type { Operation } from '../protocol/frames.ts';
import { boundBrokenByInsert, boundBrokenByUpdate, bytesOf, createWrittenBytes } from '../protocol/row-bounds.ts';
import type { StoredRow } from '../query/types.ts';
import { EntityNotFoundError, LimitExceededError, TransactionEndedError } from './errors.ts';
import type { PendingWrite } from './pending-writes.ts';

export interface Transaction {
  /** The row is whole and its `id` a string. */
  insert(collection: string, id: string, attributes: Attributes): void;
  /** `change` is given the row as the transaction sees it and tells what changes. */
  update(collection: string, id: string, change: (row: Attributes) => Attributes): void;
  delete(collection: string, id: string): void;
  /** Whatever `work` throws fails the whole. */
  attempt<Result>(work: () => Result): Result;
}

export interface TransactionDraft {
  readonly transaction: Transaction;
  /** No operation is taken any more. @throws what failed first */
  end(): void;
  isEmpty(): boolean;
  /** `generation` is the one that inserts of this write begin. */
  operations(generation: string): readonly Operation[];
}

/** Stands for the generation that the write will have, which is known only when it is numbered. No generation is empty. */
const ownGeneration = '';

function withGeneration(operation: Operation, generation: string): Operation {
  return operation.kind === 'insert' || operation.generation !== ownGeneration ? operation : { ...operation, generation };
}

/** `rowSeen` looks a row up with that write on top of all others. `bounds` are those of the server. */
export function createTransaction(
  rowSeen: (staged: PendingWrite, collection: string, id: string) => StoredRow | undefined,
  bounds: Bounds,
): TransactionDraft {
  const operations: Operation[] = [];
  const staged: PendingWrite = {
    ordinal: Number.POSITIVE_INFINITY,
    sequence: Number.POSITIVE_INFINITY,
    id: '',
    generation: ownGeneration,
    operations,
    isKept: false,
    isUnseen: false,
    commitVersion: undefined,
  };
  let failure: { readonly error: unknown } | undefined;
  let isOver = false;

  function attempt<Result>(work: () => Result): Result {
    if (isOver) throw new TransactionEndedError();
    try {
      return work();
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  }

  function seen(collection: string, id: string): StoredRow {
    const row = rowSeen(staged, collection, id);
    if (row === undefined) throw new EntityNotFoundError(collection, id);
    return row;
  }

  const add = (operationOf: () => Operation): void =>
    attempt(() => {
      if (operations.length >= bounds.writeOperationsMax) throw new LimitExceededError('writeOperationsMax', bounds);
      operations.push(operationOf());
    });

  const written = createWrittenBytes();

  /** What the server would reject is refused here (B3). */
  function refuse(broken: BoundName | undefined): void {
    if (broken !== undefined) throw new LimitExceededError(broken, bounds);
  }

  function leave(collection: string, id: string, bytes: number): void {
    if (written.leave(`${collection.length}:${collection}${id}`, bytes) > bounds.writeBytesMax) refuse('writeBytesMax');
  }

  return {
    transaction: {
      insert: (collection, id, attributes) =>
        add(() => {
          const row = { ...attributes, id };
          refuse(boundBrokenByInsert(row, bounds));
          leave(collection, id, bytesOf(row));
          return { kind: 'insert', collection, id, attributes };
        }),
      update: (collection, id, change) =>
        add(() => {
          const { generation, attributes } = seen(collection, id);
          const changes = change(attributes);
          const row = { ...attributes, ...changes, id };
          refuse(boundBrokenByUpdate(attributes, changes, row, bounds));
          leave(collection, id, bytesOf(row));
          return { kind: 'update', collection, id, generation, changes };
        }),
      delete: (collection, id) =>
        add(() => {
          const { generation } = seen(collection, id);
          leave(collection, id, 0);
          return { kind: 'delete', collection, id, generation };
        }),
      attempt,
    },
    end: () => {
      isOver = true;
      if (failure !== undefined) throw failure.error;
    },
    isEmpty: () => operations.length === 0,
    operations: (generation) => operations.map((operation) => withGeneration(operation, generation)),
  };
}
