/** Fills a log on LMDB as a server does, batch by batch and with its compactions, without the network: so a million writes take seconds. */
import { silentLogger } from '../../sut/runtime/loggers.ts';
import { nodeTimers } from '../../sut/runtime/node-timers.ts';
import { createAppendQueue } from '../../sut/server/append-queue.ts';
import { createCompactor, logEntriesMaxByDefault } from '../../sut/server/compactor.ts';
import { zeroCounters } from '../../sut/server/counters.ts';
import { createDatabase } from '../../sut/server/database.ts';
import type { WriteEntry } from '../../sut/server/storage.ts';
import { writeIdsKeptByDefault } from '../../sut/server/write-history.ts';
import { openLmdbServerStorage } from '../../sut/storage/lmdb/index.ts';

const entriesMax = 256;
const clientId = 'c'.repeat(32);
/** With it a row is about as long as one of a todo list. */
const text = 'buy milk, and bread, and what else there is'.padEnd(200);

export interface Filled {
  readonly compactions: number;
  readonly batches: number;
}

/** So many writes, to so many rows in turn. */
export async function fill(folder: string, writes: number, rows: number): Promise<Filled> {
  const storage = await openLmdbServerStorage(folder);
  const counters = zeroCounters();
  const database = createDatabase(await storage.load(), null, writeIdsKeptByDefault, counters);
  const parts = { storage, database, counters, timers: nodeTimers, logger: silentLogger };
  const compactor = createCompactor({ ...parts, logEntriesMax: logEntriesMaxByDefault });
  let failure: unknown;
  const queue = createAppendQueue({
    ...parts,
    compactor,
    entriesMax,
    onFailure: (error) => {
      failure = error;
    },
  });
  for (let done = 0; done < writes && failure === undefined; done += entriesMax) {
    const count = Math.min(entriesMax, writes - done);
    const turns = Array.from({ length: count }, (_, at) =>
      queue.run((staged) => {
        const entry = writeOf(staged.version() + 1, (done + at) % rows);
        const changes = staged.add(entry);
        return () => void database.apply(entry, changes);
      }),
    );
    await Promise.all(turns);
  }
  await storage.close();
  if (failure !== undefined) throw failure;
  return counters;
}

function writeOf(version: number, row: number): WriteEntry {
  const id = `todo ${row}`;
  const operations = [{ kind: 'insert', collection: 'todos', id, attributes: { id, text, version } }] as const;
  return {
    kind: 'write',
    version,
    clientId,
    sequence: version,
    id: version.toString(16).padStart(32, '0'),
    answered: version - 1,
    operations,
  };
}
