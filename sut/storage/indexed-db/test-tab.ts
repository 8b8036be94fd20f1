/**
 * What runs in a tab of a browser test: a real client that writes all the time, a few writes at once, and says what it is told. It is told its task by the address of its
 * page, and says what happens by a function that the test gives it.
 */
import { SyncClient } from '../../client/client.ts';
import { silentLogger } from '../../runtime/loggers.ts';
import { type IndexedDbClientStorage, openIndexedDbClientStorage, sendAbandoned } from './index.ts';
import type { TabSaid, TabTask } from './test-tab-words.ts';

declare global {
  /** The test's. */
  var say: (said: TabSaid) => Promise<void>;
  /** The test asks for one more write, with a text of that length. */
  var writeOne: (row: string, length: number) => Promise<void>;
}

const task: TabTask = JSON.parse(new URLSearchParams(location.search).get('task') ?? '');

function clientOn(storage: IndexedDbClientStorage): SyncClient {
  const client = new SyncClient({ serverUrl: task.serverUrl, token: task.token, storage, logger: silentLogger });
  client.onFailureToSyncWrites((error) => void say({ said: 'trouble', text: `a write was not taken: ${error.name}` }));
  client.onLogReplaced(() => void say({ said: 'trouble', text: 'the log was told to be another one' }));
  client.onSessionError(({ type }) => void say({ said: 'trouble', text: `the session ended: ${type}` }));
  return client;
}

async function insert(client: SyncClient, row: string, text = ''): Promise<void> {
  // Heard before anything can come of it, whoever is killed in the next moment.
  await say({ said: 'made', row });
  try {
    await client.insert('todos', { id: row, text });
    await say({ said: 'kept', row });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.name : '';
    await say({ said: 'refused', row, error: error instanceof Error ? error.name : String(error), cause });
  }
}

async function run(): Promise<void> {
  const storage = await openIndexedDbClientStorage(task.database);
  const stored = await storage.load();
  await say({ said: 'opened', place: storage.place, waiting: stored?.outbox.length ?? 0 });
  const client = clientOn(storage);
  globalThis.writeOne = (row, length) => insert(client, row, 'x'.repeat(length));
  const unanswered = new Set<string>();
  let wake = (): void => {};
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  client.onPendingWritesChange(() => wake());
  for (let number = 0; number < task.writes; number += 1) {
    while (unanswered.size >= task.atOnce) await change();
    const row = `${task.prefix}-${number}`;
    unanswered.add(row);
    client.onEntitySyncSuccess('todos', row, () => {
      unanswered.delete(row);
      wake();
      void say({ said: 'synced', row });
    });
    void insert(client, row);
  }
  while (unanswered.size > 0 || client.pendingWrites !== 0) await change();
  const abandoned = task.sendsAbandoned ? await sendAbandoned(task.database, clientOn) : 0;
  await say({ said: 'settled', abandoned });
}

run().catch((error: unknown) => say({ said: 'trouble', text: String(error) }));
