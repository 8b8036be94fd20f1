/** What an application may ask before it signs somebody out (W5, S10). */
import { expect, test } from 'vitest';
import { memoryClientStorage } from './storage.ts';
import { settled, testWorld } from './test-world.ts';

const todo = (id: string) => ({ id, title: 'Walk the dog' });

test('counts writes from the call until the answer, a transaction as one, and tells each change', async () => {
  const { client, socket, token } = await testWorld();
  const told: number[] = [];
  const remove = client.onPendingWritesChange((count) => told.push(count), true);
  await client.startSession(token('ann'));
  void client.insert('todos', todo('t1'));
  expect(client.pendingWrites).toBe(1);
  await client.transact((tx) => {
    tx.insert('todos', todo('t2'));
    tx.insert('todos', todo('t3'));
  });
  expect(client.pendingWrites).toBe(2);
  socket().accept();
  socket().say({ type: 'acknowledged', sequence: 1, version: 1 });
  socket().say({ type: 'rejected', sequence: 2, version: 2, error: { name: 'WritePermissionError', message: 'no' } });
  expect([client.pendingWrites, told]).toEqual([0, [0, 1, 2, 1, 0]]);
  remove();
  await client.insert('todos', todo('t4'));
  expect(told).toHaveLength(5);
});

test('clear() leaves none, and what storage holds is counted once it has been read', async () => {
  const storage = memoryClientStorage();
  const former = await testWorld({}, storage);
  await former.client.insert('todos', todo('t1'));
  const present = testWorld({}, storage);
  const { client } = await present;
  const told: number[] = [];
  client.onPendingWritesChange((count) => told.push(count));
  expect(client.pendingWrites).toBe(1);
  await client.clear();
  await settled();
  expect([client.pendingWrites, told]).toEqual([0, [0]]);
});

test('is not known before storage has been read, nor where that failed', async () => {
  const memory = memoryClientStorage();
  const told: number[] = [];
  const { client } = await testWorld({}, { ...memory, load: () => Promise.reject(new Error('no disk')) });
  client.onPendingWritesChange((count) => told.push(count), true);
  await settled();
  expect([client.pendingWrites, told]).toEqual([undefined, []]);
});
