/** Answers in parts (Q7), answers and updates over the bound (B4). */
import { describe, expect, test } from 'vitest';
import type { Operation, ServerFrame } from '../protocol/frames.ts';
import { type FakeClient, insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import { collection, roles, text } from '../testing/server-schemas.ts';

/** Each of them is 24 bytes long as JSON, and 80 more in a frame. */
const rows = (...ids: readonly string[]) => ids.map((id) => insertion(id, { text: 'xxxx' }));
const typesOf = (client: FakeClient) => client.fresh().map(({ type }) => type);
const idsOf = (frame: ServerFrame) =>
  frame.type === 'answer' || frame.type === 'answerPart' ? frame.rows.map(({ attributes }) => attributes.id) : [];

describe('parts', () => {
  test.each([
    [312, [['a', 'b', 'c']]],
    [311, [['a', 'b'], ['c']]],
    [208, [['a', 'b'], ['c']]],
    [207, [['a'], ['b'], ['c']]],
    [1, [['a'], ['b'], ['c']]],
  ])('of %i bytes at most', async (answerPartBytes, expected) => {
    const world = await startTestServer({ bounds: { answerPartBytes } });
    const client = await world.connect('c1');
    await client.send(writeFrame(1, ...rows('a', 'b', 'c')));
    client.fresh();
    await client.send(subscribeFrame('q'));
    const frames = client.fresh();
    expect(frames.map(idsOf)).toEqual(expected);
    expect(frames.map(({ type }) => type)).toEqual([...expected.slice(1).map(() => 'answerPart'), 'answer']);
  });

  test('no rows are one frame', async () => {
    const world = await startTestServer({ bounds: { answerPartBytes: 1 } });
    const client = await world.connect('c1');
    await client.send(subscribeFrame('q'));
    expect(client.fresh()).toMatchObject([{ type: 'answer', rows: [] }]);
  });

  test('bytes count, not characters', async () => {
    const world = await startTestServer({ bounds: { answerPartBytes: 212 } });
    const client = await world.connect('c1');
    await client.send(writeFrame(1, insertion('a', { text: '€€€€' }), insertion('b', { text: 'xxxx' })));
    client.fresh();
    await client.send(subscribeFrame('q'));
    expect(typesOf(client)).toEqual(['answerPart', 'answer']);
  });

  test('a connection that breaks between two parts follows nothing', async () => {
    const world = await startTestServer({ bounds: { answerPartBytes: 1 } });
    const client = await world.connect('c1');
    await client.send(writeFrame(1, ...rows('a', 'b', 'c')));
    client.breakDown();
    await client.send(subscribeFrame('q'));
    expect(client.closed()).toBe('terminated');
    expect(world.inspect().groups).toEqual([]);
  });
});

describe('over the bound', () => {
  test('an answer fails alone, and takes no place', async () => {
    const world = await startTestServer({ bounds: { answerBytesMax: 50, subscriptionsMax: 1 } });
    const client = await world.connect('c1');
    await client.send(writeFrame(1, ...rows('a', 'b', 'c')));
    client.fresh();
    await client.send(subscribeFrame('all'));
    await client.send(subscribeFrame('some', ['id', '<', 'c']));
    expect(client.fresh()).toMatchObject([
      {
        type: 'subscriptionFailed',
        subscription: 'all',
        error: { name: 'LimitExceededError', message: expect.stringContaining('answerBytesMax') },
      },
      { type: 'answer', subscription: 'some' },
    ]);
    expect(world.inspect().groups).toMatchObject([{ members: [{ subscription: 'some' }] }]);
  });

  test('an update ends the subscriptions that were to hear it, and nothing else', async () => {
    const world = await startTestServer({ bounds: { answerBytesMax: 50 } });
    const [one, two] = [await world.connect('c1'), await world.connect('c2')];
    for (const client of [one, two]) {
      await client.send(subscribeFrame('all'));
      await client.send(subscribeFrame('b', ['id', '=', 'b']));
      client.fresh();
    }
    await one.send(writeFrame(1, ...rows('a', 'b', 'c')));
    expect(typesOf(one)).toEqual(['acknowledged', 'subscriptionFailed', 'update', 'progress']);
    expect(two.fresh()).toMatchObject([
      { type: 'subscriptionFailed', subscription: 'all', group: 'g1' },
      { type: 'update', group: 'g2' },
    ]);
    // What was ended takes no place, and is not answered again.
    await world.server.overrideSchema({ collections: { todos: collection({ text }) }, roles });
    await world.settle();
    expect(one.fresh()).toMatchObject([{ type: 'answer', subscription: 'b' }]);
    await one.send(subscribeFrame('all', ['id', '=', 'a']));
    expect(typesOf(one)).toEqual(['answer']);
  });
});

test('updates that grow one row, 560 times: whoever follows it hears of it, or fails; nobody is closed', async () => {
  const world = await startTestServer({ bounds: { rowBytesMax: 1_000_000, rowAttributesMax: 1_000, answerBytesMax: 20_000 } });
  const [writer, follower, other] = [await world.connect('c1'), await world.connect('c2'), await world.connect('c3')];
  await follower.send(subscribeFrame('q'));
  await other.send(subscribeFrame('others', ['id', '!=', 'milk']));
  await writer.send(writeFrame(1, insertion('milk')));
  for (let count = 0; count < 560; count += 1) {
    const changes = { [`text ${count}`]: 'x'.repeat(100) };
    const grown: Operation = { kind: 'update', collection: 'todos', id: 'milk', generation: 'c1:1', changes };
    await writer.send(writeFrame(count + 2, grown));
  }
  const heard = typesOf(follower);
  expect(heard.filter((type) => type === 'subscriptionFailed')).toHaveLength(1);
  expect(heard.at(-1)).toBe('subscriptionFailed');
  expect(writer.fresh().filter(({ type }) => type === 'acknowledged')).toHaveLength(561);
  expect([writer, follower, other].map((client) => client.closed())).toEqual([undefined, undefined, undefined]);
});
