/** Sharing groups (H1 to H4, Q4, Q5): what a commit costs, who hears of it, and that nothing is left behind. */

import { describe, expect, test } from 'vitest';
import type { Filter } from '../../vocabulary/queries.ts';
import type { Operation } from '../protocol/frames.ts';
import { type FakeClient, insertion, startTestServer, subscribeFrame, type TestServer, writeFrame } from '../testing/server-environment.ts';

const update = (id: string, generation: string, changes: Record<string, number | string>): Operation => ({
  kind: 'update',
  collection: 'todos',
  id,
  generation,
  changes,
});
const home: Filter = ['list', '=', 'home'];
const open: Filter = ['done', '=', false];
const textsOf = (client: FakeClient, type: string) => client.texts.filter((text) => text.includes(`"type":"${type}"`));
const costs = (world: TestServer) => world.observed.filter((line) => /^(evaluate|encode)/.test(line));

describe('H1', () => {
  test('equal normal forms share, other queries do not', async () => {
    const world = await startTestServer();
    const one = await world.connect('c1');
    const two = await world.connect('c2');
    await one.send(subscribeFrame('s1', home, open));
    await two.send(subscribeFrame('s1', { mod: 'and', filters: [open, home, open] }));
    await two.send(subscribeFrame('s2', home));
    expect(world.inspect().groups).toEqual([
      {
        id: 'g1',
        members: [
          { connection: 'c1', subscription: 's1' },
          { connection: 'c2', subscription: 's1' },
        ],
      },
      { id: 'g2', members: [{ connection: 'c2', subscription: 's2' }] },
    ]);
  });

  test('a late member is answered at the current version, from the shared result', async () => {
    const world = await startTestServer();
    const one = await world.connect('c1');
    await one.send(subscribeFrame('s1', home));
    await one.send(writeFrame(1, insertion('milk', { list: 'home' })));
    const two = await world.connect('c2');
    await two.send(subscribeFrame('s1', home));
    expect(two.fresh()).toEqual([
      {
        type: 'answer',
        subscription: 's1',
        group: 'g1',
        version: 1,
        rows: [{ generation: 'c1:1', attributes: { id: 'milk', list: 'home' } }],
      },
    ]);
  });
});

describe('H2', () => {
  test('one evaluation and one encoding for any number of members, the same text for all, once a connection', async () => {
    const world = await startTestServer();
    const clients: FakeClient[] = [];
    for (let number = 1; number <= 20; number += 1) clients.push(await world.connect(`c${number}`));
    for (const client of clients) await client.send(subscribeFrame('s1', home));
    for (const client of clients) await client.send(subscribeFrame('s2', { mod: 'or', filters: [home] }));
    await clients[0]?.send(writeFrame(1, insertion('milk', { list: 'home' })));
    expect(costs(world)).toEqual(['evaluate g1 @1', 'encode g1 @1']);
    const updates = clients.flatMap((client) => textsOf(client, 'update'));
    expect(updates).toHaveLength(20);
    expect(new Set(updates).size).toBe(1);
    expect(world.inspect().counters).toMatchObject({ evaluations: 1, encodings: 1, appends: 1 });
  });

  test('a group that no written row satisfies, before or after, costs nothing', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', home));
    await client.send(subscribeFrame('s2', ['rank', '>', 5]));
    await client.send(writeFrame(1, insertion('milk', { list: 'away', rank: 1 })));
    expect(costs(world)).toEqual([]);
    expect(textsOf(client, 'update')).toEqual([]);
  });

  test('a row enters, changes inside and leaves; what changes nothing is not sent', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', ['rank', '>', 5]));
    await client.send(writeFrame(1, insertion('milk', { rank: 1 })));
    await client.send(writeFrame(2, update('milk', 'c1:1', { rank: 6 })));
    await client.send(writeFrame(3, update('milk', 'c1:1', { other: 1 })));
    await client.send(writeFrame(4, update('milk', 'c1:1', { other: 1 })));
    await client.send(writeFrame(5, update('milk', 'c1:1', { rank: 2 })));
    const updates = client.received.flatMap((frame) => (frame.type === 'update' ? [frame] : []));
    expect(updates.map(({ version, upserts, removals }) => [version, upserts.map(({ attributes }) => attributes), removals])).toEqual([
      [2, [{ id: 'milk', rank: 6 }], []],
      [3, [{ id: 'milk', rank: 6, other: 1 }], []],
      [5, [], ['milk']],
    ]);
  });

  test('a row goes from one list to another', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', home));
    await client.send(subscribeFrame('s2', ['list', 'in', ['away', 'work']]));
    await client.send(writeFrame(1, insertion('milk', { list: 'home' })));
    client.fresh();
    await client.send(writeFrame(2, update('milk', 'c1:1', { list: 'away' })));
    expect(client.fresh()).toMatchObject([
      { type: 'acknowledged' },
      { type: 'update', group: 'g1', upserts: [], removals: ['milk'] },
      { type: 'update', group: 'g2', upserts: [{ attributes: { list: 'away' } }], removals: [] },
      { type: 'progress' },
    ]);
  });

  test('several operations on one row are one change of it, from before the commit to after it', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(writeFrame(1, insertion('milk', { list: 'home' })));
    await client.send(subscribeFrame('s1', home));
    await client.send(subscribeFrame('s2', ['list', '=', 'away']));
    client.fresh();
    await client.send(writeFrame(2, update('milk', 'c1:1', { list: 'away' }), update('milk', 'c1:1', { list: 'work' })));
    await client.send(
      writeFrame(3, insertion('eggs', { list: 'home' }), { kind: 'delete', collection: 'todos', id: 'eggs', generation: 'c1:3' }),
    );
    expect(client.fresh().filter(({ type }) => type === 'update')).toEqual([
      { type: 'update', group: 'g1', version: 2, upserts: [], removals: ['milk'] },
    ]);
    expect(costs(world)).toEqual(['evaluate g1 @2', 'encode g1 @2']);
  });

  test('a row that keeps its attributes but begins a generation is sent: updates will name it', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1'));
    await client.send(writeFrame(1, insertion('milk', { rank: 1 })));
    client.fresh();
    await client.send(writeFrame(2, insertion('milk', { rank: 1 })));
    expect(client.fresh()[1]).toMatchObject({ type: 'update', upserts: [{ generation: 'c1:2' }] });
  });

  test('the rows tried stay the same as other queries grow from ten to ten thousand', async () => {
    const probesWith = async (queries: number) => {
      const world = await startTestServer();
      const client = await world.connect('c1');
      for (let list = 0; list < queries; list += 1) void client.send(subscribeFrame(`s${list}`, ['list', '=', list], open));
      await client.send(writeFrame(1, insertion('milk', { list: 7, done: false })));
      expect(world.inspect().counters.evaluations).toBe(1);
      return world.inspect().counters.probes;
    };
    expect(await probesWith(10_000)).toBe(await probesWith(10));
  });
});

describe('H3', () => {
  test('groups die with their last member, however it goes', async () => {
    const world = await startTestServer();
    const leaving = await world.connect('c1');
    const unsubscribing = await world.connect('c2');
    const expiring = await world.connect('c3', { token: await world.token({}, 1000) });
    const breaking = await world.connect('c4');
    for (const client of [leaving, unsubscribing, expiring, breaking]) {
      await client.send(subscribeFrame('s1', home));
      await client.send(subscribeFrame('s2', open));
    }
    await unsubscribing.send({ type: 'unsubscribe', subscription: 's1' });
    await unsubscribing.send({ type: 'unsubscribe', subscription: 's2' });
    await leaving.leave();
    await world.advance(1000);
    expect(world.inspect().groups.map(({ members }) => members)).toEqual([
      [{ connection: 'c4', subscription: 's1' }],
      [{ connection: 'c4', subscription: 's2' }],
    ]);
    await breaking.sendText('no frame');
    expect(world.inspect().groups).toEqual([]);
    await unsubscribing.leave();
    expect(world.timerNames()).toEqual([]);
  });

  test('a query that comes again is a new group, computed anew', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', home));
    await client.send({ type: 'unsubscribe', subscription: 's1' });
    await client.send(writeFrame(1, insertion('milk', { list: 'home' })));
    expect(costs(world)).toEqual([]);
    client.fresh();
    await client.send(subscribeFrame('s1', home));
    expect(client.fresh()).toMatchObject([{ type: 'answer', group: 'g2', version: 1, rows: [{ attributes: { id: 'milk' } }] }]);
  });
});

describe('H4 and Q4', () => {
  test('one of two subscriptions to the same group goes, the other stays', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', home));
    await client.send(subscribeFrame('s2', home));
    await client.send({ type: 'unsubscribe', subscription: 's1' });
    await client.send({ type: 'unsubscribe', subscription: 's1' });
    expect(client.closed()).toBeUndefined();
    await client.send(writeFrame(1, insertion('milk', { list: 'home' })));
    expect(textsOf(client, 'update')).toHaveLength(1);
  });

  test('a name in use breaks the protocol', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', home));
    await client.send(subscribeFrame('s1', open));
    expect(client.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false });
    expect(world.inspect().groups).toEqual([]);
  });

  test('a member that cannot be written to is given up, and the others hear everything', async () => {
    const world = await startTestServer();
    const broken = await world.connect('c1');
    const other = await world.connect('c2');
    const writer = await world.connect('c3');
    await broken.send(subscribeFrame('s1', home));
    await other.send(subscribeFrame('s1', home));
    broken.breakDown();
    await writer.send(writeFrame(1, insertion('milk', { list: 'home' })));
    expect(broken.closed()).toBe('terminated');
    expect(textsOf(other, 'update')).toHaveLength(1);
    expect(textsOf(writer, 'progress')).toHaveLength(1);
    expect(world.inspect().groups).toEqual([{ id: 'g1', members: [{ connection: 'c2', subscription: 's1' }] }]);
  });
});
