/**
 * A process that appends to the log in the folder it is given until an append fails, reads the log anew as a server does, and goes on when
 * there is room. It tells what came of each as JSON.
 */
import type { LogEntry } from '../../server/storage.ts';
import { openLmdbServerStorage } from './server-storage.ts';
import { makeRoom } from './test-make-room.ts';

/** Far more than the test leaves room for. */
const most = 400;
const [, , folder = ''] = process.argv;
const storage = await openLmdbServerStorage(folder);
const entry = (id: string): LogEntry => ({ kind: 'incarnation', version: 0, id });

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'kept';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

let kept = 0;
let failure = 'kept';
while (kept < most) {
  failure = await outcome(storage.append([entry(`${kept + 1}`.padEnd(3_000))]));
  if (failure !== 'kept') break;
  kept += 1;
}
const loaded = (await storage.load()).entries.map(({ kind, ...rest }) => (kind === 'incarnation' && 'id' in rest ? rest.id.trim() : kind));
makeRoom();
const after = await outcome(storage.append([entry('after')]));
await storage.close();
process.stdout.write(JSON.stringify({ kept, failure, loaded, after }));
