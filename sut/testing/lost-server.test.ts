/** Over real sockets: a server that comes back without its log, or from an older copy of it (W2). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryServerStorage } from '../server/storage.ts';
import { everyTodo, openSocketWorld, type SocketWorld, synced } from './socket-world.ts';

let world: SocketWorld;
beforeEach(async () => {
  world = await openSocketWorld();
});
afterEach(() => world.end());

test('the application hears of it; the client begins again, and its write arrives', async () => {
  const { serve, client } = world;
  const first = await serve();
  const author = client();
  const replaced = new Promise<void>((resolve) => author.onLogReplaced(resolve));
  const one = synced(author, 'one');
  await author.insert('todos', { id: 'one' });
  await one;
  await first.close();
  await serve();
  const two = synced(author, 'two');
  await author.insert('todos', { id: 'two' });
  await Promise.all([replaced, two]);
  expect((await client().fetch(everyTodo)).map(({ id }) => id)).toEqual(['two']);
  expect(author.connectionStatus).toBe('OPEN');
});

test('a backup that others have written on since, until it is higher than what the client heard', async () => {
  const { serve, client } = world;
  const first = await serve();
  const backup = await first.storage.load();
  const author = client();
  const lost: string[] = [];
  author.onFailureToSyncWrites((error) => lost.push(error.name));
  const replaced = new Promise<void>((resolve) => author.onLogReplaced(resolve));
  const one = synced(author, 'one');
  await author.insert('todos', { id: 'one' });
  await one;
  author.subscribe(everyTodo, () => {});
  await author.fetch(everyTodo);
  author.disconnect();
  await author.update('todos', 'one', { done: true });
  await author.insert('todos', { id: 'mine' });
  await first.close();
  await serve(memoryServerStorage(backup));
  const other = client();
  for (const id of ['a', 'b', 'c']) {
    const done = synced(other, id);
    await other.insert('todos', { id });
    await done;
  }
  const mine = synced(author, 'mine');
  author.connect();
  await Promise.all([replaced, mine]);
  expect((await client().fetch(everyTodo)).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'mine']);
  expect(lost).toEqual(['LogReplacedError']);
});
