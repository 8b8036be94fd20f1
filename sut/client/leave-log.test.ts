/** A client whose server is on another log than before (W2): what goes on, what is told as lost, and what storage holds of it. */
import { expect, test } from 'vitest';
import type { ClientFrame } from '../protocol/frames.ts';
import { type ClientStorage, memoryClientStorage } from './storage.ts';
import { type FakeSocket, outcomeOf, settled, type TestWorld, testWorld, writeIdOf } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] } as const;
const row = (id: string) => ({ generation: `other:${id}`, attributes: { id } });
const writesOf = (socket: FakeSocket) =>
  socket.sent.filter((frame): frame is Extract<ClientFrame, { type: 'write' }> => frame.type === 'write');

interface Told {
  readonly replaced: () => number;
  readonly lost: readonly string[];
  readonly shown: readonly string[];
}

function watch({ client }: TestWorld): Told {
  const lost: string[] = [];
  const shown: string[] = [];
  let replaced = 0;
  client.onLogReplaced(() => {
    replaced += 1;
  });
  client.onFailureToSyncWrites((error, { operations }) => lost.push(`${error.name} ${operations.map(({ id }) => id).join(' ')}`));
  client.subscribe(allTodos, (rows, { hasRemoteFulfilled }) =>
    shown.push(`${rows.map(({ id }) => id).join(' ')}${hasRemoteFulfilled ? '' : ' (unfulfilled)'}`),
  );
  return { replaced: () => replaced, lost, shown };
}

/** It follows todos and holds one of them; then the connection is lost. */
async function heardOf(storage: ClientStorage = memoryClientStorage()) {
  const world = await testWorld({}, storage);
  const told = watch(world);
  await world.client.startSession(world.token('ann'));
  world.socket().accept();
  await world.client.insert('todos', { id: 'milk' });
  world.socket().say({ type: 'acknowledged', sequence: 1, version: 5 });
  world.socket().say({ type: 'answer', subscription: 's1', group: 'g1', version: 4, rows: [row('rent')] });
  await settled();
  world.socket().close();
  await settled();
  return { world, told };
}

async function comesBack({ time, socket }: TestWorld) {
  await time.pass(250);
  const diverged = socket();
  diverged.open();
  diverged.say({ type: 'accepted', version: 9, incarnation: 'second', diverged: true });
  await settled();
  return diverged;
}

test('what it says of the log is who said something last, and the highest version of all', async () => {
  const storage = memoryClientStorage();
  const { world } = await heardOf(storage);
  await world.time.pass(250);
  world.socket().open();
  expect(world.socket().sent[0]).toMatchObject({ type: 'hello', heard: { incarnation: 'first', version: 5 } });
  expect(await storage.load()).toMatchObject({ heard: { incarnation: 'first', version: 5 } });
  world.socket().say({ type: 'accepted', version: 9, incarnation: 'second', diverged: false });
  await settled();
  expect(await storage.load()).toMatchObject({ heard: { incarnation: 'first' } });
  world.socket().say({ type: 'progress', version: 3 });
  await settled();
  expect(await storage.load()).toMatchObject({ heard: { incarnation: 'second', version: 5 } });
});

test('rows that it makes go on under a fresh id; what concerns any other row is told as lost', async () => {
  const storage = memoryClientStorage();
  const { world, told } = await heardOf(storage);
  const { client, statuses, sockets } = world;
  await client.update('todos', 'rent', { done: true });
  await client.insert('todos', { id: 'bread' });
  await client.update('todos', 'bread', { done: true });
  await client.transact((transaction) => {
    transaction.insert('todos', { id: 'eggs' });
    transaction.delete('todos', 'rent');
  });
  await client.update('todos', 'eggs', { done: true });
  const diverged = await comesBack(world);
  expect([diverged.ended, diverged.types(), statuses.at(-1)]).toEqual(['closed', ['hello'], 'CONNECTING']);
  expect([told.replaced(), told.lost]).toEqual([1, ['rent', 'eggs rent', 'eggs'].map((ids) => `LogReplacedError ${ids}`)]);
  expect(told.shown.at(-1)).toBe('bread (unfulfilled)');
  expect(await storage.load()).toMatchObject({
    secret: 'id2',
    nextSequence: 3,
    heard: null,
    cache: [],
    outbox: [{ sequence: 1 }, { sequence: 2 }],
  });
  world.socket().accept();
  expect([sockets.length, world.socket().sent[0]]).toEqual([3, expect.objectContaining({ secret: 'id2', answered: 0, heard: null })]);
  expect(writesOf(world.socket())).toMatchObject([
    { sequence: 1, id: writeIdOf(3), resent: false },
    { sequence: 2, id: writeIdOf(4), operations: [{ kind: 'update', generation: 'id2:1' }] },
  ]);
  world.socket().say({ type: 'answer', subscription: 's1', group: 'g1', version: 1, rows: [] });
  await settled();
  expect(told.shown.at(-1)).toBe('bread');
});

/** A storage whose answers come when they are let. */
function reluctantStorage() {
  const memory = memoryClientStorage();
  const waiting: ((error?: Error) => void)[] = [];
  const later = (work: () => Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push((error) => (error === undefined ? resolve(work()) : reject(error)));
    });
  let isHeld = false;
  const storage: ClientStorage = {
    ...memory,
    enqueue: (entry) => (isHeld ? later(() => memory.enqueue(entry)) : memory.enqueue(entry)),
    clear: (secret, outbox) => (isHeld ? later(() => memory.clear(secret, outbox)) : memory.clear(secret, outbox)),
  };
  const next = async (error?: Error): Promise<void> => {
    waiting.shift()?.(error);
    await settled();
  };
  return {
    storage,
    next,
    hold: () => {
      isHeld = true;
    },
  };
}

test('what storage had not kept goes on or rejects; nothing is sent before storage has it all', async () => {
  const { storage, next, hold } = reluctantStorage();
  const { world, told } = await heardOf(storage);
  hold();
  const lost = outcomeOf(world.client.update('todos', 'rent', { done: true }));
  const going = outcomeOf(world.client.insert('todos', { id: 'bread' }));
  await settled();
  await comesBack(world);
  world.socket().accept();
  expect([await lost, told.lost, writesOf(world.socket())]).toEqual(['LogReplacedError', [], []]);
  await next();
  expect(writesOf(world.socket())).toEqual([]);
  await next();
  expect([await going, writesOf(world.socket()).map(({ sequence }) => sequence)]).toEqual(['resolved', [1]]);
});

test('where storage does not take the fresh id it is asked again, with what came meanwhile; nobody is told twice', async () => {
  const { storage, next, hold } = reluctantStorage();
  const { world, told } = await heardOf(storage);
  await world.client.insert('todos', { id: 'bread' });
  hold();
  await comesBack(world);
  world.socket().accept();
  await next(new Error('disk full'));
  expect(world.statuses.at(-1)).toBe('CLOSED');
  const meanwhile = outcomeOf(world.client.insert('todos', { id: 'eggs' }));
  await settled();
  await next();
  expect(await meanwhile).toBe('resolved');
  await world.time.pass(1_000);
  world.socket().accept();
  expect(writesOf(world.socket())).toMatchObject([{ id: writeIdOf(2) }, { id: writeIdOf(3) }]);
  expect(told.replaced()).toBe(1);
});

test('a transaction that began on the log that is gone concerns no row of it', async () => {
  const { world } = await heardOf();
  const { client } = world;
  let go = (): void => {};
  const begun = (change: (transaction: Parameters<Parameters<typeof client.transact>[0]>[0]) => void) =>
    outcomeOf(
      client.transact(async (transaction) => {
        change(transaction);
        await new Promise<void>((resolve) => {
          const before = go;
          go = () => {
            before();
            resolve();
          };
        });
      }),
    );
  const onFormer = begun((transaction) => transaction.update('todos', 'rent', { done: true }));
  const onItsOwn = begun((transaction) => {
    transaction.insert('todos', { id: 'bread' });
    transaction.update('todos', 'bread', { done: true });
  });
  await comesBack(world);
  go();
  expect([await onFormer, await onItsOwn]).toEqual(['LogReplacedError', 'resolved']);
});

test('a clear forgets what was heard; a `clear` under way when the log is left does nothing more', async () => {
  const { storage, next, hold } = reluctantStorage();
  const { world, told } = await heardOf(storage);
  hold();
  void world.client.clear();
  await world.time.pass(250);
  world.socket().open();
  expect(world.socket().sent[0]).toMatchObject({ secret: 'id2', heard: null });
  world.socket().say({ type: 'accepted', version: 1, incarnation: 'second', diverged: true });
  await settled();
  await next();
  await next();
  const kept = outcomeOf(world.client.insert('todos', { id: 'eggs' }));
  await settled();
  await next();
  expect([await kept, told.replaced()]).toEqual(['resolved', 1]);
  expect(await storage.load()).toMatchObject({ secret: 'id3', outbox: [{ sequence: 1 }] });
});
