/** Exactly once, in order, by generation (W1, W3): appends held, failed and brought twice. */
import { describe, expect, test } from 'vitest';
import type { Operation } from '../protocol/frames.ts';
import { insertion, nameOfEntry, startTestServer, subscribeFrame, writeFrame, writeIdOf } from '../testing/server-environment.ts';

const update = (id: string, generation: string, changes: Record<string, string | number | null>): Operation => ({
  kind: 'update',
  collection: 'todos',
  id,
  generation,
  changes,
});
const remove = (id: string, generation: string): Operation => ({ kind: 'delete', collection: 'todos', id, generation });

describe('W1', () => {
  test('acknowledged, then updated, then progress, all at the version of the commit', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1'));
    client.fresh();
    await client.send(writeFrame(1, insertion('milk', { rank: 1 })));
    expect(client.fresh()).toEqual([
      { type: 'acknowledged', sequence: 1, version: 1 },
      {
        type: 'update',
        group: 'g1',
        version: 1,
        upserts: [{ generation: 'c1:1', attributes: { id: 'milk', rank: 1 } }],
        removals: [],
      },
      { type: 'progress', version: 1 },
    ]);
    expect(world.observed).toEqual(['append c1:1 by c1', 'commit c1:1 @1', 'evaluate g1 @1', 'encode g1 @1']);
    expect(world.log).toEqual([
      {
        kind: 'write',
        version: 1,
        clientId: 'c1',
        sequence: 1,
        id: writeIdOf(1),
        answered: 0,
        operations: [insertion('milk', { rank: 1 })],
      },
    ]);
  });

  test('rows whose collection and id run into each other are rows of their own within one write', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    const inserted = (collection: string, id: string): Operation => ({ kind: 'insert', collection, id, attributes: { id } });
    const pairs = [
      ['a', 'bc'],
      ['ab', 'c'],
      ['1:a', 'b'],
      ['1', ':ab'],
      ['a:', 'b'],
      ['a', ':b'],
    ] as const;
    await client.send(writeFrame(1, ...pairs.map(([collection, id]) => inserted(collection, id))));
    client.fresh();
    for (const [collection, id] of pairs) {
      await client.send({
        type: 'subscribe',
        subscription: `${collection} ${id}`,
        query: { collection, where: [['id', '=', id]], order: [] },
      });
      expect(client.fresh()).toMatchObject([{ type: 'answer', rows: [{ attributes: { id } }] }]);
    }
  });

  test('a write brought again is acknowledged again, without progress, and does nothing', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(writeFrame(1, insertion('milk')));
    await client.send(writeFrame(2, insertion('bread')));
    client.fresh();
    await client.send(writeFrame(1, insertion('milk')));
    expect(client.fresh()).toEqual([{ type: 'acknowledged', sequence: 1, version: 1 }]);
    expect(world.log).toHaveLength(2);
  });

  test('a write that an older connection has in the queue is found there when its turn comes', async () => {
    const world = await startTestServer();
    const old = await world.connect('c1', { secret: 'a' });
    world.appends.hold();
    await old.send(writeFrame(1, insertion('milk')));
    await old.leave();
    const young = await world.connect('c1', { secret: 'a' });
    await young.send(writeFrame(1, insertion('milk')));
    await young.send(writeFrame(2, insertion('bread')));
    expect(young.fresh()).toEqual([]);
    world.appends.release();
    await world.settle();
    expect(world.log.map(nameOfEntry)).toEqual(['a:1', 'a:2']);
    expect(young.fresh()).toEqual([
      { type: 'acknowledged', sequence: 1, version: 1 },
      { type: 'acknowledged', sequence: 2, version: 2 },
      { type: 'progress', version: 2 },
    ]);
  });

  test('a write that waits behind another of a connection that is gone is not begun', async () => {
    const world = await startTestServer();
    const other = await world.connect('c2');
    const client = await world.connect('c1');
    world.appends.hold();
    await other.send(writeFrame(1, insertion('milk')));
    await client.send(writeFrame(1, insertion('bread')));
    await client.leave();
    world.appends.release();
    await world.settle();
    expect(world.log.map(nameOfEntry)).toEqual(['c2:1']);
  });

  test('appends are asked one at a time, with versions in order', async () => {
    const world = await startTestServer();
    const clients = [await world.connect('c1'), await world.connect('c2'), await world.connect('c3')];
    world.appends.hold();
    for (const client of clients) await client.send(writeFrame(1, insertion('milk')));
    expect(world.observed).toEqual(['append c1:1 by c1']);
    world.appends.release();
    await world.settle();
    expect(world.log.map((entry) => `${entry.version} ${nameOfEntry(entry)}`)).toEqual(['1 c1:1', '2 c2:1', '3 c3:1']);
  });

  test('a gap in the sequence breaks the protocol', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(writeFrame(2, insertion('milk')));
    expect(client.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false });
    expect(world.log).toEqual([]);
  });

  test('frames after a write wait for it', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    world.appends.hold();
    await client.send(writeFrame(1, insertion('milk')));
    await client.send(subscribeFrame('s1'));
    expect(client.fresh()).toEqual([]);
    world.appends.release();
    await world.settle();
    expect(client.fresh().map((frame) => ('version' in frame ? `${frame.type} ${frame.version}` : frame.type))).toEqual([
      'acknowledged 1',
      'progress 1',
      'answer 1',
    ]);
  });

  test('a server starts again from its log', async () => {
    const world = await startTestServer({}, [
      { kind: 'write', version: 1, clientId: 'a', sequence: 1, id: writeIdOf(1), answered: 0, operations: [insertion('milk')] },
    ]);
    const client = await world.connect('c1', { secret: 'a' });
    await client.send(writeFrame(1, insertion('milk', { other: true })));
    await client.send(subscribeFrame('s1'));
    expect(client.fresh()).toEqual([
      { type: 'acknowledged', sequence: 1, version: 1 },
      { type: 'answer', subscription: 's1', group: 'g1', version: 1, rows: [{ generation: 'a:1', attributes: { id: 'milk' } }] },
    ]);
  });

  test('a log with a gap is not started from', async () => {
    await expect(
      startTestServer({}, [
        { kind: 'write', version: 2, clientId: 'a', sequence: 1, id: writeIdOf(1), answered: 0, operations: [insertion('milk')] },
      ]),
    ).rejects.toThrow(/version 0 to 2/);
  });
});

describe('W3', () => {
  async function rowsAfter(...writes: readonly (readonly Operation[])[]): Promise<unknown> {
    const world = await startTestServer();
    const client = await world.connect('c1');
    for (const [index, operations] of writes.entries()) await client.send(writeFrame(index + 1, ...operations));
    expect(client.closed()).toBeUndefined();
    client.fresh();
    await client.send(subscribeFrame('s1'));
    const [answer] = client.fresh();
    return answer?.type === 'answer' ? answer.rows : answer;
  }

  test('an update changes the attributes it names', async () => {
    expect(await rowsAfter([insertion('milk', { a: 1, b: 2 })], [update('milk', 'c1:1', { b: null, c: 3 })])).toEqual([
      { generation: 'c1:1', attributes: { id: 'milk', a: 1, b: null, c: 3 } },
    ]);
  });

  test('the id of a row stays', async () => {
    expect(await rowsAfter([insertion('milk')], [update('milk', 'c1:1', { id: 'bread' })])).toEqual([
      { generation: 'c1:1', attributes: { id: 'milk' } },
    ]);
  });

  test('an insert on a live id replaces the whole row and begins a generation', async () => {
    expect(await rowsAfter([insertion('milk', { a: 1 })], [insertion('milk', { b: 2 })])).toEqual([
      { generation: 'c1:2', attributes: { id: 'milk', b: 2 } },
    ]);
  });

  test.each<readonly [name: string, late: Operation]>([
    ['update', update('milk', 'c1:1', { a: 9 })],
    ['delete', remove('milk', 'c1:1')],
  ])('an %s of a dead generation is acknowledged without effect', async (_name, late) => {
    const reborn = [[insertion('milk', { a: 1 })], [remove('milk', 'c1:1')], [insertion('milk', { a: 2 })], [late]];
    expect(await rowsAfter(...reborn)).toEqual([{ generation: 'c1:3', attributes: { id: 'milk', a: 2 } }]);
    expect(await rowsAfter([insertion('milk')], [remove('milk', 'c1:1')], [late])).toEqual([]);
  });

  test('several operations are one write: the last word on a row counts, and nobody sees the others', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1'));
    client.fresh();
    await client.send(writeFrame(1, insertion('milk'), insertion('bread'), remove('milk', 'c1:1'), update('bread', 'c1:1', { a: 1 })));
    expect(client.fresh()[1]).toMatchObject({ upserts: [{ attributes: { id: 'bread', a: 1 } }], removals: [] });
  });
});
