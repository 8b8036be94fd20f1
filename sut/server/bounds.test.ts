/** What a server does where one client asks for more than it takes (B3, B4): that alone fails. */
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { Operation } from '../protocol/frames.ts';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';

/** Of a row that `clientId` inserted by its first write. */
function updateOf(id: string, changes: Attributes, clientId: string): Operation {
  return { kind: 'update', collection: 'todos', id, generation: `${clientId}:1`, changes };
}

test('a write over a bound is rejected by its name, and the next one is taken', async () => {
  const world = await startTestServer({ bounds: { writeOperationsMax: 2 } });
  const client = await world.connect('c1');
  await client.send(writeFrame(1, insertion('a'), insertion('b'), insertion('c')));
  await client.send(writeFrame(2, insertion('a'), insertion('b')));
  expect(client.fresh()).toMatchObject([
    { type: 'rejected', sequence: 1, error: { name: 'LimitExceededError', message: expect.stringContaining('writeOperationsMax') } },
    { type: 'acknowledged', sequence: 2 },
    { type: 'progress' },
  ]);
});

test('a query over a bound fails, and what else the connection follows goes on', async () => {
  const world = await startTestServer({ bounds: { subscriptionsMax: 2, filterNodesMax: 1 } });
  const client = await world.connect('c1');
  await client.send(subscribeFrame('one'));
  await client.send(subscribeFrame('wide', ['a', '=', 1], ['b', '=', 1]));
  await client.send(subscribeFrame('two', ['a', '=', 1]));
  await client.send(subscribeFrame('three'));
  await client.send({ type: 'unsubscribe', subscription: 'one' });
  await client.send(subscribeFrame('four'));
  expect(client.fresh()).toMatchObject([
    { type: 'answer', subscription: 'one' },
    {
      type: 'subscriptionFailed',
      subscription: 'wide',
      error: { name: 'LimitExceededError', message: expect.stringContaining('filterNodesMax') },
    },
    { type: 'answer', subscription: 'two' },
    { type: 'subscriptionFailed', subscription: 'three', error: { message: expect.stringContaining('subscriptionsMax') } },
    { type: 'answer', subscription: 'four' },
  ]);
});

describe('what a connection follows weighs', () => {
  const ofAll = (weight: number) => startTestServer({ bounds: { followedWeightMax: weight } });
  test.each<[string, readonly Filter[], number]>([
    ['nothing asked', [], 1],
    ['a statement', [['a', '=', 1]], 2],
    [
      'a group of two',
      [
        {
          mod: 'or',
          filters: [
            ['a', '=', 1],
            ['b', '=', 1],
          ],
        },
      ],
      4,
    ],
    ['a list of 33', [['a', 'in', Array.from({ length: 33 }, (_, index) => index)]], 4],
    ['a pattern of 32 units', [['a', 'like', 'x'.repeat(32)]], 102],
    ['a pattern of 33 units', [['a', 'like', 'x'.repeat(33)]], 202],
  ])('%s', async (_, where, weight) => {
    const [within, over] = [await ofAll(weight), await ofAll(weight - 1 || 1)];
    for (const [world, type] of [
      [within, 'answer'],
      [over, weight === 1 ? 'answer' : 'subscriptionFailed'],
    ] as const) {
      const client = await world.connect('c1');
      await client.send(subscribeFrame('q', ...where));
      expect(client.fresh()).toMatchObject([{ type }]);
    }
  });

  test('twenty times as much with a limit, and as long as it is followed', async () => {
    const world = await ofAll(41);
    const client = await world.connect('c1');
    const limited = (subscription: string) =>
      client.send({ type: 'subscribe', subscription, query: { collection: 'todos', where: [['a', '=', 1]], order: [], limit: 1 } });
    await limited('first');
    await limited('second');
    await client.send(subscribeFrame('plain'));
    await client.send({ type: 'unsubscribe', subscription: 'first' });
    await limited('third');
    expect(client.fresh()).toMatchObject([
      { type: 'answer', subscription: 'first' },
      { type: 'subscriptionFailed', subscription: 'second', error: { message: expect.stringContaining('followedWeightMax') } },
      { type: 'answer', subscription: 'plain' },
      { type: 'answer', subscription: 'third' },
    ]);
  });
});

test('what a write leaves has a bound, each row once, as it is in the end', async () => {
  const world = await startTestServer({ bounds: { writeBytesMax: 100 } });
  const client = await world.connect('c1');
  const text = 'x'.repeat(30);
  await client.send(writeFrame(1, insertion('a', { text }), insertion('b', { text })));
  await client.send(
    writeFrame(2, insertion('c', { text }), { kind: 'delete', collection: 'todos', id: 'c', generation: 'c1:2' }, insertion('d', { text })),
  );
  await client.send(writeFrame(3, insertion('a', { text }), insertion('a', { text: 'y'.repeat(70) })));
  await client.send(writeFrame(4, insertion('a', { text }), insertion('a', { text: 'y'.repeat(90) })));
  expect(client.fresh().filter(({ type }) => type !== 'progress')).toMatchObject([
    { type: 'acknowledged', sequence: 1 },
    { type: 'acknowledged', sequence: 2 },
    { type: 'acknowledged', sequence: 3 },
    { type: 'rejected', sequence: 4, error: { message: expect.stringContaining('writeBytesMax') } },
  ]);
});

test('a row that many groups tell of is made text once', async () => {
  const world = await startTestServer();
  const client = await world.connect('c1');
  for (let count = 0; count < 20; count += 1) await client.send(subscribeFrame(`q${count}`, ['n', '!=', count]));
  await client.send(writeFrame(1, insertion('a', { text: 'x'.repeat(1_000) })));
  expect(world.inspect().counters).toMatchObject({ encodings: 20 });
  expect(world.inspect().counters.unitsEncoded).toBeLessThan(1_100);
});

/** What one lawful frame did before there were bounds: seconds of silence for everybody, or the end of the process. */
describe('with the bounds that a server has by itself', () => {
  const deep = (levels: number, width: number): Filter => {
    let filter: Filter = { mod: 'or', filters: Array.from({ length: width }, (_, index) => ['n', '=', index] as const) };
    for (let level = 1; level < levels; level += 1) filter = { mod: 'and', filters: [filter] };
    return filter;
  };
  test.each<[string, Filter, string]>([
    ['a pattern of thousands of pieces', ['text', 'like', `%${'a_'.repeat(7_000)}b%`], 'patternLengthMax'],
    ['a pattern of a hundred thousand percent signs', ['text', 'like', '%'.repeat(100_000)], 'patternLengthMax'],
    ['40,000 statements under 190 groups', deep(190, 40_000), 'filterDepthMax'],
    ['40,000 statements in one group', deep(1, 40_000), 'filterNodesMax'],
    ['a list of 100,000 numbers', ['n', 'in', Array.from({ length: 100_000 }, (_, index) => index)], 'listLengthMax'],
  ])('%s', async (_, filter, bound) => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('q', filter));
    expect(client.fresh()).toMatchObject([{ type: 'subscriptionFailed', error: { message: expect.stringContaining(bound) } }]);
    expect(world.server.inspect().groups).toEqual([]);
  });

  test('20,000 subscriptions on one connection: a thousand are followed', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    for (let count = 0; count < 1_100; count += 1) await client.send(subscribeFrame(`q${count}`));
    expect(client.fresh().filter(({ type }) => type === 'subscriptionFailed')).toHaveLength(100);
    expect(world.server.inspect().groups[0]?.members).toHaveLength(1_000);
  });

  test('a row of 60,000 attributes, updated 400 times in the same write: no row is copied once', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`a${index}`, 0]));
    const updates = Array.from({ length: 400 }, () => updateOf('wide', { a0: 1 }, 'c1'));
    await client.send(writeFrame(1, insertion('wide', wide), ...updates));
    expect(client.fresh()).toMatchObject([{ type: 'rejected', error: { message: expect.stringContaining('rowAttributesMax') } }]);
  });

  test('a row of 60,000 attributes, updated 9,000 times in the same write, where the bounds let it: it is copied once to be judged, and once to be kept', async () => {
    const bounds = { rowAttributesMax: 100_000, rowBytesMax: 10_000_000, writeOperationsMax: 10_000 };
    const world = await startTestServer({ bounds, frameBytesMax: 10_000_000 });
    const client = await world.connect('c1');
    const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`a${index}`, 0]));
    const updates = Array.from({ length: 9_000 }, (_, index) => updateOf('wide', { [`a${index % 7}`]: index }, 'c1'));
    await client.send(writeFrame(1, insertion('wide', wide), ...updates));
    expect(client.fresh()).toMatchObject([{ type: 'acknowledged' }, { type: 'progress' }]);
    expect(world.inspect().counters.attributesCopied).toBeLessThan(2 * (60_001 + 9_001));
    await client.send(writeFrame(2, ...updates));
    expect(world.inspect().counters.attributesCopied).toBeLessThan(4 * (60_001 + 9_001));
  });

  test('updates that grow one row, again and again: the row stays within its bound, and nobody is closed', async () => {
    const world = await startTestServer();
    const [writer, follower] = [await world.connect('c1'), await world.connect('c2')];
    await follower.send(subscribeFrame('q'));
    await writer.send(writeFrame(1, insertion('milk')));
    for (let count = 0; count < 5; count += 1) {
      await writer.send(writeFrame(count + 2, updateOf('milk', { [`text ${count}`]: 'x'.repeat(100_000) }, 'c1')));
    }
    expect(writer.fresh().flatMap(({ type }) => (type === 'progress' ? [] : [type]))).toEqual([
      'acknowledged',
      'acknowledged',
      'acknowledged',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(follower.fresh().map(({ type }) => type)).toEqual(['answer', 'update', 'update', 'update']);
  });
});

describe('what it costs where the bounds let it, in numbers', () => {
  const wide = {
    patternLengthMax: 2_000_000,
    listLengthMax: 200_000,
    filterNodesMax: 100_000,
    filterDepthMax: 1_000,
    rowBytesMax: 1_000_000,
    followedWeightMax: 10_000_000,
  };
  async function spentOn(rows: readonly Operation[], filter: Filter): Promise<number> {
    const world = await startTestServer({ bounds: wide, frameBytesMax: 10_000_000 });
    const client = await world.connect('c1');
    await client.send(writeFrame(1, ...rows));
    const before = world.inspect().counters.comparisons;
    await client.send(subscribeFrame('q', filter));
    expect(client.fresh().at(-1)).toMatchObject({ type: 'answer' });
    return world.inspect().counters.comparisons - before;
  }

  test('a pattern of 401 units on a text of 60,000: the text once for each 32 units', async () => {
    const pattern = `%${'a_'.repeat(199)}b%`;
    expect(await spentOn([insertion('long', { text: 'a'.repeat(60_000) })], ['text', 'like', pattern])).toBeLessThanOrEqual(
      Math.ceil(pattern.length / 32) * 60_000 + 2,
    );
  });

  test('a million percent signs on 200 short rows: nothing lies between them', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => insertion(`r${index}`, { text: 'short' }));
    expect(await spentOn(rows, ['text', 'like', '%'.repeat(1_000_000)])).toBeLessThan(200 * 4);
  });

  test('a list of 100,000 numbers on 200 rows: each is looked up', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => insertion(`r${index}`, { n: index }));
    expect(await spentOn(rows, ['n', 'in', Array.from({ length: 100_000 }, (_, index) => index)])).toBeLessThan(200 * 4);
  });

  test('40,000 statements under 190 groups on one row: each once', async () => {
    let filter: Filter = { mod: 'or', filters: Array.from({ length: 40_000 }, (_, index) => ['n', '=', index] as const) };
    for (let level = 1; level < 190; level += 1) filter = { mod: level % 2 === 0 ? 'or' : 'and', filters: [filter, ['n', '=', -level]] };
    expect(await spentOn([insertion('r', { n: -0.5 })], filter)).toBeLessThan(2 * 40_190);
  });
});

test('a limit of 1 over 20,000 rows: all are looked at once, and few comparisons follow from a write', async () => {
  const world = await startTestServer({ bounds: { writeOperationsMax: 10_000 } });
  const client = await world.connect('c1');
  const rows = Array.from({ length: 20_000 }, (_, rank) => insertion(`r${rank}`, { rank }));
  for (let sequence = 1; sequence <= 2; sequence += 1) {
    await client.send(writeFrame(sequence, ...rows.slice((sequence - 1) * 10_000, sequence * 10_000)));
  }
  await client.send({
    type: 'subscribe',
    subscription: 'q',
    query: { collection: 'todos', where: [], order: [['rank', 'ASC']], limit: 1 },
  });
  expect(world.inspect().counters.rowsLooked).toBe(20_000);
  for (let rank = 0; rank < 64; rank += 1) {
    await client.send(writeFrame(rank + 3, { kind: 'delete', collection: 'todos', id: `r${rank}`, generation: 'c1:1' }));
  }
  expect(world.inspect().counters.rowsLooked).toBe(20_000);
  await client.send(writeFrame(67, { kind: 'delete', collection: 'todos', id: 'r64', generation: 'c1:1' }));
  expect(world.inspect().counters.rowsLooked).toBe(20_000 + 19_935);
});
