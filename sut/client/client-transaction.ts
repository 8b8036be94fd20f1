/** A transaction as its callback sees it: the operations of the client, typed and checked by the schema, returning at once. */
import type { Attributes } from '../../vocabulary/values.ts';
import { updateBy } from './draft.ts';
import type { ChangesOf, CollectionName, Collections, DraftOf, InsertOf, RowOf } from './schema/collections.ts';
import { apiRow, insertedRow, requireCollection } from './schema/shape.ts';
import type { Transaction } from './transaction.ts';

/** Whatever an operation throws fails the transaction as a whole, caught or not. After the callback: TransactionEndedError. */
export class ClientTransaction<const Schema extends Collections = Collections> {
  readonly #plain: Transaction;
  readonly #schema: Schema | undefined;
  readonly #freshId: () => string;

  constructor(plain: Transaction, schema: Schema | undefined, freshId: () => string) {
    this.#plain = plain;
    this.#schema = schema;
    this.#freshId = freshId;
  }

  /** The row as it will be. On a live id it replaces the whole row. */
  insert<const Name extends CollectionName<Schema>>(collection: Name, entity: InsertOf<Schema, Name>): RowOf<Schema, Name> {
    return this.#plain.attempt(() => {
      const row = insertedRow(this.#schema, collection, { ...entity }, this.#freshId);
      this.#plain.insert(collection, row.id, row);
      return this.#row(collection, row);
    });
  }

  /** The attributes that change, or a function that changes a draft of the row. @throws EntityNotFoundError for a row not held */
  update<const Name extends CollectionName<Schema>>(collection: Name, id: string, changes: ChangesOf<Schema, Name>): void;
  update<const Name extends CollectionName<Schema>>(
    collection: Name,
    id: string,
    change: (draft: DraftOf<Schema, Name>) => ChangesOf<Schema, Name> | undefined,
  ): void;
  update(collection: string, id: string, changes: unknown): void {
    this.#plain.attempt(() => {
      requireCollection(this.#schema, collection);
      this.#plain.update(collection, id, updateBy(changes, this.#schema, collection));
    });
  }

  /** @throws EntityNotFoundError for a row not held, or already deleted here */
  delete(collection: CollectionName<Schema>, id: string): void {
    this.#plain.attempt(() => {
      requireCollection(this.#schema, collection);
      this.#plain.delete(collection, id);
    });
  }

  /** What the schema says of a row is the compiler's knowledge; this is where it meets the plain data. */
  #row<Name extends CollectionName<Schema>>(collection: Name, row: Attributes): RowOf<Schema, Name>;
  #row(collection: string, row: Attributes): unknown {
    return apiRow(this.#schema, collection, row);
  }
}
