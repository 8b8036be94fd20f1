/** Writes: the outbox, exactly once, generations (W1, W3, W5). */
import { expect, test } from 'vitest';
import { SyncClient } from './client.ts';
import { type ClientStorage, memoryClientStorage, type OutboxEntry } from './storage.ts';
import { outcomeOf, settled, testWorld, writeIdOf } from './test-world.ts';

/** Keeps a write when told, and fails when told. */
function slowStorage(): ClientStorage & { keep(): Promise<void>; fail(): Promise<void>; readonly asked: OutboxEntry[] } {
  const asked: OutboxEntry[] = [];
  const waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  return {
    ...memoryClientStorage(),
    asked,
    enqueue: (entry) =>
      new Promise((resolve, reject) => {
        asked.push(entry);
        waiting.push({ resolve, reject });
      }),
    keep: () => {
      waiting.shift()?.resolve();
      return settled();
    },
    fail: () => {
      waiting.shift()?.reject(new Error('disk full'));
      return settled();
    },
  };
}

const allTodos = { collection: 'todos', where: [], order: [] };

test('a write shows at once, resolves when it is kept, and only then is sent', async () => {
  const storage = slowStorage();
  const { client, socket, token } = await testWorld({}, storage);
  await client.startSession(token('ann'));
  socket().accept();
  const shown: unknown[] = [];
  client.subscribe(allTodos, (rows) => shown.push(rows));
  await settled();
  let isKept = false;
  const inserted = client.insert('todos', { id: 'milk' }).then(() => {
    isKept = true;
  });
  expect(shown).toEqual([[], [{ id: 'milk' }]]);
  await settled();
  expect([isKept, socket().types()]).toEqual([false, ['hello', 'subscribe']]);
  await storage.keep();
  await inserted;
  expect(socket().sent.at(-1)).toEqual({
    type: 'write',
    id: writeIdOf(1),
    resent: false,
    answered: 0,
    sequence: 1,
    operations: [{ kind: 'insert', collection: 'todos', id: 'milk', attributes: { id: 'milk' } }],
  });
});

test('after acceptance: all kept writes in order, then token updates, then subscriptions', async () => {
  const { client, socket, token, time } = await testWorld();
  client.subscribe(allTodos, () => {});
  await client.insert('todos', { id: 'milk' });
  await client.insert('todos', { id: 'rent' });
  await client.startSession(token('ann'));
  void client.updateSessionToken(token('ann', 60_000));
  socket().accept();
  const expected = ['hello', 'write', 'write', 'updateToken', 'subscribe'];
  expect(socket().types()).toEqual(expected);
  socket().say({ type: 'acknowledged', sequence: 1, version: 1 });
  socket().close();
  await time.pass(250);
  socket().accept();
  expect(socket().sent.slice(1)).toMatchObject([{ type: 'write', sequence: 2 }, { type: 'subscribe' }]);
});

test('each acknowledged write of an entity is told once', async () => {
  const { client, socket, token } = await testWorld();
  let synced = 0;
  client.onEntitySyncSuccess('todos', 'milk', () => {
    synced += 1;
  });
  await client.insert('todos', { id: 'milk' });
  await client.startSession(token('ann'));
  socket().accept();
  socket().say({ type: 'acknowledged', sequence: 1, version: 1 });
  socket().say({ type: 'acknowledged', sequence: 1, version: 2 });
  expect(synced).toBe(1);
});

test('a rejected write is rolled back, and told', async () => {
  const { client, socket, token } = await testWorld();
  const told: string[] = [];
  client.onEntitySyncError('todos', 'milk', (error) => told.push(error.name));
  client.onFailureToSyncWrites((_error, { operations }) => told.push(operations[0]?.id ?? ''));
  await client.insert('todos', { id: 'milk' });
  await client.startSession(token('ann'));
  socket().accept();
  socket().say({ type: 'rejected', sequence: 1, version: 1, error: { name: 'WritePermissionError', message: 'no' } });
  expect(told).toEqual(['WritePermissionError', 'milk']);
  expect(await outcomeOf(client.delete('todos', 'milk'))).toBe('EntityNotFoundError');
});

test('updates and deletes name the generation that the client shows', async () => {
  const { client, socket, token } = await testWorld();
  await client.startSession(token('ann'));
  socket().accept();
  client.subscribe(allTodos, () => {}, undefined, { subscriptionName: 'q1' });
  const row = { generation: 'other:7', attributes: { id: 'milk' } };
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row] });
  await client.update('todos', 'milk', { done: true });
  await client.delete('todos', 'milk');
  expect(await outcomeOf(client.update('todos', 'milk', { done: false }))).toBe('EntityNotFoundError');
  await client.insert('todos', { id: 'milk' });
  await client.update('todos', 'milk', { done: false });
  const operations = socket().sent.flatMap((frame) => (frame.type === 'write' ? frame.operations : []));
  expect(operations.map((operation) => [operation.kind, 'generation' in operation ? operation.generation : null])).toEqual([
    ['update', 'other:7'],
    ['delete', 'other:7'],
    ['insert', null],
    ['update', 'id1:3'],
  ]);
});

test('what storage fails to keep never was, nor what was written after it', async () => {
  const storage = slowStorage();
  const { client } = await testWorld({}, storage);
  const shown: unknown[] = [];
  client.subscribe(allTodos, (rows) => shown.push(rows.map(({ id }) => id)));
  const outcomes = ['milk', 'rent', 'taxes'].map((id) => outcomeOf(client.insert('todos', { id })));
  await storage.keep();
  await storage.fail();
  expect(await Promise.all(outcomes)).toEqual(['resolved', 'StorageError', 'StorageError']);
  expect(shown.at(-1)).toEqual(['milk']);
  void client.insert('todos', { id: 'plants' });
  expect(storage.asked.map(({ sequence }) => sequence)).toEqual([1, 2, 2]);
});

test('a client that comes back sends what it had kept, under its old id', async () => {
  const storage = memoryClientStorage();
  const before = await testWorld({}, storage);
  await before.client.insert('todos', { id: 'milk' });
  const { client, socket, token } = await testWorld({}, storage);
  await client.insert('todos', { id: 'rent' });
  await client.startSession(token('ann'));
  socket().accept();
  expect(socket().sent).toMatchObject([
    { type: 'hello', secret: 'id1' },
    { type: 'write', sequence: 1 },
    { type: 'write', sequence: 2 },
  ]);
});

test('calls before storage has answered are taken in their order', async () => {
  let answer: () => void = () => {};
  const loading = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  const storage = { ...memoryClientStorage(), load: () => loading };
  const { client, socket, token } = await testWorld({}, storage);
  const writes = [client.insert('todos', { id: 'milk' }), client.update('todos', 'milk', { done: true })];
  void client.startSession(token('ann'));
  socket().open();
  expect(socket().sent).toEqual([]);
  answer();
  await Promise.all(writes);
  expect(socket().types()).toEqual(['hello']);
});

test('a write that no server would take rejects here, and bars the way for none that follows', async () => {
  const storage = memoryClientStorage();
  const { client, socket, token } = await testWorld({ frameBytesMax: 320 }, storage);
  await client.startSession(token('ann'));
  socket().accept();
  const long = client.insert('todos', { id: 'long', text: 'é'.repeat(160) });
  expect(await outcomeOf(long)).toBe('InvalidValueError');
  expect(await outcomeOf(client.insert('', { id: 'nowhere' }))).toBe('InvalidValueError');
  const many = client.transact((tx) => {
    for (let count = 0; count < 10; count += 1) tx.insert('todos', { id: `todo ${count}` });
  });
  expect(await outcomeOf(many)).toBe('InvalidValueError');
  expect((await storage.load())?.outbox).toEqual([]);
  await client.insert('todos', { id: 'milk' });
  expect(socket().sent.at(-1)).toMatchObject({ type: 'write', sequence: 1, operations: [{ id: 'milk' }] });
  await client.insert('todos', { id: 'rent' });
  expect(socket().sent.at(-1)).toMatchObject({ type: 'write', sequence: 2 });
});

test('a limit that bounds nothing is refused', () => {
  for (const frameBytesMax of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => new SyncClient({ frameBytesMax })).toThrow('frameBytesMax');
  }
});

test('a write over a bound of the server rejects here, and nothing of it is kept', async () => {
  const storage = memoryClientStorage();
  const { client } = await testWorld({ bounds: { rowBytesMax: 40, rowAttributesMax: 3, writeOperationsMax: 2 } }, storage);
  expect(await outcomeOf(client.insert('todos', { id: 'long', text: 'x'.repeat(40) }))).toBe('LimitExceededError');
  await client.insert('todos', { id: 'milk', text: 'x' });
  expect(await outcomeOf(client.update('todos', 'milk', { text: 'x'.repeat(40) }))).toBe('LimitExceededError');
  expect(await outcomeOf(client.update('todos', 'milk', { a: 1, b: 1 }))).toBe('LimitExceededError');
  const many = client.transact((tx) => {
    for (const id of ['a', 'b', 'c']) tx.insert('todos', { id });
  });
  expect(await outcomeOf(many)).toBe('LimitExceededError');
  expect((await storage.load())?.outbox).toMatchObject([{ operations: [{ id: 'milk' }] }]);
});
