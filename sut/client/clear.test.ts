/** `clear`: the client begins anew, and nothing that was lingers (K1). */
import { expect, test } from 'vitest';
import { type ClientStorage, memoryClientStorage } from './storage.ts';
import { outcomeOf, settled, type TestWorld, testWorld, writeIdOf } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] };
const row = (id: string, more = {}) => ({ generation: `other:${id}`, attributes: { id, ...more } });

/** What was asked of storage, done or failed one by one when told. */
function slowStorage() {
  const asked: string[] = [];
  const waiting: ((error: Error | undefined) => void)[] = [];
  const memory = memoryClientStorage();
  const later = (what: string, work: () => Promise<void>): Promise<void> => {
    asked.push(what);
    return new Promise((resolve, reject) => {
      waiting.push((error) => (error === undefined ? resolve(work()) : reject(error)));
    });
  };
  const storage: ClientStorage = {
    ...memory,
    enqueue: (entry) => later(`enqueue ${entry.sequence}`, () => memory.enqueue(entry)),
    clear: (clientId, outbox) => later(`clear ${clientId}`, () => memory.clear(clientId, outbox)),
  };
  const next = async (error?: Error): Promise<void> => {
    waiting.shift()?.(error);
    await settled();
  };
  return { storage, asked, next, memory };
}

function watch({ client }: TestWorld, name: string): string[] {
  const shown: string[] = [];
  client.subscribe(
    allTodos,
    (rows, { hasRemoteFulfilled }) => shown.push(`${rows.map(({ id }) => id).join('+')} ${hasRemoteFulfilled ? 'remote' : 'local'}`),
    undefined,
    { subscriptionName: name, onRemoteFulfilled: () => shown.push('fulfilled') },
  );
  return shown;
}

test('data, cache and outbox are gone at once; the session goes on under a fresh id and fills again', async () => {
  const storage = memoryClientStorage();
  const world = await testWorld({}, storage);
  const { client, socket, token, statuses } = world;
  await client.startSession(token('ann'));
  socket().accept();
  const shown = watch(world, 'q1');
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 3, rows: [row('milk')] });
  await client.insert('todos', { id: 'rent' });
  shown.length = 0;
  const left = socket();
  const updated = client.updateSessionToken(token('ann', 60_000));
  const cleared = client.clear();
  expect(shown).toEqual([' local']);
  expect([left.ended, statuses, client.token]).toEqual(['closed', ['CONNECTING', 'OPEN', 'CONNECTING'], token('ann', 60_000)]);
  await Promise.all([updated, cleared]);
  expect(await storage.load()).toEqual({ format: 2, secret: 'id2', heard: null, outbox: [], nextSequence: 1, cache: [] });
  left.say({ type: 'acknowledged', sequence: 1, version: 4 });
  left.close();
  expect(await outcomeOf(client.delete('todos', 'rent'))).toBe('EntityNotFoundError');
  await client.insert('todos', { id: 'tax' });
  expect(shown).toEqual([' local', 'tax local']);
  socket().accept(4);
  expect(socket().sent).toMatchObject([
    { type: 'hello', secret: 'id2', token: token('ann', 60_000) },
    { type: 'write', sequence: 1 },
    { type: 'subscribe', subscription: 'q1' },
  ]);
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 4, rows: [row('milk'), row('rent')] });
  expect(shown.slice(2)).toEqual(['milk+rent+tax remote', 'fulfilled']);
  socket().say({ type: 'acknowledged', sequence: 1, version: 5 });
  socket().say({ type: 'update', group: 'g', version: 5, upserts: [], removals: [] });
  expect(shown.at(-1)).toBe('milk+rent remote');
});

test('what is empty already is told nothing, but the next first answer fulfils it again', async () => {
  const world = await testWorld();
  const { client, socket, token } = world;
  await client.startSession(token('ann'));
  socket().accept();
  const shown = watch(world, 'q1');
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 0, rows: [] });
  shown.length = 0;
  await client.clear();
  expect(shown).toEqual([]);
  socket().accept();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 0, rows: [] });
  expect(shown).toEqual([' remote', 'fulfilled']);
});

test('the status stays as it is without a live connection, and the back-off goes on', async () => {
  const { client, socket, sockets, token, statuses, time } = await testWorld();
  await client.clear();
  expect(client.connectionStatus).toBe('UNINITIALIZED');
  await client.startSession(token('ann'));
  socket().close();
  await client.clear();
  expect([client.connectionStatus, sockets.length]).toEqual(['CLOSED', 1]);
  await time.pass(250);
  expect(client.connectionStatus).toBe('CONNECTING');
  await client.clear();
  expect(sockets.map(({ ended }) => ended)).toEqual([undefined, 'closed', undefined]);
  expect(statuses).toEqual(['CONNECTING', 'CLOSED', 'CONNECTING']);
  socket().close();
  expect(time.scheduled()).toEqual([['reconnect', 500]]);
  client.connect();
  socket().accept();
  client.disconnect();
  await client.clear();
  expect(client.connectionStatus).toBe('CLOSING');
});

test('writes that were not kept yet are discarded; those after it are kept after it', async () => {
  const { storage, asked, next, memory } = slowStorage();
  const { client } = await testWorld({}, storage);
  const before = ['milk', 'rent'].map((id) => outcomeOf(client.insert('todos', { id })));
  const cleared = client.clear();
  const after = client.insert('todos', { id: 'tax' });
  expect(await Promise.all(before)).toEqual(['WriteDiscardedError', 'WriteDiscardedError']);
  await next();
  expect(asked).toEqual(['enqueue 1', 'clear id2']);
  await next();
  await cleared;
  expect(asked).toEqual(['enqueue 1', 'clear id2', 'enqueue 1']);
  await next();
  await after;
  expect(await memory.load()).toMatchObject({ secret: 'id2', outbox: [{ sequence: 1, operations: [{ id: 'tax' }] }] });
});

test('two in a row: each resolves when its own is done', async () => {
  const { storage, next } = slowStorage();
  const { client } = await testWorld({}, storage);
  let done = '';
  void client.clear().then(() => {
    done += 'first ';
  });
  void client.clear().then(() => {
    done += 'second';
  });
  await next();
  expect(done).toBe('first ');
  await next();
  expect(done).toBe('first second');
});

test('if storage fails it rejects, and nothing is kept before storage has cleared itself after all', async () => {
  const { storage, asked, next } = slowStorage();
  const { client } = await testWorld({}, storage);
  const cleared = outcomeOf(client.clear());
  const lost = outcomeOf(client.insert('todos', { id: 'milk' }));
  await next(new Error('disk full'));
  expect([await cleared, await lost, await client.fetch(allTodos)]).toEqual(['StorageError', 'StorageError', []]);
  const kept = client.insert('todos', { id: 'rent' });
  await next();
  await next();
  await kept;
  expect(asked).toEqual(['clear id2', 'clear id2', 'enqueue 1']);
});

test('before storage has been read it takes its turn among the calls', async () => {
  const stored = memoryClientStorage();
  await stored.identify('old');
  await stored.enqueue({
    sequence: 1,
    id: writeIdOf(9),
    operations: [{ kind: 'insert', collection: 'todos', id: 'milk', attributes: { id: 'milk' } }],
  });
  let answer: () => void = () => {};
  const reading = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { client, socket, token } = await testWorld({}, { ...stored, load: () => reading.then(() => stored.load()) });
  void client.startSession(token('ann'));
  const first = outcomeOf(client.insert('todos', { id: 'rent' }));
  const cleared = client.clear();
  const second = outcomeOf(client.insert('todos', { id: 'tax' }));
  answer();
  expect([await first, await second]).toEqual(['WriteDiscardedError', 'resolved']);
  await cleared;
  socket().accept();
  expect(socket().sent).toMatchObject([
    { type: 'hello', secret: 'id1' },
    { type: 'write', sequence: 1, operations: [{ id: 'tax' }] },
  ]);
});

test('a transaction that it comes upon is discarded', async () => {
  const { client } = await testWorld();
  const outcome = outcomeOf(
    client.transact(async (tx) => {
      tx.insert('todos', { id: 'milk' });
      await settled();
    }),
  );
  await client.clear();
  expect(await outcome).toBe('WriteDiscardedError');
  expect(await client.fetch(allTodos)).toEqual([]);
});

test('what is subscribed afterwards begins with nothing of what the cache held', async () => {
  const world = await testWorld();
  const { client, socket, token } = world;
  await client.startSession(token('ann'));
  socket().accept();
  const leave = client.subscribe(allTodos, () => {}, undefined, { subscriptionName: 'q1' });
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 3, rows: [row('milk')] });
  leave();
  const before = watch(world, 'q2');
  await settled();
  await client.clear();
  const after = watch(world, 'q3');
  await settled();
  expect([before[0], after[0]]).toEqual(['milk local', ' local']);
});
