/**
 * What the first entries of a log say, in the place of these entries (W2): plain data, and what it takes to bring an older snapshot up to
 * date. A compaction says of each thing that changed what it is now, so that it costs what changed, and to take it twice is to take it once.
 */
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { Rejection } from './rejection.ts';

export interface Snapshot {
  /** That of the last entry that it stands for. */
  readonly version: number;
  /** Each that was pushed, once, in the order in which they were current last: the last one is. */
  readonly schemas: readonly PushedSchema[];
  /** Dead rows are not among them: a generation that no row bears is dead (W3). */
  readonly rows: readonly SnapshotRow[];
  /** Every client id that ever wrote. */
  readonly clients: readonly SnapshotClient[];
  /** All of them, in order: whoever heard one is judged by where it ended. */
  readonly incarnations: readonly NumberedIncarnation[];
}

export interface PushedSchema {
  /** Which push it came by last, counted from 1. */
  readonly number: number;
  readonly schema: PlainSchema;
}
export interface SnapshotRow extends StoredRow {
  readonly collection: string;
  readonly id: string;
}
export interface SnapshotClient {
  readonly clientId: string;
  readonly lastSequence: number;
  /** Up to which number its writes in the log say that it was answered. */
  readonly answered: number;
  /** By number; as many of the latest as the server remembers. */
  readonly writes: readonly RememberedWrite[];
}
export interface RememberedWrite {
  readonly sequence: number;
  readonly id: string;
  readonly version: number;
  /** null: it was committed. */
  readonly error: Rejection | null;
}
export interface NumberedIncarnation {
  /** Counted from 1. */
  readonly number: number;
  readonly id: string;
  readonly version: number;
}

/** What is new since the last snapshot. */
export interface Compaction {
  /** That of the last entry of the log. */
  readonly version: number;
  readonly schemas: readonly PushedSchema[];
  readonly rows: readonly CompactedRow[];
  readonly clients: readonly CompactedClient[];
  readonly incarnations: readonly NumberedIncarnation[];
}
export interface CompactedRow {
  readonly collection: string;
  readonly id: string;
  /** null: there is none. */
  readonly row: StoredRow | null;
}
export interface CompactedClient extends SnapshotClient {
  /** Writes up to that number are remembered no more. */
  readonly forgottenUpTo: number;
}

/** A snapshot that is brought up to date in place. */
export interface KeptSnapshot {
  take(compaction: Compaction): void;
  /** null where there is none. */
  read(): Snapshot | null;
}

interface KeptClient {
  readonly clientId: string;
  lastSequence: number;
  answered: number;
  readonly writes: Map<number, RememberedWrite>;
}

const byNumber = (one: { readonly number: number }, other: { readonly number: number }): number => one.number - other.number;

export function createKeptSnapshot(initial: Snapshot | null = null): KeptSnapshot {
  let version: number | null = null;
  const schemas = new Map<string, PushedSchema>();
  const rows = new Map<string, SnapshotRow>();
  const clients = new Map<string, KeptClient>();
  const incarnations = new Map<number, NumberedIncarnation>();

  function takeRow({ collection, id, row }: CompactedRow): void {
    const name = JSON.stringify([collection, id]);
    if (row === null) rows.delete(name);
    else rows.set(name, { collection, id, generation: row.generation, attributes: row.attributes });
  }

  function takeClient({ clientId, lastSequence, answered, forgottenUpTo, writes }: CompactedClient): void {
    const client = clients.get(clientId) ?? { clientId, lastSequence, answered, writes: new Map<number, RememberedWrite>() };
    clients.set(clientId, client);
    client.lastSequence = lastSequence;
    client.answered = answered;
    for (const write of writes) client.writes.set(write.sequence, write);
    for (const sequence of client.writes.keys()) if (sequence <= forgottenUpTo) client.writes.delete(sequence);
  }

  function take(compaction: Compaction): void {
    version = compaction.version;
    for (const pushed of compaction.schemas) schemas.set(JSON.stringify(pushed.schema), pushed);
    for (const row of compaction.rows) takeRow(row);
    for (const client of compaction.clients) takeClient(client);
    for (const incarnation of compaction.incarnations) incarnations.set(incarnation.number, incarnation);
  }

  if (initial !== null) {
    take({
      ...initial,
      rows: initial.rows.map(({ collection, id, generation, attributes }) => ({ collection, id, row: { generation, attributes } })),
      clients: initial.clients.map((client) => ({ ...client, forgottenUpTo: 0 })),
    });
  }

  return {
    take,
    read: () =>
      version === null
        ? null
        : {
            version,
            schemas: [...schemas.values()].sort(byNumber),
            rows: [...rows.values()],
            clients: [...clients.values()].map((client) => ({ ...client, writes: [...client.writes.values()] })),
            incarnations: [...incarnations.values()].sort(byNumber),
          },
  };
}
