/** All rows, by collection and id; and rows that are to be, laid over those that are there. */
import type { StoredRow } from '../query/types.ts';

/** A row that was written, before and after; `undefined` where there was or is none. */
export interface RowChange {
  readonly collection: string;
  readonly id: string;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
}

export interface Rows {
  get(collection: string, id: string): StoredRow | undefined;
  /** Of a collection, by id. */
  of(collection: string): ReadonlyMap<string, StoredRow>;
  /** Those that have rows. */
  collections(): Iterable<string>;
}
export interface ChangingRows extends Rows {
  set(change: RowChange): void;
}

const noRows: ReadonlyMap<string, StoredRow> = new Map();

function put(rows: Map<string, StoredRow>, id: string, row: StoredRow | undefined): void {
  if (row === undefined) rows.delete(id);
  else rows.set(id, row);
}

export function createRows(): ChangingRows {
  const collections = new Map<string, Map<string, StoredRow>>();
  return {
    get: (collection, id) => collections.get(collection)?.get(id),
    of: (collection) => collections.get(collection) ?? noRows,
    collections: () => collections.keys(),
    set({ collection, id, after }) {
      const rows = collections.get(collection) ?? new Map<string, StoredRow>();
      put(rows, id, after);
      if (rows.size > 0) collections.set(collection, rows);
      else collections.delete(collection);
    },
  };
}

/** What is set here changes nothing underneath, and takes no more room than itself. */
export function rowsOver(base: Rows): ChangingRows {
  const changed = new Map<string, Map<string, StoredRow | undefined>>();

  /** A copy of the collection, where anything of it was changed. */
  function of(collection: string): ReadonlyMap<string, StoredRow> {
    const over = changed.get(collection);
    if (over === undefined) return base.of(collection);
    const rows = new Map(base.of(collection));
    for (const [id, row] of over) put(rows, id, row);
    return rows;
  }

  return {
    get(collection, id) {
      const over = changed.get(collection);
      return over?.has(id) === true ? over.get(id) : base.get(collection, id);
    },
    of,
    collections: () => [...new Set([...base.collections(), ...changed.keys()])].filter((collection) => of(collection).size > 0),
    set({ collection, id, after }) {
      const over = changed.get(collection) ?? new Map<string, StoredRow | undefined>();
      over.set(id, after);
      changed.set(collection, over);
    },
  };
}
