/** A process with a client that has no server, and writes into the storage in the folder it is given until a write fails; then there is room, and it goes on. It tells what came of them as JSON. */
import { SyncClient } from '../../client/client.ts';
import { silentLogger } from '../../runtime/loggers.ts';
import { openLmdbClientStorage } from './client-storage.ts';
import { makeRoom } from './test-make-room.ts';

/** Far more than the test leaves room for. */
const most = 400;
const [, , folder = ''] = process.argv;
const storage = await openLmdbClientStorage(folder);
const client = new SyncClient({ serverUrl: 'http://localhost:1', storage, logger: silentLogger });
const kept: string[] = [];
const failures: string[] = [];

async function insert(id: string, text: string): Promise<void> {
  try {
    await client.insert('todos', { id, text });
    kept.push(id);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.name : 'nothing';
    failures.push(`${error instanceof Error ? error.name : String(error)} for ${cause}`);
  }
}

for (let number = 1; number <= most && failures.length === 0; number += 1) await insert(`large ${number}`, 'x'.repeat(3_000));
makeRoom();
await insert('last', '');
const waiting = client.pendingWrites;
await storage.close();
process.stdout.write(JSON.stringify({ kept, failures, waiting }));
