/**
 * Honest clients of one commit, whose folder is the first argument: each follows a list of its own, one with `or`, and the first few of all
 * rows, and writes, one write after the other. How much they do is counted, so that two commits do the same.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , folder = '.', port = '', token = '', writesText = ''] = process.argv;
const library: typeof import('../../sut/index.ts') = await import(pathToFileURL(join(folder, 'sut', 'index.ts')).href);
const writes = Number(writesText);
const clientCount = 20;
const lists = 5;

type Client = InstanceType<typeof library.SyncClient>;

function follow(client: Client, place: number): void {
  const all = { collection: 'todos', order: [] } as const;
  client.subscribe({ ...all, where: [['list', '=', place % lists]] }, () => {});
  client.subscribe(
    {
      ...all,
      where: [
        {
          mod: 'or',
          filters: [
            ['list', '=', (place + 1) % lists],
            ['rank', '<', 10],
          ],
        },
      ],
    },
    () => {},
  );
  client.subscribe({ ...all, where: [], order: [['rank', 'DESC']], limit: 10 }, () => {});
}

async function open(place: number): Promise<Client> {
  const client: Client = new library.SyncClient({ serverUrl: `http://localhost:${port}`, token, logger: library.silentLogger });
  await new Promise<void>((resolve) => {
    client.onConnectionStatusChange((status) => {
      if (status === 'OPEN') resolve();
    }, true);
  });
  follow(client, place);
  return client;
}

/** Resolves when the server has taken it. */
async function synced(client: Client, id: string, write: () => Promise<unknown>): Promise<void> {
  const told = new Promise<void>((resolve) => client.onEntitySyncSuccess('todos', id, resolve));
  await write();
  await told;
}

/** Of every five writes one inserts a row, three change it, and one takes it away again. */
async function work(client: Client, place: number): Promise<void> {
  for (let at = 0; at < writes / clientCount; at += 1) {
    const row = Math.floor(at / 5);
    const id = `${place} ${row}`;
    const rank = (row * 7 + place) % 100;
    if (at % 5 === 0) await synced(client, id, () => client.insert('todos', { id, list: place % lists, rank, title: `row ${row}` }));
    else if (at % 5 === 4) await synced(client, id, () => client.delete('todos', id));
    else await synced(client, id, () => client.update('todos', id, { rank: rank + at }));
  }
}

const clients: Client[] = [];
for (let place = 0; place < clientCount; place += 1) clients.push(await open(place));
process.send?.('ready');
await Promise.all(clients.map(work));
process.send?.('done');
process.on('disconnect', () => process.exit(0));
