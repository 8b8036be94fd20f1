/** What a client finds again (K2), and what a subscription begins with (Q2). */
import { expect, test } from 'vitest';
import { cachedResultsMax } from './cache.ts';
import { or } from './queries.ts';
import * as S from './schema/index.ts';
import { type CachedResult, type ClientStorage, memoryClientStorage } from './storage.ts';
import { settled, type TestWorld, testWorld } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] };
const row = (id: string, more = {}) => ({ generation: `other:${id}`, attributes: { id, ...more } });

function watch({ client }: TestWorld, name: string, query = allTodos): string[] {
  const shown: string[] = [];
  const tell = (rows: readonly { readonly id: string }[], { hasRemoteFulfilled }: { readonly hasRemoteFulfilled: boolean }) =>
    shown.push(`${rows.map(({ id }) => id).join('+')} ${hasRemoteFulfilled ? 'remote' : 'local'}`);
  client.subscribe(query, tell, undefined, { subscriptionName: name });
  return shown;
}

async function opened(storage: ClientStorage): Promise<TestWorld> {
  const world = await testWorld({}, storage);
  await world.client.startSession(world.token('ann'));
  world.socket().accept();
  return world;
}

test('after a crash the outbox, the client id and the cache are there, and a subscription begins with them', async () => {
  const storage = memoryClientStorage();
  const before = await opened(storage);
  watch(before, 'q1');
  before.socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 3, rows: [row('milk')] });
  before.socket().say({ type: 'update', group: 'g', version: 4, upserts: [row('rent')], removals: [] });
  await before.client.insert('todos', { id: 'tax' });

  const world = await testWorld({}, storage);
  const same = watch(world, 'q2');
  const other = watch(world, 'q3', { ...allTodos, order: [['text', 'ASC']] } as typeof allTodos);
  await settled();
  expect(same).toEqual(['milk+rent+tax local']);
  expect(other).toEqual(['tax local']);
  await world.client.startSession(world.token('ann'));
  world.socket().accept(4);
  expect(world.socket().sent).toMatchObject([
    { type: 'hello', secret: 'id1' },
    { type: 'write', sequence: 1 },
    { type: 'subscribe', subscription: 'q2' },
    { type: 'subscribe', subscription: 'q3' },
  ]);
  world.socket().say({ type: 'answer', subscription: 'q2', group: 'g', version: 4, rows: [row('milk')] });
  expect(same.at(-1)).toBe('milk+tax remote');
});

test('a subscription made before storage has been read begins with what it holds', async () => {
  const storage = memoryClientStorage();
  await storage.identify('c');
  await storage.remember({ query: '["todos",[],[],null,null]', version: 3, rows: [row('milk')] });
  let answer: () => void = () => {};
  const reading = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const world = await testWorld({}, { ...storage, load: () => reading.then(() => storage.load()) });
  const shown = watch(world, 'q1');
  const fetched = world.client.fetch(allTodos);
  await settled();
  expect(shown).toEqual([]);
  answer();
  await settled();
  expect(shown).toEqual(['milk local']);
  expect(await fetched).toEqual([{ id: 'milk' }]);
});

test('the version of the cache counts as heard: a write committed by then is not pending', async () => {
  const world = await opened(memoryClientStorage());
  const first = watch(world, 'q1');
  world.socket().say({ type: 'answer', subscription: 'q1', group: 'g', version: 3, rows: [row('milk')] });
  await world.client.update('todos', 'milk', { done: true });
  const late = watch(world, 'q2');
  await settled();
  expect(late).toEqual(['milk local']);
  world.socket().say({ type: 'acknowledged', sequence: 1, version: 4 });
  world.socket().say({ type: 'update', group: 'g', version: 4, upserts: [], removals: ['milk'] });
  const later = watch(world, 'q3');
  await settled();
  expect([first.at(-1), late.at(-1), later]).toEqual([' remote', 'milk local', [' local']]);
});

test('a query is known by how it is written, and kept whenever rows or version change, without copying', async () => {
  const kept: CachedResult[] = [];
  const storage: ClientStorage = {
    ...memoryClientStorage(),
    remember: (result) => {
      kept.push(result);
      return Promise.reject(new Error('disk full'));
    },
  };
  const world = await opened(storage);
  const query = world.client
    .query('todos')
    .Where(or([['a', 'in', ['x', 'y']]]))
    .Order('a')
    .After([1], 'm')
    .Limit(2);
  world.client.subscribe(query, () => {}, undefined, { subscriptionName: 'q1' });
  const answer = { type: 'answer', subscription: 'q1', group: 'g', version: 3, rows: [row('milk')] } as const;
  world.socket().say(answer);
  world.socket().say({ type: 'progress', version: 3 });
  world.socket().say({ type: 'progress', version: 4 });
  await settled();
  expect(kept.map(({ query: text, version }) => [text, version])).toEqual([
    ['["todos",[{"mod":"or","filters":[["a","in",["x","y"]]]}],[["a","ASC"]],2,[[1],"m"]]', 3],
    ['["todos",[{"mod":"or","filters":[["a","in",["x","y"]]]}],[["a","ASC"]],2,[[1],"m"]]', 4],
  ]);
  expect(kept[1]?.rows).toBe(kept[0]?.rows);
});

/** Asks one query after the other, each answered with a row of its own. */
function ask(world: TestWorld, numbers: readonly number[]): void {
  for (const number of numbers) {
    const name = `q${number}`;
    const stop = world.client.subscribe({ ...allTodos, where: [['n', '=', number]] }, () => {}, undefined, { subscriptionName: name });
    world.socket().say({ type: 'answer', subscription: name, group: `g${number}`, version: 3, rows: [row(`t${number}`, { n: number })] });
    stop();
  }
}

test('of very many queries those heard longest ago are forgotten, in storage too', async () => {
  const storage = memoryClientStorage();
  const world = await opened(storage);
  ask(
    world,
    Array.from({ length: cachedResultsMax }, (_, index) => index),
  );
  // This one is heard again, so another one is the oldest.
  const again = watch(world, 'again', { ...allTodos, where: [['n', '=', 0]] } as typeof allTodos);
  world.socket().say({ type: 'answer', subscription: 'again', group: 'g0', version: 4, rows: [row('t0', { n: 0 })] });
  ask(world, [cachedResultsMax, cachedResultsMax + 1]);
  await settled();
  expect(again.at(-1)).toBe('t0 remote');
  const texts = new Set((await storage.load())?.cache.map(({ query }) => query));
  const isKept = (number: number): boolean => texts.has(`["todos",[["n","=",${number}]],[],null,null]`);
  expect(texts.size).toBe(cachedResultsMax);
  expect([0, 1, 2, 3, cachedResultsMax + 1].map(isKept)).toEqual([true, false, false, true, true]);
});

test('what an earlier process kept beyond the bound goes too, the lowest version first, and a storage that fails to forget harms nothing', async () => {
  const storage = memoryClientStorage();
  await storage.identify('c');
  const numbers = Array.from({ length: cachedResultsMax + 3 }, (_, index) => index);
  for (const number of numbers.toReversed())
    await storage.remember({ query: `["todos",[["n","=",${number}]],[],null,null]`, version: number + 1, rows: [] });
  const asked: string[] = [];
  const forget = async (query: string): Promise<void> => {
    asked.push(query);
    throw new Error('disk full');
  };
  const world = await opened({ ...storage, forget });
  ask(world, [cachedResultsMax + 3]);
  await settled();
  expect(asked).toEqual([0, 1, 2, 3].map((number) => `["todos",[["n","=",${number}]],[],null,null]`));
});

test('what becomes of the object of a query afterwards changes nothing', async () => {
  const world = await opened(memoryClientStorage());
  const where: [string, '=', boolean][] = [['done', '=', true]];
  world.client.subscribe({ ...allTodos, where }, () => {}, undefined, { subscriptionName: 'q1' });
  where[0] = ['done', '=', false];
  world.socket().close();
  await world.time.pass(250);
  world.socket().accept();
  expect(world.socket().sent.at(-1)).toMatchObject({ query: { where: [['done', '=', true]] } });
});

test('what fetch was answered is not kept', async () => {
  const remembered: CachedResult[] = [];
  const storage = memoryClientStorage();
  const { client, socket } = await opened({ ...storage, remember: async (result) => void remembered.push(result) });
  const fetched = client.fetch(allTodos);
  socket().say({ type: 'answer', subscription: 's1', group: 'g', version: 1, rows: [row('milk')] });
  expect(await fetched).toEqual([{ id: 'milk' }]);
  expect(remembered).toEqual([]);
});

test('a result that another schema wrote is not found where a value is of another type; a former schema finds it again', async () => {
  const storage = memoryClientStorage();
  await storage.identify('c');
  await storage.remember({ query: '["todos",[],[],null,null]', version: 3, rows: [row('milk', { due: 'soon' }), row('rent')] });
  const isText = S.Collections({ todos: { schema: S.Schema({ id: S.Id(), due: S.Optional(S.String()) }) } });
  const isDate = S.Collections({ todos: { schema: S.Schema({ id: S.Id(), due: S.Optional(S.Date()) }) } });
  const shown = [];
  for (const schema of [isText, isDate, isText]) {
    const world = await testWorld({ schema }, storage);
    shown.push(watch(world, 'q'));
    await settled();
  }
  expect(shown).toEqual([['milk+rent local'], [' local'], ['milk+rent local']]);
});
