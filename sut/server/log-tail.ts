/**
 * What the entries behind the last snapshot changed (W2): which rows, and of client ids, schemas and incarnations what is new. No entry itself
 * is kept, so that memory holds no more than that.
 */
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { RowChange } from './rows.ts';
import type { CompactedClient, Compaction, RememberedWrite } from './snapshot.ts';
import type { IncarnationEntry, LogEntry, RejectionEntry, WriteEntry } from './storage.ts';

export interface LogTail {
  /** It is in the log, as the last entry, and changed these rows. */
  note(entry: LogEntry, changes: readonly RowChange[]): void;
  /** How many entries lie behind the snapshot. */
  length(): number;
  /** What it takes to bring the snapshot up to the present. */
  compaction(present: Present): Compaction;
  /** The snapshot is: nothing lies behind it. */
  cut(): void;
}

/** What the log says by now. */
export interface Present {
  version(): number;
  /** How many schemas were pushed. */
  schemaVersion(): number;
  row(collection: string, id: string): StoredRow | undefined;
  /** Up to which number the writes of that client id that are in the log say that it was answered. */
  answeredInLog(clientId: string): number;
}

interface ChangedClient {
  lastSequence: number;
  readonly writes: Map<number, RememberedWrite>;
}

interface Changed {
  length: number;
  readonly rows: Map<string, Pick<RowChange, 'collection' | 'id'>>;
  readonly clients: Map<string, ChangedClient>;
  readonly schemas: PlainSchema[];
  readonly incarnations: IncarnationEntry[];
}

function nothing(): Changed {
  return { length: 0, rows: new Map(), clients: new Map(), schemas: [], incarnations: [] };
}

/** `begun`: how many incarnations the snapshot knows. Of each client id so many writes are remembered. */
export function createLogTail(begun: number, writeIdsKept: number): LogTail {
  let changed = nothing();
  let incarnationsBefore = begun;

  function noteWrite(entry: WriteEntry | RejectionEntry): void {
    const { clientId, sequence, id, version } = entry;
    const client = changed.clients.get(clientId) ?? { lastSequence: 0, writes: new Map<number, RememberedWrite>() };
    changed.clients.set(clientId, client);
    client.lastSequence = sequence;
    client.writes.set(sequence, { sequence, id, version, error: entry.kind === 'rejection' ? entry.error : null });
    client.writes.delete(sequence - writeIdsKept);
  }

  function clientOf(clientId: string, { lastSequence, writes }: ChangedClient, answered: number): CompactedClient {
    const forgottenUpTo = Math.max(0, lastSequence - writeIdsKept);
    return { clientId, lastSequence, answered, forgottenUpTo, writes: [...writes.values()] };
  }

  return {
    note(entry, changes) {
      changed.length += 1;
      for (const { collection, id } of changes) changed.rows.set(JSON.stringify([collection, id]), { collection, id });
      switch (entry.kind) {
        case 'write':
        case 'rejection':
          noteWrite(entry);
          break;
        case 'schema':
          changed.schemas.push(entry.schema);
          break;
        case 'incarnation':
          changed.incarnations.push(entry);
      }
    },
    length: () => changed.length,
    compaction({ version, schemaVersion, row, answeredInLog }) {
      const { rows, clients, schemas, incarnations } = changed;
      const pushedBefore = schemaVersion() - schemas.length;
      return {
        version: version(),
        schemas: schemas.map((schema, at) => ({ number: pushedBefore + at + 1, schema })),
        rows: [...rows.values()].map(({ collection, id }) => ({ collection, id, row: row(collection, id) ?? null })),
        clients: [...clients].map(([clientId, client]) => clientOf(clientId, client, answeredInLog(clientId))),
        incarnations: incarnations.map(({ id, version: at }, index) => ({ number: incarnationsBefore + index + 1, id, version: at })),
      };
    },
    cut() {
      incarnationsBefore += changed.incarnations.length;
      changed = nothing();
    },
  };
}
