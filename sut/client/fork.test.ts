/** A client that another life of its own has overtaken (W1): a fresh id, the same writes in order, and no other name changed. */
import { expect, test } from 'vitest';
import { clientIdOf } from '../protocol/client-id.ts';
import type { ClientFrame, Operation } from '../protocol/frames.ts';
import { underFreshId } from './renumbering.ts';
import { type ClientStorage, memoryClientStorage, type StoredClient } from './storage.ts';
import { type FakeSocket, outcomeOf, settled, testWorld, writeIdOf } from './test-world.ts';

const insert = (id: string): Operation => ({ kind: 'insert', collection: 'todos', id, attributes: { id } });
const update = (id: string, generation: string): Operation => ({
  kind: 'update',
  collection: 'todos',
  id,
  generation,
  changes: { done: true },
});
const writesOf = (socket: FakeSocket) =>
  socket.sent.filter((frame): frame is Extract<ClientFrame, { type: 'write' }> => frame.type === 'write');

test('own waiting inserts are renamed, and no other generation', () => {
  const { writes } = underFreshId(
    [
      { sequence: 5, id: 'a', operations: [update('milk', 'old:5'), insert('milk'), update('milk', 'old:5')] },
      {
        sequence: 6,
        id: 'b',
        operations: [update('milk', 'old:5'), update('rent', 'old:5'), update('rent', 'old:3'), update('rent', 'other:1')],
      },
    ],
    'old',
    'new',
  );
  expect(writes).toEqual([
    { sequence: 1, id: 'a', operations: [update('milk', 'old:5'), insert('milk'), update('milk', 'new:1')] },
    {
      sequence: 2,
      id: 'b',
      operations: [update('milk', 'new:1'), update('rent', 'old:5'), update('rent', 'old:3'), update('rent', 'other:1')],
    },
  ]);
});

/** A storage that takes no fresh id before it is told to, or fails. */
function reluctantStorage() {
  const memory = memoryClientStorage();
  let answer: ((error?: Error) => void) | undefined;
  const storage: ClientStorage = {
    ...memory,
    replace: async (secret, outbox) => {
      await new Promise<void>((resolve, reject) => {
        answer = (error) => (error === undefined ? resolve() : reject(error));
      });
      await memory.replace(secret, outbox);
    },
  };
  return {
    storage,
    memory,
    answer: async (error?: Error) => {
      answer?.(error);
      await settled();
    },
  };
}

async function forked(storage: ClientStorage) {
  const world = await testWorld({}, storage);
  await world.client.startSession(world.token('ann'));
  world.socket().accept();
  await world.client.insert('todos', { id: 'milk' });
  await world.client.update('todos', 'milk', { done: true });
  const [left] = world.sockets;
  if (left === undefined) throw new Error('no attempt was made');
  left.say({ type: 'forked', sequence: 1 });
  await settled();
  return { ...world, left };
}

test('what is unanswered goes out again in order under the fresh id, as soon as storage has it', async () => {
  const { storage, memory, answer } = reluctantStorage();
  const { client, socket, left, statuses } = await forked(storage);
  const meanwhile = client.insert('todos', { id: 'bread' });
  await settled();
  expect(left.ended).toBeUndefined();
  expect(await outcomeOf(Promise.race([meanwhile, Promise.resolve('waits')]))).toBe('resolved');
  await answer();
  await meanwhile;
  expect([left.ended, statuses.at(-1)]).toEqual(['closed', 'CONNECTING']);
  socket().accept();
  expect(socket().sent[0]).toMatchObject({ type: 'hello', secret: 'id2', answered: 0 });
  expect(writesOf(socket())).toMatchObject([
    { sequence: 1, id: writeIdOf(1), resent: true },
    { sequence: 2, id: writeIdOf(2), resent: true, operations: [{ kind: 'update', generation: 'id2:1' }] },
    { sequence: 3, id: writeIdOf(3), resent: false },
  ]);
  expect(await memory.load()).toMatchObject({
    secret: 'id2',
    nextSequence: 4,
    outbox: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }],
  });
  socket().say({ type: 'acknowledged', sequence: 1, version: 4 });
  await client.insert('todos', { id: 'plants' });
  expect(writesOf(socket()).at(-1)).toMatchObject({ sequence: 4, answered: 1 });
});

test('it forks once, however often it is told so meanwhile', async () => {
  const { storage, answer } = reluctantStorage();
  const { left, sockets, socket } = await forked(storage);
  left.say({ type: 'forked', sequence: 1 });
  await answer();
  expect(sockets).toHaveLength(2);
  socket().accept();
  expect(socket().sent[0]).toMatchObject({ secret: 'id2' });
});

test('where storage does not take the fresh id, the server is asked again', async () => {
  const { storage, answer } = reluctantStorage();
  const { left, socket, time, statuses } = await forked(storage);
  await answer(new Error('disk full'));
  expect([left.ended, statuses.at(-1)]).toEqual(['given up', 'CLOSED']);
  await time.pass(250);
  socket().accept();
  expect(socket().sent[0]).toMatchObject({ type: 'hello', secret: 'id1' });
  socket().say({ type: 'forked', sequence: 1 });
  await settled();
  await answer();
  socket().accept();
  expect(socket().sent[0]).toMatchObject({ type: 'hello', secret: 'id3' });
  expect(writesOf(socket())).toMatchObject([{ sequence: 1 }, { sequence: 2, operations: [{ generation: 'id3:1' }] }]);
});

test('a transaction that a fork came upon names the rows as they are called now', async () => {
  const { client, socket, token } = await testWorld();
  await client.startSession(token('ann'));
  socket().accept();
  await client.insert('todos', { id: 'milk' });
  let goOn = (): void => {};
  const transaction = client.transact(async (tx) => {
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    return tx;
  });
  const late = client.transact(async (tx) => {
    await tx.update('todos', 'milk', { done: true });
    await new Promise<void>((resolve) => {
      const before = goOn;
      goOn = () => {
        before();
        resolve();
      };
    });
  });
  socket().say({ type: 'forked', sequence: 1 });
  await settled();
  goOn();
  await Promise.all([transaction, late]);
  socket().accept();
  expect(writesOf(socket())).toMatchObject([{ sequence: 1 }, { sequence: 2, operations: [{ kind: 'update', generation: 'id2:1' }] }]);
});

test('a clear takes the place of a fork', async () => {
  const { storage, answer } = reluctantStorage();
  const { client, socket } = await forked(storage);
  const cleared = client.clear();
  await answer();
  await cleared;
  socket().accept();
  expect(socket().types()).toEqual(['hello']);
  await client.insert('todos', { id: 'bread' });
  expect(writesOf(socket())).toMatchObject([{ sequence: 1, operations: [{ id: 'bread' }] }]);
});

test('a write of unknown outcome leaves the outbox and is told by that name', async () => {
  const { client, socket, token } = await testWorld();
  const told: string[] = [];
  client.onFailureToSyncWrites((error) => told.push(error.name));
  await client.startSession(token('ann'));
  socket().accept();
  await client.insert('todos', { id: 'milk' });
  socket().say({ type: 'rejected', sequence: 1, version: 1, error: { name: 'WriteOutcomeUnknownError', message: 'too old' } });
  await settled();
  expect(told).toEqual(['WriteOutcomeUnknownError']);
  socket().close();
});

test('a storage of format 1 is read and upgraded', async () => {
  const memory = memoryClientStorage();
  let isUpgraded = false;
  const storage: ClientStorage = {
    ...memory,
    load: () =>
      isUpgraded
        ? memory.load()
        : Promise.resolve({
            clientId: 'old',
            outbox: [
              { sequence: 7, operations: [insert('milk')] },
              { sequence: 8, operations: [update('milk', 'old:7'), update('rent', 'old:2')] },
            ],
            nextSequence: 9,
            cache: [],
          }),
    replace: (secret, outbox) => {
      isUpgraded = true;
      return memory.replace(secret, outbox);
    },
  };
  const { client, socket, token } = await testWorld({}, storage);
  await client.startSession(token('ann'));
  socket().accept();
  expect(writesOf(socket())).toMatchObject([
    { sequence: 1, id: writeIdOf(1), resent: true },
    { sequence: 2, id: writeIdOf(2), operations: [{ generation: 'id1:1' }, { generation: 'old:2' }] },
  ]);
  const stored: StoredClient = { format: 2, secret: 'id1', outbox: [], nextSequence: 3, cache: [] };
  expect(await memory.load()).toMatchObject({
    ...stored,
    outbox: [{ sequence: 1 }, { operations: [{ generation: `${clientIdOf('id1')}:1` }, {}] }],
  });
});
