/** What subscriptions show, and when (Q2–Q6). */

import { expect, test } from 'vitest';
import { LimitExceededError, SubscriptionNameInUseError } from './errors.ts';
import { subscribeWithStatus } from './subscribe-with-status.ts';
import { settled, testWorld } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] };
const row = (id: string, more = {}) => ({ generation: `other:${id}`, attributes: { id, ...more } });

async function opened() {
  const world = await testWorld();
  await world.client.startSession(world.token('ann'));
  world.socket().accept();
  const shown: string[] = [];
  const subscribe = (name: string, then: () => void = () => {}) =>
    world.client.subscribe(
      allTodos,
      (rows, { hasRemoteFulfilled }) => {
        shown.push(`${name} ${rows.map(({ id }) => id).join('+')} ${hasRemoteFulfilled ? 'remote' : 'local'}`);
        then();
      },
      undefined,
      { subscriptionName: name, onRemoteFulfilled: () => shown.push(`${name} fulfilled`) },
    );
  const take = (): string[] => shown.splice(0);
  return { ...world, subscribe, take };
}

test('the first answer is told even if nothing differs, and fulfils once; later ones only where rows differ', async () => {
  const { subscribe, take, socket, time } = await opened();
  subscribe('q1');
  expect(take()).toEqual([]);
  await settled();
  expect(take()).toEqual(['q1  local']);
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 0, rows: [] });
  expect(take()).toEqual(['q1  remote', 'q1 fulfilled']);
  socket().close();
  await time.pass(250);
  socket().accept();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 0, rows: [] });
  expect(take()).toEqual([]);
});

test('a new session is unfulfilled until its own first answer', async () => {
  const { client, subscribe, take, socket, token } = await opened();
  subscribe('q1');
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('milk')] });
  take();
  await client.startSession(token('bob'));
  expect(take()).toEqual([]);
  await client.insert('todos', { id: 'rent' });
  expect(take()).toEqual(['q1 milk+rent local']);
  socket().accept(1);
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 2, rows: [] });
  expect(take()).toEqual(['q1 rent remote', 'q1 fulfilled']);
});

test('an update concerns every follower of its group; leaving one leaves the other', async () => {
  const { subscribe, take, socket } = await opened();
  const unsubscribe = subscribe('q1');
  subscribe('q2');
  await settled();
  for (const subscription of ['q1', 'q2']) socket().say({ type: 'answer', subscription, group: 'g', version: 0, rows: [] });
  take();
  socket().say({ type: 'update', group: 'g', version: 1, upserts: [row('milk')], removals: [] });
  expect(take()).toEqual(['q1 milk remote', 'q2 milk remote']);
  unsubscribe();
  unsubscribe();
  expect(
    socket()
      .types()
      .filter((type) => type === 'unsubscribe'),
  ).toHaveLength(1);
  socket().say({ type: 'update', group: 'g', version: 2, upserts: [row('rent')], removals: ['milk'] });
  socket().say({ type: 'update', group: 'unknown', version: 3, upserts: [row('tax')], removals: [] });
  expect(take()).toEqual(['q2 rent remote']);
});

test('a name used again does not take the answer that its first bearer is owed', async () => {
  const { subscribe, take, socket } = await opened();
  subscribe('q1')();
  subscribe('q1');
  await settled();
  take();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g1', version: 0, rows: [row('milk')] });
  expect(take()).toEqual([]);
  socket().say({ type: 'answer', subscription: 'q1#2', group: 'g2', version: 0, rows: [row('rent')] });
  expect(take()).toEqual(['q1 rent remote', 'q1 fulfilled']);
});

test('a name used again does not take what its first bearer is answered anew, and is itself again once that cannot come any more', async () => {
  const { subscribe, take, socket } = await opened();
  const unsubscribe = subscribe('q1');
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g1', version: 0, rows: [row('milk')] });
  unsubscribe();
  const unsubscribeAgain = subscribe('q1');
  await settled();
  take();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g2', version: 1, rows: [row('milk')] });
  expect(take()).toEqual([]);
  socket().say({ type: 'answer', subscription: 'q1#2', group: 'g3', version: 1, rows: [row('rent')] });
  expect(take()).toEqual(['q1 rent remote', 'q1 fulfilled']);
  unsubscribeAgain();
  subscribe('q1');
  expect(socket().sent.at(-1)).toMatchObject({ type: 'subscribe', subscription: 'q1' });
});

test('an own write is pending until the version of its commit is heard, not only its acknowledgement', async () => {
  const { client, subscribe, take, socket } = await opened();
  subscribe('q1');
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 4, rows: [] });
  await client.insert('todos', { id: 'milk' });
  take();
  socket().say({ type: 'acknowledged', sequence: 1, version: 5 });
  expect(take()).toEqual([]);
  socket().say({ type: 'update', group: 'g', version: 5, upserts: [row('milk')], removals: [] });
  expect(take()).toEqual([]);
  socket().say({ type: 'update', group: 'g', version: 6, upserts: [], removals: ['milk'] });
  expect(take()).toEqual(['q1  remote']);
});

test('a write without effect at the server goes away with the progress', async () => {
  const { client, subscribe, take, socket } = await opened();
  subscribe('q1');
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 4, rows: [row('milk')] });
  take();
  await client.delete('todos', 'milk');
  socket().say({ type: 'acknowledged', sequence: 1, version: 5 });
  expect(take()).toEqual(['q1  remote']);
  socket().say({ type: 'progress', version: 5 });
  expect(take()).toEqual(['q1 milk remote']);
});

test('a callback may unsubscribe: nothing more is told', async () => {
  const { subscribe, take, socket } = await opened();
  const unsubscribe: () => void = subscribe('q1', () => unsubscribe());
  await settled();
  expect(take()).toEqual(['q1  local']);
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 0, rows: [row('milk')] });
  expect(take()).toEqual([]);
});

test('several changes of one event are told once', async () => {
  const { client, subscribe, take } = await opened();
  subscribe('q1');
  await settled();
  take();
  const stop = client.onConnectionStatusChange(() => {
    void client.insert('todos', { id: 'milk' });
    void client.insert('todos', { id: 'rent' });
  }, true);
  stop();
  expect(take()).toEqual(['q1 milk+rent local']);
});

test('fetch asks the server where it can, and falls back on what is held', async () => {
  const { client, socket, subscribe } = await opened();
  subscribe('q1');
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('milk')] });
  const asked = client.fetch(allTodos);
  const subscription = 's2';
  expect(socket().sent.at(-1)).toMatchObject({ type: 'subscribe', subscription });
  socket().say({ type: 'answer', subscription, group: 'g', version: 2, rows: [row('milk'), row('rent')] });
  expect((await asked).map(({ id }) => id)).toEqual(['milk', 'rent']);
  expect(socket().sent.at(-1)).toEqual({ type: 'unsubscribe', subscription });
  const lost = client.fetch(allTodos);
  socket().close();
  expect((await lost).map(({ id }) => id)).toEqual(['milk']);
  void client.insert('todos', { id: 'tax', done: true });
  expect(await client.fetchById('todos', 'tax')).toEqual({ id: 'tax', done: true });
  expect(await client.fetchById('todos', 'gone')).toBeNull();
});

test('a name in use is refused at the call, and is free again afterwards; a name of its own is none in use', async () => {
  const { client, socket } = await opened();
  const named = (subscriptionName: string) => client.subscribe(allTodos, () => {}, undefined, { subscriptionName });
  const stop = named('list');
  const sent = socket().sent.length;
  expect(() => named('list')).toThrow(SubscriptionNameInUseError);
  await expect(client.fetch(allTodos, { subscriptionName: 'list' })).rejects.toThrow('A live subscription is called "list" already.');
  expect([socket().sent.length, socket().ended]).toEqual([sent, undefined]);
  stop();
  named('list');
  named('s4');
  client.subscribe(allTodos, () => {});
  expect(socket().sent.slice(-3)).toMatchObject([{ subscription: 'list#2' }, { subscription: 's4' }, { subscription: 's5' }]);
});

test('fetch waits for an attempt that is under way', async () => {
  const { client, socket, token } = await testWorld();
  const outcomes: string[] = [];
  const fetch = (name: string) =>
    void client.fetch(allTodos, { subscriptionName: name }).then((rows) => outcomes.push(`${name} ${rows.map(({ id }) => id).join('+')}`));
  await client.startSession(token('ann'));
  void client.insert('todos', { id: 'tax' });
  fetch('refused');
  await settled();
  expect(outcomes).toEqual([]);
  socket().close();
  await settled();
  expect(outcomes).toEqual(['refused tax']);
  client.connect();
  fetch('accepted');
  socket().accept();
  await settled();
  socket().say({ type: 'answer', subscription: 'accepted', group: 'g', version: 1, rows: [row('milk')] });
  await settled();
  expect(outcomes).toEqual(['refused tax', 'accepted milk+tax']);
});

test('a failed subscription tells its error', async () => {
  const { client, socket } = await opened();
  const errors: string[] = [];
  client.subscribe(
    allTodos,
    () => {},
    (error) => errors.push(error.name),
    { subscriptionName: 'q1' },
  );
  socket().say({ type: 'subscriptionFailed', subscription: 'q1', error: { name: 'ReadPermissionError', message: 'no' } });
  expect(errors).toEqual(['ReadPermissionError']);
});

test('subscribeWithStatus tells what is loading', async () => {
  const { client, socket, token } = await opened();
  const states: unknown[] = [];
  client.subscribeWithStatus(allTodos, ({ results, fetching }) => states.push([results?.length, fetching]), { subscriptionName: 'q1' });
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('milk')] });
  await client.startSession(token('bob'));
  expect(states).toEqual([
    [undefined, true],
    [0, true],
    [1, false],
    [1, true],
  ]);
});

test('a limited window over what is held and own writes; what falls out comes back when there is room', async () => {
  const { client, socket } = await opened();
  const shown: string[] = [];
  const query = client.query('todos').Order('n').After([0], '').Limit(2);
  client.subscribe(query, (rows) => shown.push(rows.map(({ id }) => id).join('+')), undefined, { subscriptionName: 'q1' });
  expect(socket().sent.at(-1)).toMatchObject({ query: { limit: 2, after: { values: [0], id: '' } } });
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('b', { n: 2 }), row('d', { n: 4 })] });
  await client.insert('todos', { id: 'before', n: -1 });
  await client.insert('todos', { id: 'c', n: 3 });
  await client.delete('todos', 'b');
  await client.delete('todos', 'c');
  expect(shown).toEqual(['', 'b+d', 'b+c', 'c+d', 'd']);
});

test('an answer anew leaves the old group, and is told only where rows differ', async () => {
  const { subscribe, take, socket } = await opened();
  subscribe('q1');
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g1', version: 1, rows: [row('milk')] });
  take();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g2', version: 2, rows: [row('milk')] });
  expect(take()).toEqual([]);
  socket().say({ type: 'update', group: 'g1', version: 3, upserts: [row('rent')], removals: [] });
  expect(take()).toEqual([]);
  socket().say({ type: 'update', group: 'g2', version: 3, upserts: [row('tax')], removals: [] });
  socket().say({ type: 'answer', subscription: 'q1', group: 'g3', version: 4, rows: [] });
  expect(take()).toEqual(['q1 milk+tax remote', 'q1  remote']);
});

test('a query that is none is refused at once', async () => {
  const { client } = await opened();
  expect(() => client.subscribe({ ...allTodos, limit: -1 }, () => {})).toThrow('limit');
  expect(() => client.subscribe({ ...allTodos, after: { values: [1], id: 'x' } }, () => {})).toThrow('after');
});

test('a subscription with status that cannot be had leaves nobody listening', () => {
  let listening = 0;
  const listen = (): (() => void) => {
    listening += 1;
    return () => {
      listening -= 1;
    };
  };
  const subscribe = (): never => {
    throw new Error('no query');
  };
  const sources = { subscribe, onUnfulfilled: listen, onConnectionStatusChange: listen, call: (work: () => unknown) => void work() };
  expect(() => subscribeWithStatus(sources, () => {})).toThrow('no query');
  expect(listening).toBe(0);
});

test('a query over a bound of the server throws, and is not asked', async () => {
  const { client, socket, token } = await testWorld({ bounds: { patternLengthMax: 2, subscriptionsMax: 1 } });
  await client.startSession(token('ann'));
  socket().accept();
  const ignore = (): void => {};
  const long = { ...allTodos, where: [['text', 'like', '%a%']] } as const;
  expect(() => client.subscribe(long, ignore)).toThrow('over patternLengthMax: 2 characters of a pattern at most.');
  await expect(client.fetch(long)).rejects.toThrow(LimitExceededError);
  const leave = client.subscribe(allTodos, ignore);
  expect(() => client.subscribe(allTodos, ignore)).toThrow('over subscriptionsMax');
  leave();
  client.subscribe(allTodos, ignore);
  expect(socket().types()).toEqual(['hello', 'subscribe', 'unsubscribe', 'subscribe']);
});

test('an answer in parts is shown when its last part has come', async () => {
  const { client, socket } = await opened();
  const shown: string[] = [];
  client.subscribe(
    allTodos,
    (rows) => shown.push(rows.map(({ id }) => id).join('+')),
    () => {},
    { subscriptionName: 'q1' },
  );
  await settled();
  socket().say({ type: 'answerPart', subscription: 'q1', rows: [row('milk')] });
  socket().say({ type: 'answerPart', subscription: 'q1', rows: [row('rent')] });
  expect(shown).toEqual(['']);
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('tax')] });
  expect(shown).toEqual(['', 'milk+rent+tax']);
});

test('parts of an answer that was not ended are in no other', async () => {
  const { client, socket, time } = await opened();
  const shown: string[] = [];
  client.subscribe(
    allTodos,
    (rows) => shown.push(rows.map(({ id }) => id).join('+')),
    () => {},
    { subscriptionName: 'q1' },
  );
  await settled();
  socket().say({ type: 'answerPart', subscription: 'q1', rows: [row('milk')] });
  socket().close();
  await time.pass(1_000);
  socket().accept();
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('tax')] });
  expect(shown).toEqual(['', 'tax']);
});

test('what ends a subscription that was followed is no matter of its namesake', async () => {
  const { client, socket } = await opened();
  const errors: string[] = [];
  const subscribe = () =>
    client.subscribe(
      allTodos,
      () => {},
      ({ name }) => errors.push(name),
      { subscriptionName: 'q1' },
    );
  const unsubscribe = subscribe();
  await settled();
  socket().say({ type: 'answer', subscription: 'q1', group: 'g1', version: 1, rows: [] });
  unsubscribe();
  subscribe();
  await settled();
  socket().say({ type: 'subscriptionFailed', subscription: 'q1', group: 'g1', error: { name: 'LimitExceededError', message: 'no' } });
  expect(errors).toEqual([]);
  socket().say({ type: 'answer', subscription: 'q1#2', group: 'g2', version: 2, rows: [] });
  socket().say({ type: 'subscriptionFailed', subscription: 'q1#2', group: 'g2', error: { name: 'LimitExceededError', message: 'no' } });
  expect(errors).toEqual(['LimitExceededError']);
});

test('the parts of one answer are in no later one', async () => {
  const { client, socket } = await opened();
  const shown: string[] = [];
  client.subscribe(
    allTodos,
    (rows) => shown.push(rows.map(({ id }) => id).join('+')),
    () => {},
    { subscriptionName: 'q1' },
  );
  await settled();
  socket().say({ type: 'answerPart', subscription: 'q1', rows: [row('milk')] });
  socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 1, rows: [row('tax')] });
  socket().say({ type: 'answer', subscription: 'q1', group: 'h', version: 2, rows: [row('tax')] });
  expect(shown).toEqual(['', 'milk+tax', 'tax']);
});
