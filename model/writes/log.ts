/** Rows and what a write does to them (W3): the same naive function for the log at the server and for pending writes at a client. */
import type { Row } from '../../vocabulary/values.ts';
import type { Change } from './changes.ts';

export interface StoredRow {
  readonly generation: string;
  readonly row: Row;
}
/** Keyed by `collection/id`. */
export type Rows = Readonly<Record<string, StoredRow>>;

/** Names whichever generation lives: of a delete that did not see the row (a profile). */
export const anyGeneration = '*';

export function keyOf(collection: string, id: string): string {
  return `${collection}/${id}`;
}

/** An insert begins a generation; an update or delete counts only where the generation it names is the living one. */
export function apply(rows: Rows, change: Change): Rows {
  const key = keyOf(change.collection, change.id);
  const present = rows[key];
  switch (change.kind) {
    case 'insert':
      return { ...rows, [key]: { generation: change.generation, row: change.row } };
    case 'update':
      if (present === undefined || present.generation !== change.generation) return rows;
      return { ...rows, [key]: { generation: present.generation, row: { ...present.row, ...change.changes, id: change.id } } };
    case 'delete': {
      if (present === undefined || (present.generation !== change.generation && change.generation !== anyGeneration)) return rows;
      const { [key]: _gone, ...rest } = rows;
      return rest;
    }
  }
}

export function applyAll(rows: Rows, changes: readonly Change[]): Rows {
  return changes.reduce(apply, rows);
}

export function rowsOf(rows: Rows, collection: string): readonly Row[] {
  return Object.keys(rows)
    .filter((key) => key.startsWith(`${collection}/`))
    .flatMap((key) => rows[key]?.row ?? []);
}

/** The versions that the seeded log makes, the empty one first. */
export function seededVersions(seeded: Readonly<Record<string, readonly Row[]>>): readonly Rows[] {
  const versions: Rows[] = [{}];
  let rows: Rows = {};
  for (const collection of Object.keys(seeded)) {
    for (const row of seeded[collection] ?? []) {
      rows = apply(rows, { kind: 'insert', collection, id: row.id, generation: `seed:${versions.length}`, row });
      versions.push(rows);
    }
  }
  return versions;
}
