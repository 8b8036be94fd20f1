/** Who reads and writes what (P1, P2), what claims that change do (S6), and how rejected writes go on (W4). */
import { describe, expect, test } from 'vitest';
import type { Operation } from '../protocol/frames.ts';
import {
  type FakeClient,
  insertion,
  nameOfEntry,
  startTestServer,
  subscribeFrame,
  type TestServer,
  writeFrame,
  writeIdOf,
} from '../testing/server-environment.ts';
import { everything, ownRows, roles, todosSchema } from '../testing/server-schemas.ts';
import type { LogEntry } from './storage.ts';

const schema = todosSchema(ownRows);
const update = (id: string, generation: string, changes: Record<string, string | number>): Operation => ({
  kind: 'update',
  collection: 'todos',
  id,
  generation,
  changes,
});
const remove = (id: string, generation: string): Operation => ({ kind: 'delete', collection: 'todos', id, generation });
const idsIn = (frame: ReturnType<FakeClient['fresh']>[number] | undefined) =>
  frame?.type === 'answer' ? frame.rows.map(({ attributes }) => attributes.id) : frame;
const error = (name: string) => ({ name, message: expect.any(String) });
const seeded: readonly LogEntry[] = [
  {
    kind: 'write',
    version: 1,
    clientId: 'seed',
    sequence: 1,
    id: '',
    answered: 0,
    operations: [insertion('milk', { owner: 'ann' }), insertion('bread', { owner: 'bob' })],
  },
];

async function connectAs(world: TestServer, label: string, claims: Readonly<Record<string, unknown>>): Promise<FakeClient> {
  return world.connect(label, { token: await world.token(claims) });
}
const ann = { role: 'member', sub: 'ann' };
const bob = { role: 'member', sub: 'bob' };

describe('reading', () => {
  test.each<readonly [who: string, claims: Readonly<Record<string, unknown>>, ids: readonly string[]]>([
    ['a member', ann, ['milk']],
    ['an admin', { role: 'admin' }, ['milk', 'bread']],
    ['nobody known', { role: 'guest' }, []],
    ['a secret token', { 'x-triplit-token-type': 'secret' }, ['milk', 'bread']],
  ])('%s is answered with what it may read', async (_who, claims, ids) => {
    const world = await startTestServer({ schema }, seeded);
    const client = await connectAs(world, 'c1', claims);
    await client.send(subscribeFrame('s1'));
    expect(idsIn(client.fresh()[0])).toEqual(ids);
  });

  test('who reads the same shares a group, who reads something else does not', async () => {
    const world = await startTestServer({ schema }, seeded);
    const clients = [await connectAs(world, 'c1', ann), await connectAs(world, 'c2', bob), await connectAs(world, 'c3', ann)];
    for (const client of clients) await client.send(subscribeFrame('s1'));
    expect(world.inspect().groups.map(({ members }) => members.map(({ connection }) => connection))).toEqual([['c1', 'c3'], ['c2']]);
  });

  test('the rows tried stay the same as readers grow: what they may read is in the index', async () => {
    const probesWith = async (readers: number) => {
      const world = await startTestServer({ schema }, seeded);
      for (let reader = 0; reader < readers; reader += 1) {
        await (await connectAs(world, `c${reader}`, { role: 'member', sub: `u${reader}` })).send(subscribeFrame('s1'));
      }
      const writer = await connectAs(world, 'writer', { role: 'admin' });
      await writer.send(writeFrame(1, insertion('eggs', { owner: 'u1' })));
      expect(world.inspect().counters).toMatchObject({ evaluations: 1, encodings: 1 });
      return world.inspect().counters.probes;
    };
    expect(await probesWith(200)).toBe(await probesWith(2));
  });

  test('a row that leaves what may be read leaves the result, and nothing of it is told', async () => {
    const world = await startTestServer({ schema }, seeded);
    const member = await connectAs(world, 'c1', ann);
    const admin = await connectAs(world, 'c2', { role: 'admin' });
    await member.send(subscribeFrame('s1'));
    member.fresh();
    await admin.send(writeFrame(1, update('milk', 'seed:1', { owner: 'bob', rank: 7 })));
    await admin.send(writeFrame(2, update('milk', 'seed:1', { rank: 8 })));
    expect(member.fresh()).toEqual([{ type: 'update', group: 'g1', version: 2, upserts: [], removals: ['milk'] }]);
  });
});

describe('claims that change under equal roles (S6)', () => {
  const byPlan = todosSchema({ member: { ...everything, read: { filter: [['rank', '<=', '$token.plan']] } } });
  const log: readonly LogEntry[] = [
    {
      kind: 'write',
      version: 1,
      clientId: 'seed',
      sequence: 1,
      id: '',
      answered: 0,
      operations: [1, 2, 3].map((rank) => insertion(`r${rank}`, { owner: 'ann', rank })),
    },
  ];

  test('what reads otherwise is answered anew, right after the acceptance, in order of subscription; the rest is left alone', async () => {
    const world = await startTestServer({ schema: byPlan }, log);
    const client = await connectAs(world, 'c1', { ...ann, plan: 1 });
    const other = await connectAs(world, 'c2', { ...ann, plan: 1 });
    for (const name of ['s2', 's1']) await client.send(subscribeFrame(name));
    await client.send({ type: 'subscribe', subscription: 's3', query: { collection: 'lists', where: [], order: [] } });
    await other.send(subscribeFrame('s1'));
    client.fresh();
    other.fresh();
    await client.send({ type: 'updateToken', request: 1, token: await world.token({ ...ann, plan: 2 }) });
    const [accepted, ...answers] = client.fresh();
    expect(accepted).toEqual({ type: 'tokenAccepted', request: 1 });
    expect(answers.map((frame) => (frame.type === 'answer' ? [frame.subscription, frame.group, frame.version] : frame))).toEqual([
      ['s2', 'g3', 1],
      ['s1', 'g3', 1],
    ]);
    expect(answers.map(idsIn)).toEqual([
      ['r1', 'r2'],
      ['r1', 'r2'],
    ]);
    expect(other.fresh()).toEqual([]);
    expect(world.inspect().groups.map(({ id, members }) => `${id} ${members.map((member) => member.subscription).join()}`)).toEqual([
      'g1 s1',
      'g2 s3',
      'g3 s1,s2',
    ]);
  });

  test('an update that reads the same moves nothing (S4)', async () => {
    const world = await startTestServer({ schema: byPlan }, log);
    const client = await connectAs(world, 'c1', { ...ann, plan: 1 });
    await client.send(subscribeFrame('s1'));
    client.fresh();
    await client.send({ type: 'updateToken', request: 1, token: await world.token({ ...ann, plan: 1, nickname: 'A' }) });
    expect(client.fresh()).toEqual([{ type: 'tokenAccepted', request: 1 }]);
    expect(world.inspect().groups.map(({ id }) => id)).toEqual(['g1']);
  });

  test('a write that begins after it is judged by the new claims', async () => {
    const capped = todosSchema({ member: { ...everything, insert: { filter: [['rank', '<=', '$token.plan']] } } });
    const world = await startTestServer({ schema: capped });
    const client = await connectAs(world, 'c1', { ...ann, plan: 1 });
    await client.send(writeFrame(1, insertion('a', { owner: 'ann', rank: 2 })));
    await client.send({ type: 'updateToken', request: 1, token: await world.token({ ...ann, plan: 2 }) });
    await client.send(writeFrame(2, insertion('b', { owner: 'ann', rank: 2 })));
    expect(client.fresh().map(({ type }) => type)).toEqual(['rejected', 'tokenAccepted', 'acknowledged', 'progress']);
  });

  test('the roles of the schema count, not those of the option', async () => {
    const world = await startTestServer({ schema: { ...schema, roles: { one: { match: {} } } }, roles });
    const client = await connectAs(world, 'c1', ann);
    await client.send({ type: 'updateToken', request: 1, token: await world.token(bob) });
    expect(client.closed()).toBeUndefined();
  });
});

describe('writing', () => {
  test.each<readonly [what: string, operations: readonly Operation[], outcome: string]>([
    ['an own row', [insertion('eggs', { owner: 'ann' })], 'acknowledged'],
    ["another's row", [insertion('eggs', { owner: 'bob' })], 'PermissionDeniedError'],
    ["an insert over another's row", [insertion('bread', { owner: 'ann' })], 'PermissionDeniedError'],
    ['an insert over an own row', [insertion('milk', { owner: 'ann' })], 'acknowledged'],
    ['a row given away', [update('milk', 'seed:1', { owner: 'bob' })], 'PermissionDeniedError'],
    ["an update of another's row", [update('bread', 'seed:1', { owner: 'ann' })], 'PermissionDeniedError'],
    ["a delete of another's row", [remove('bread', 'seed:1')], 'PermissionDeniedError'],
    ['a dead generation, whoever owns the row', [remove('bread', 'x:1'), update('bread', 'x:1', { rank: 1 })], 'acknowledged'],
    ['a dead generation of what the schema lacks', [{ ...remove('bread', 'x:1'), collection: 'lists' }], 'acknowledged'],
    ['a row that lacks an attribute', [insertion('eggs')], 'SchemaViolationError'],
    ['a row of an unknown collection', [{ ...insertion('eggs', { owner: 'ann' }), collection: 'lists' }], 'SchemaViolationError'],
    ['an update that breaks the schema', [update('milk', 'seed:1', { rank: 'high' })], 'SchemaViolationError'],
    ['the schema goes first', [insertion('eggs', { owner: 'bob', rank: 'high' })], 'SchemaViolationError'],
    ['the first operation goes first', [insertion('eggs', { owner: 'bob' }), insertion('jam')], 'PermissionDeniedError'],
    ['each sees the ones before it', [remove('milk', 'seed:1'), update('milk', 'seed:1', { owner: 'bob' })], 'acknowledged'],
    ['its own insert, given away', [insertion('jam', { owner: 'ann' }), update('jam', 'c1:1', { owner: 'bob' })], 'PermissionDeniedError'],
  ])('%s', async (_what, operations, outcome) => {
    const world = await startTestServer({ schema }, seeded);
    const client = await connectAs(world, 'c1', ann);
    await client.send(writeFrame(1, ...operations));
    const [answer] = client.fresh();
    expect(answer?.type === 'rejected' ? answer.error.name : answer?.type).toBe(outcome);
  });

  test('a secret token bypasses permissions, not the schema', async () => {
    const world = await startTestServer({ schema: todosSchema({}) });
    const client = await connectAs(world, 'c1', { 'x-triplit-token-type': 'secret' });
    await client.send(writeFrame(1, insertion('milk', { owner: 'ann' })));
    await client.send(writeFrame(2, insertion('bread')));
    expect(client.fresh()).toEqual([
      { type: 'acknowledged', sequence: 1, version: 1 },
      { type: 'progress', version: 1 },
      { type: 'rejected', sequence: 2, version: 2, error: error('SchemaViolationError') },
    ]);
  });

  test('a rejection is whole, an entry of its own, costs no evaluation and blocks nobody', async () => {
    const world = await startTestServer({ schema });
    const client = await connectAs(world, 'c1', ann);
    await client.send(subscribeFrame('s1'));
    client.fresh();
    await client.send(writeFrame(1, insertion('milk', { owner: 'ann' }), insertion('bread', { owner: 'bob' })));
    await client.send(writeFrame(2, insertion('eggs', { owner: 'ann' })));
    expect(client.fresh()).toMatchObject([
      { type: 'rejected', sequence: 1, error: { name: 'PermissionDeniedError', message: 'insert of todos bread is not permitted' } },
      { type: 'acknowledged', sequence: 2, version: 2 },
      { type: 'update', version: 2, upserts: [{ attributes: { id: 'eggs' } }] },
      { type: 'progress', version: 2 },
    ]);
    expect(world.observed).toEqual([
      'append c1:1 by c1',
      'reject c1:1 @1 PermissionDeniedError',
      'append c1:2 by c1',
      'commit c1:2 @2',
      'evaluate g1 @2',
      'encode g1 @2',
    ]);
    expect(world.log[0]).toEqual({
      kind: 'rejection',
      version: 1,
      clientId: 'c1',
      sequence: 1,
      id: writeIdOf(1),
      answered: 0,
      error: error('PermissionDeniedError'),
    });
  });

  test('brought again it is told again, also by another process', async () => {
    const world = await startTestServer({ schema });
    const client = await connectAs(world, 'c1', ann);
    await client.send(writeFrame(1, insertion('bread', { owner: 'bob' })));
    await client.send(writeFrame(2, insertion('eggs', { owner: 'ann' })));
    const [told] = client.fresh();
    const restarted = await startTestServer({ schema }, world.log);
    const again = await connectAs(restarted, 'c1', ann);
    await again.send(writeFrame(1, insertion('bread', { owner: 'bob' })));
    await again.send(writeFrame(2, insertion('eggs', { owner: 'ann' })));
    expect(again.fresh()).toEqual([told, { type: 'acknowledged', sequence: 2, version: 2 }]);
    expect(restarted.log.map(nameOfEntry)).toEqual(['c1:1', 'c1:2']);
  });

  test('an expired token hears of no rejection', async () => {
    const world = await startTestServer({ schema });
    const client = await world.connect('c1', { token: await world.token(ann, 5000) });
    world.appends.hold();
    await client.send(writeFrame(1, insertion('bread', { owner: 'bob' })));
    world.jumpWallClock(5000);
    world.appends.release();
    await world.settle();
    expect(client.fresh()).toEqual([]);
    expect(client.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
    expect(world.log.map(nameOfEntry)).toEqual(['c1:1']);
  });
});
