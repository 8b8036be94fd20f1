/** A process that starts a server on the log in the folder it is given, and tells what that took as JSON. */
import { silentLogger } from '../../sut/runtime/loggers.ts';
import { createServer } from '../../sut/server/server.ts';
import type { StoredLog } from '../../sut/server/storage.ts';
import { openLmdbServerStorage } from '../../sut/storage/lmdb/index.ts';

export interface Started {
  /** What the log held: the cost by which a start is held to the rows, not to the history. */
  readonly rows: number;
  readonly entries: number;
  readonly writesRemembered: number;
  readonly version: number;
  readonly startMs: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

const [, , folder = ''] = process.argv;
const storage = await openLmdbServerStorage(folder);
const found: Pick<Started, 'rows' | 'entries' | 'writesRemembered'>[] = [];
const listening = {
  ...storage,
  load: async () => {
    const log = await storage.load();
    found.push(countsOf(log));
    return log;
  },
};
const server = createServer({ jwtSecret: 'known to nobody, and of no use to anybody', storage: listening, logger: silentLogger });
const before = performance.now();
await server.start();
const startMs = performance.now() - before;
const { version } = server.inspect();
globalThis.gc?.();
const { heapUsed, rss } = process.memoryUsage();
const [counts = { rows: 0, entries: 0, writesRemembered: 0 }] = found;
await server.close();
await storage.close();
const started: Started = { ...counts, version, startMs, heapBytes: heapUsed, residentBytes: rss };
process.stdout.write(JSON.stringify(started));

function countsOf({ snapshot, entries }: StoredLog): (typeof found)[number] {
  const clients = snapshot?.clients ?? [];
  return {
    rows: snapshot?.rows.length ?? 0,
    entries: entries.length,
    writesRemembered: clients.reduce((sum, { writes }) => sum + writes.length, 0),
  };
}
