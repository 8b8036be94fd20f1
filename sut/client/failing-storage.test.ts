/** A storage that fails, operation by operation (K3). */
import { expect, test } from 'vitest';
import { type ClientStorage, memoryClientStorage } from './storage.ts';
import { outcomeOf, settled, testWorld, writeIdOf } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] };
const row = (id: string) => ({ generation: `other:${id}`, attributes: { id } });

/** Fails at what is named, as often as it is named. */
function failingStorage() {
  const memory = memoryClientStorage();
  const failures: (keyof ClientStorage)[] = [];
  const asked: string[] = [];
  const or = async <Result>(operation: keyof ClientStorage, work: () => Promise<Result>): Promise<Result> => {
    asked.push(operation);
    const at = failures.indexOf(operation);
    if (at >= 0) {
      failures.splice(at, 1);
      throw new Error('disk full');
    }
    return work();
  };
  const storage: ClientStorage = {
    load: () => or('load', memory.load),
    identify: (secret) => or('identify', () => memory.identify(secret)),
    enqueue: (entry) => or('enqueue', () => memory.enqueue(entry)),
    dequeue: (id) => or('dequeue', () => memory.dequeue(id)),
    replace: (secret, outbox) => or('replace', () => memory.replace(secret, outbox)),
    remember: (result) => or('remember', () => memory.remember(result)),
    forget: memory.forget,
    hear: (heard) => or('hear', () => memory.hear(heard)),
    clear: (secret, outbox) => or('clear', () => memory.clear(secret, outbox)),
  };
  return { storage, memory, failures, asked };
}

async function subscribed(storage: ClientStorage) {
  const world = await testWorld({}, storage);
  await world.client.startSession(world.token('ann'));
  world.socket().accept();
  world.client.subscribe(allTodos, () => {}, undefined, { subscriptionName: 'q1' });
  world.socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 3, rows: [row('milk')] });
  await settled();
  return world;
}

test('a storage that cannot take the first id is asked again with another one; nobody is identified before', async () => {
  const { storage, memory, failures } = failingStorage();
  failures.push('identify', 'identify');
  const { client } = await testWorld({}, storage);
  expect(client.pendingWrites).toBeUndefined();
  expect(await outcomeOf(client.insert('todos', { id: 'milk' }))).toBe('StorageError');
  expect(await memory.load()).toBeUndefined();
  await client.insert('todos', { id: 'milk' });
  expect(await memory.load()).toMatchObject({ outbox: [{ sequence: 1 }] });
});

test('a storage that cannot be read is not written to, and its outbox is there when it is read', async () => {
  const { storage, memory, failures, asked } = failingStorage();
  await memory.identify('me');
  await memory.enqueue({
    sequence: 1,
    id: writeIdOf(1),
    operations: [{ kind: 'insert', collection: 'todos', id: 'milk', attributes: { id: 'milk' } }],
  });
  failures.push('load', 'load', 'load', 'load');
  const { client, socket, token, statuses, time } = await testWorld({}, storage);
  expect(await outcomeOf(client.fetch(allTodos))).toBe('StorageError');
  expect(await outcomeOf(client.clear())).toBe('StorageError');
  await client.startSession(token('ann'));
  socket().open();
  await settled();
  expect([socket().sent, statuses.at(-1)]).toEqual([[], 'CLOSED']);
  expect([...new Set(asked)]).toEqual(['load']);
  await time.pass(250);
  socket().open();
  await settled();
  socket().say({ type: 'accepted', version: 0, incarnation: 'first', diverged: false });
  expect(socket().sent).toMatchObject([
    { type: 'hello', secret: 'me' },
    { type: 'write', sequence: 1 },
  ]);
});

test('before what was heard is kept, no result is kept and no write forgotten', async () => {
  const { storage, memory, failures } = failingStorage();
  const { client, socket } = await subscribed(storage);
  await client.insert('todos', { id: 'rent' });
  failures.push('hear');
  socket().say({ type: 'acknowledged', sequence: 1, version: 4 });
  socket().say({ type: 'update', group: 'g', version: 4, upserts: [row('rent')], removals: [] });
  await settled();
  expect(await memory.load()).toMatchObject({ outbox: [{ sequence: 1 }], heard: { version: 3 }, cache: [{ version: 3 }] });
  socket().say({ type: 'progress', version: 5 });
  await settled();
  expect(await memory.load()).toMatchObject({
    outbox: [],
    heard: { version: 5 },
    cache: [{ version: 5, rows: [row('milk'), row('rent')] }],
  });
});

test('up to which number it was answered does not follow from a write that it failed to forget', async () => {
  const { storage, failures } = failingStorage();
  const before = await subscribed(storage);
  failures.push('dequeue');
  await before.client.insert('todos', { id: 'rent' });
  await before.client.insert('todos', { id: 'tax' });
  before.socket().say({ type: 'acknowledged', sequence: 1, version: 4 });
  before.socket().say({ type: 'acknowledged', sequence: 2, version: 5 });
  await settled();
  const { client, socket, token } = await testWorld({}, storage);
  await client.startSession(token('ann'));
  socket().accept();
  expect(socket().sent).toMatchObject([
    { type: 'hello', answered: 0 },
    { type: 'write', sequence: 1, resent: true },
  ]);
  socket().say({ type: 'acknowledged', sequence: 1, version: 4 });
  await client.insert('todos', { id: 'fish' });
  expect(socket().sent.at(-1)).toMatchObject({ type: 'write', sequence: 3, answered: 2 });
});

test('nothing is kept in a storage that failed to clear itself, before it has; then what was heard since is', async () => {
  const { storage, memory, failures } = failingStorage();
  const { client, socket } = await subscribed(storage);
  failures.push('clear', 'clear');
  expect(await outcomeOf(client.clear())).toBe('StorageError');
  await settled();
  socket().accept(4);
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 4, rows: [row('plants')] });
  await settled();
  expect(await memory.load()).toMatchObject({ secret: 'id1', heard: { version: 3 }, cache: [{ version: 3, rows: [row('milk')] }] });
  await client.insert('todos', { id: 'tax' });
  await settled();
  expect(await memory.load()).toMatchObject({
    secret: 'id2',
    outbox: [{ sequence: 1 }],
    heard: { version: 4 },
    cache: [{ version: 4, rows: [row('plants')] }],
  });
});
