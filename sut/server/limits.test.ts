/** Windows with a limit and a cursor at the server (Q2, Q5, H1, H2), and frames that are too long (B5). */

import { describe, expect, test } from 'vitest';
import type { Query } from '../../vocabulary/queries.ts';
import type { Operation, ServerFrame } from '../protocol/frames.ts';
import { type FakeClient, insertion, startTestServer, writeFrame } from '../testing/server-environment.ts';

const byRank: Query = { collection: 'todos', where: [], order: [['rank', 'ASC']] };
const rows = (...ranks: readonly number[]) => ranks.map((rank) => insertion(`r${rank}`, { rank }));
const remove = (id: string, generation: string): Operation => ({ kind: 'delete', collection: 'todos', id, generation });
const subscribe = (subscription: string, query: Query) => ({ type: 'subscribe', subscription, query }) as const;
/** Of answers the ids, of updates the ids that came and went. */
function tell(frame: ServerFrame): readonly unknown[] {
  if (frame.type === 'answer') return [frame.rows.map(({ attributes }) => attributes.id)];
  return frame.type === 'update' ? [{ in: frame.upserts.map(({ attributes }) => attributes.id), out: frame.removals }] : [];
}
const told = (client: FakeClient) => client.fresh().flatMap(tell);

describe('limit and after', () => {
  test('the first rows after the cursor are answered', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(writeFrame(1, ...rows(3, 1, 4, 2, 5)));
    client.fresh();
    await client.send(subscribe('s1', { ...byRank, limit: 2 }));
    await client.send(subscribe('s2', { ...byRank, limit: 2, after: { values: [2], id: 'r2' } }));
    await client.send(subscribe('s3', { ...byRank, after: { values: [3], id: 'r3' } }));
    await client.send(subscribe('s4', { ...byRank, limit: 0 }));
    const [first, second, third, none] = told(client);
    expect([first, second, none]).toEqual([['r1', 'r2'], ['r3', 'r4'], []]);
    expect(third).toEqual(expect.arrayContaining(['r4', 'r5']));
    expect(third).toHaveLength(2);
  });

  test('over the edge of the limit one row comes for one that goes, in the same update', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(writeFrame(1, ...rows(2, 3, 4)));
    await client.send(subscribe('s1', { ...byRank, limit: 2 }));
    told(client);
    await client.send(writeFrame(2, ...rows(1)));
    await client.send(writeFrame(3, remove('r1', 'c1:2')));
    await client.send(writeFrame(4, ...rows(9)));
    expect(told(client)).toEqual([
      { in: ['r1'], out: ['r3'] },
      { in: ['r3'], out: ['r1'] },
    ]);
  });

  test('belong to the key', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    const after = { values: [2], id: 'r2' };
    const queries = [byRank, { ...byRank, limit: 2 }, { ...byRank, limit: 3 }, { ...byRank, limit: 2, after }, { ...byRank, limit: 2 }];
    for (const [index, query] of queries.entries()) await client.send(subscribe(`s${index}`, query));
    expect(world.inspect().groups.map(({ members }) => members.map(({ subscription }) => subscription))).toEqual([
      ['s0'],
      ['s1', 's4'],
      ['s2'],
      ['s3'],
    ]);
  });

  test('a group is evaluated and encoded once, however many rows a commit moves', async () => {
    const world = await startTestServer();
    const clients = [await world.connect('c1'), await world.connect('c2')];
    for (const client of clients) await client.send(subscribe('s1', { ...byRank, limit: 3 }));
    await clients[0]?.send(writeFrame(1, ...rows(5, 6, 7, 1, 2)));
    expect(world.observed.filter((line) => /^(evaluate|encode)/.test(line))).toEqual(['evaluate g1 @1', 'encode g1 @1']);
  });
});

describe('B5', () => {
  test('a frame over the limit closes its connection at its turn, with the limit in the message', async () => {
    const world = await startTestServer({ frameBytesMax: 300 });
    const client = await world.connect('c1', { token: await world.token({}) });
    world.appends.hold();
    await client.send(writeFrame(1, insertion('milk')));
    await client.sendText(JSON.stringify({ type: 'ping', padding: 'x'.repeat(300) }));
    await client.send({ type: 'ping' });
    expect(client.closed()).toBeUndefined();
    world.appends.release();
    await world.settle();
    expect(client.closed()).toEqual({ type: 'LIMIT_EXCEEDED', retry: false, message: 'over frameBytesMax: 300 bytes of a frame at most' });
    expect(client.fresh().map(({ type }) => type)).toEqual(['acknowledged', 'progress']);
  });
});
