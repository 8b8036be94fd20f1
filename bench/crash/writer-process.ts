/** A writer that is killed: a client on LMDB, in a process of its own. Its task is the first argument; it says what it does before it does it. */
import { openLmdbClientStorage } from '../../sut/storage/lmdb/index.ts';
import { createChance } from './chance.ts';
import type { FromWriter, ToProcess, WriterTask } from './messages.ts';
import { runWriter, type Said } from './writer.ts';

const [, , text = '{}'] = process.argv;
const task: WriterTask = JSON.parse(text);
const storage = await openLmdbClientStorage(task.folder);

/** Resolves when the operating system has it, so that it is heard though this process is killed in the next moment. */
function say(said: Said): Promise<void> {
  const message: FromWriter = { say: 'seen', said };
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
  });
}

let endSession = async (): Promise<void> => {};
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));
process.on('message', async ({ ask }: ToProcess) => {
  if (ask !== 'end') return;
  await endSession();
  await storage.close();
  process.exit(0);
});

const { collection, writer, serverUrl, token, firstCall, calls } = task;
const plan = { chance: createChance(task.seed), collection, writer };
// Many, so that its outbox holds something worth losing when it is killed.
endSession = await runWriter({ plan, serverUrl, token, storage, firstCall, calls, atOnce: 16, say });
