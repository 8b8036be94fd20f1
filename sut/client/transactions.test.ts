/** Transactions: one write of several operations, and what becomes of it (W4). */
import { expect, test } from 'vitest';
import { memoryClientStorage } from './storage.ts';
import { outcomeOf, settled, testWorld, writeIdOf } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] };
const row = (id: string, more = {}) => ({ generation: `other:${id}`, attributes: { id, ...more } });

async function opened() {
  const world = await testWorld();
  await world.client.startSession(world.token('ann'));
  world.socket().accept();
  const shown: string[] = [];
  world.client.subscribe(allTodos, (rows) => shown.push(rows.map(({ id, done }) => `${id}:${done}`).join('+')), undefined, {
    subscriptionName: 'q1',
  });
  world.socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('milk', { done: false })] });
  await settled();
  shown.length = 0;
  const writes = () => world.socket().sent.filter((frame) => frame.type === 'write');
  return { ...world, shown, writes };
}

test('all operations are one write, shown at once in the call, each seeing those before it', async () => {
  const { client, shown, writes } = await opened();
  const done = client.transact((tx) => {
    tx.insert('todos', { id: 'rent', done: false });
    tx.update('todos', 'rent', (draft) => {
      draft.done = draft.done === false;
    });
    tx.update('todos', 'milk', { done: true });
    tx.delete('todos', 'milk');
    return 7;
  });
  expect(shown).toEqual(['rent:true']);
  expect(await done).toBe(7);
  expect(writes()).toEqual([
    {
      type: 'write',
      id: writeIdOf(1),
      resent: false,
      answered: 0,
      sequence: 1,
      operations: [
        { kind: 'insert', collection: 'todos', id: 'rent', attributes: { id: 'rent', done: false } },
        { kind: 'update', collection: 'todos', id: 'rent', generation: 'id1:1', changes: { done: true } },
        { kind: 'update', collection: 'todos', id: 'milk', generation: 'other:milk', changes: { done: true } },
        { kind: 'delete', collection: 'todos', id: 'milk', generation: 'other:milk' },
      ],
    },
  ]);
});

test('one that fails rejects the whole, even if the callback goes on', async () => {
  const { client, shown, writes } = await opened();
  const outcome = client.transact((tx) => {
    tx.delete('todos', 'milk');
    expect(() => tx.update('todos', 'milk', { done: true })).toThrow('"milk"');
    tx.insert('todos', { id: 'rent' });
  });
  expect(await outcomeOf(outcome)).toBe('EntityNotFoundError');
  const thrown = client.transact((tx) => {
    tx.insert('todos', { id: 'rent' });
    throw new RangeError('no');
  });
  expect(await outcomeOf(thrown)).toBe('RangeError');
  expect([shown, writes()]).toEqual([[], []]);
  await client.insert('todos', { id: 'tax' });
  expect(writes()).toMatchObject([{ sequence: 1 }]);
});

test('without operations nothing is written', async () => {
  const { client, writes } = await opened();
  expect(await client.transact(() => 'nothing')).toBe('nothing');
  expect(writes()).toEqual([]);
});

test('an asynchronous callback takes effect when its promise resolves; afterwards nothing is taken', async () => {
  const { client, shown, writes } = await opened();
  let goOn: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let late: () => void = () => {};
  const done = client.transact(async (tx) => {
    tx.insert('todos', { id: 'rent' });
    await waiting;
    tx.update('todos', 'rent', { done: true });
    late = () => tx.delete('todos', 'rent');
  });
  await client.insert('todos', { id: 'tax' });
  expect(shown).toEqual(['milk:false+tax:undefined']);
  goOn();
  await done;
  expect(shown.at(-1)).toBe('milk:false+rent:true+tax:undefined');
  expect(writes()).toMatchObject([
    { sequence: 1, operations: [{ id: 'tax' }] },
    { sequence: 2, operations: [{ id: 'rent' }, { kind: 'update', generation: 'id1:2' }] },
  ]);
  expect(late).toThrow('The transaction is over');
});

test('before storage has been read it waits like any write', async () => {
  let answer: () => void = () => {};
  const loading = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  const { client } = await testWorld({}, { ...memoryClientStorage(), load: () => loading });
  const first = client.insert('todos', { id: 'milk' });
  const second = client.transact((tx) => tx.delete('todos', 'milk'));
  answer();
  await Promise.all([first, second]);
  expect(await client.fetch(allTodos)).toEqual([]);
});

test('a rejected one is rolled back whole and told once an entity, then once; later writes stand on what is left', async () => {
  const { client, shown, socket } = await opened();
  const told: string[] = [];
  for (const id of ['milk', 'rent']) client.onEntitySyncError('todos', id, (error) => told.push(`${id} ${error.name}`));
  client.onFailureToSyncWrites((error, { operations }) => told.push(`all ${error.name} ${operations.length}`));
  client.subscribe(allTodos, (rows) => told.push(`rows ${rows.length}`));
  await client.transact((tx) => {
    tx.insert('todos', { id: 'rent' });
    tx.update('todos', 'milk', { done: true });
    tx.update('todos', 'rent', { done: true });
  });
  await client.update('todos', 'milk', { text: 'whole' });
  told.length = 0;
  socket().say({ type: 'rejected', sequence: 1, version: 1, error: { name: 'PermissionDeniedError', message: 'no' } });
  expect(told).toEqual(['rent PermissionDeniedError', 'milk PermissionDeniedError', 'all PermissionDeniedError 3', 'rows 1']);
  expect(shown.at(-1)).toBe('milk:false');
  socket().say({ type: 'rejected', sequence: 1, version: 1, error: { name: 'PermissionDeniedError', message: 'no' } });
  expect(told).toHaveLength(4);
  expect(await outcomeOf(client.delete('todos', 'rent'))).toBe('EntityNotFoundError');
});

test('an acknowledged one is told once an entity', async () => {
  const { client, socket } = await opened();
  const told: string[] = [];
  for (const id of ['milk', 'rent']) client.onEntitySyncSuccess('todos', id, () => told.push(id));
  await client.transact((tx) => {
    tx.insert('todos', { id: 'rent' });
    tx.update('todos', 'milk', { done: true });
    tx.delete('todos', 'rent');
  });
  socket().say({ type: 'acknowledged', sequence: 1, version: 2 });
  expect(told).toEqual(['rent', 'milk']);
});

test('acknowledged, it counts in each collection only as long as somebody there has not reached its commit', async () => {
  const { client, socket, shown } = await opened();
  await client.transact((tx) => {
    tx.insert('todos', { id: 'rent' });
    tx.insert('notes', { id: 'ideas' });
  });
  socket().say({ type: 'acknowledged', sequence: 1, version: 2 });
  expect(shown.at(-1)).toBe('milk:false+rent:undefined');
  expect(await outcomeOf(client.delete('notes', 'ideas'))).toBe('EntityNotFoundError');
  expect(await outcomeOf(client.update('todos', 'rent', { done: true }))).toBe('resolved');
});
