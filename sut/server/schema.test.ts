/** The schema at the server: agreed on with clients (C4), pushed while it runs (C3, C5), and nobody else's to change (C1). */
import { describe, expect, test } from 'vitest';
import { schemaHash } from '../schema/hash.ts';
import type { PlainSchema } from '../schema/types.ts';
import {
  type FakeClient,
  insertion,
  nameOfEntry,
  startTestServer,
  subscribeFrame,
  type TestServer,
  writeFrame,
} from '../testing/server-environment.ts';
import { collection, everything, number, optional, ownRows, text, todosSchema } from '../testing/server-schemas.ts';
import { createServer } from './server.ts';

const open = todosSchema();
/** `open` breaks nobody who has this one, but this one breaks whoever has `open`. */
const wider = todosSchema(null, { due: text });
const mismatch = (message: unknown = expect.any(String)) => ({ type: 'SCHEMA_MISMATCH', retry: false, message });
const types = (client: FakeClient) => client.fresh().map(({ type }) => type);

async function dialWith(world: TestServer, label: string, schema: PlainSchema, lifetimeMs?: number): Promise<FakeClient> {
  return world.connect(label, { schema: schemaHash(schema), token: await world.token({ role: 'member', sub: 'ann' }, lifetimeMs) });
}

describe('hello (C4)', () => {
  test('without a schema on either side there is nothing to agree on', async () => {
    const world = await startTestServer({ schema: open });
    expect((await world.connect('c1')).closed()).toBeUndefined();
    expect(world.inspect().connections).toEqual(['c1']);
  });

  test('a hash of its own is known, however it is written', async () => {
    const world = await startTestServer({ schema: open });
    await dialWith(world, 'c1', todosSchema(ownRows));
    expect(world.inspect().connections).toEqual(['c1']);
  });

  test('an unknown one is asked for once, then known', async () => {
    const world = await startTestServer({ schema: open });
    const narrow: PlainSchema = { collections: { todos: collection({ owner: text }) }, roles: {} };
    const client = await dialWith(world, 'c1', narrow);
    expect(client.received).toEqual([{ type: 'schemaRequested' }]);
    expect(world.inspect().connections).toEqual([]);
    await client.send({ type: 'schema', schema: narrow });
    expect(client.received).toMatchObject([{ type: 'schemaRequested' }, { type: 'accepted', version: 0 }]);
    expect(world.completions.names).toEqual(['verify of c1', 'verify of c1']);
    const second = await dialWith(world, 'c2', narrow);
    expect(second.received).toMatchObject([{ type: 'accepted', version: 0 }]);
  });

  test('one that the current one breaks is refused, known or told', async () => {
    const world = await startTestServer({ schema: wider });
    await world.server.overrideSchema(open);
    const known = await dialWith(world, 'c1', wider);
    expect(known.closed()).toEqual(mismatch('todos.due was removed'));
    const strange = await dialWith(world, 'c2', todosSchema(null, { other: text }));
    await strange.send({ type: 'schema', schema: todosSchema(null, { other: text }) });
    expect(strange.closed()).toEqual(mismatch());
  });

  test('an answer that is not what was named is refused', async () => {
    const world = await startTestServer();
    const client = await dialWith(world, 'c1', open);
    await client.send({ type: 'schema', schema: wider });
    expect(client.closed()).toEqual(mismatch());
  });

  test('the token goes first, both times', async () => {
    const world = await startTestServer({ schema: open });
    const bad = await world.connect('c1', { schema: 'nobody knows', token: 'x.y.z' });
    expect(bad.closed()).toMatchObject({ type: 'UNAUTHORIZED' });
    const late = await dialWith(world, 'c2', wider, 5000);
    await world.advance(5000);
    expect(late.closed()).toBeUndefined();
    await late.send({ type: 'schema', schema: open });
    expect(late.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
  });

  test('nothing else comes before the answer, and no answer without the question', async () => {
    const world = await startTestServer({ schema: open });
    const client = await dialWith(world, 'c1', wider);
    await client.send({ type: 'ping' });
    expect(client.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false, message: 'A schema was asked for, not ping.' });
    const early = world.dial('c2');
    await early.send({ type: 'schema', schema: open });
    expect(early.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false });
    const accepted = await world.connect('c3');
    await accepted.send({ type: 'schema', schema: open });
    expect(accepted.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false });
  });

  test('after a restart those count that were current once, not those that were told', async () => {
    const world = await startTestServer({ schema: open });
    await world.server.overrideSchema(wider);
    await world.server.overrideSchema(todosSchema({}));
    const told = todosSchema(null, { other: optional(text) });
    await (await dialWith(world, 'c1', told)).send({ type: 'schema', schema: told });
    const again = await startTestServer({ schema: open }, world.log);
    expect((await dialWith(again, 'c1', open)).received).toMatchObject([{ type: 'accepted', version: 2 }]);
    expect((await dialWith(again, 'c2', wider)).closed()).toMatchObject({ type: 'SCHEMA_MISMATCH' });
    expect((await dialWith(again, 'c3', told)).received).toEqual([{ type: 'schemaRequested' }]);
  });
});

describe('a push', () => {
  test('is refused by rows that violate it, and nothing changes', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(writeFrame(1, insertion('milk', { owner: 'ann' })));
    await client.send(subscribeFrame('s1'));
    client.fresh();
    world.observed.length = 0;
    expect(await world.server.overrideSchema(wider)).toEqual({
      accepted: false,
      compatible: true,
      issues: [{ collection: 'todos', id: 'milk', attribute: 'due', problem: 'missing' }],
    });
    expect(world.log).toHaveLength(1);
    expect([world.inspect().schema, world.observed, client.fresh()]).toEqual([null, ['refuse schema'], []]);
  });

  test('closes whom it breaks, then answers everybody else anew, in one breath', async () => {
    const world = await startTestServer({ schema: wider });
    const clients = [await world.connect('c1'), await dialWith(world, 'c2', wider), await world.connect('c3')];
    for (const client of clients) for (const name of ['s2', 's1']) await client.send(subscribeFrame(name));
    for (const client of clients) client.fresh();
    world.observed.length = 0;
    expect(await world.server.overrideSchema(open)).toEqual({ accepted: true, compatible: false, issues: [] });
    expect(world.observed).toEqual(['append schema', 'commit schema @1']);
    expect(clients.map((client) => client.closed())).toEqual([undefined, mismatch(), undefined]);
    const anew = ['s2', 's1'].map((subscription) => ({ type: 'answer', subscription, group: 'g2', version: 1, rows: [] }));
    expect(clients.map((client) => client.fresh())).toEqual([anew, [], anew]);
    expect(world.inspect()).toMatchObject({ version: 1, schema: open, counters: { evaluations: 0, encodings: 0 } });
    expect(world.inspect().groups.map(({ id }) => id)).toEqual(['g2']);
  });

  test('of permissions alone breaks nobody, and live subscriptions hold what they may read (C5)', async () => {
    const world = await startTestServer({ schema: open });
    const client = await dialWith(world, 'c1', open);
    await client.send(writeFrame(1, insertion('milk', { owner: 'ann' }), insertion('bread', { owner: 'bob' })));
    await client.send(subscribeFrame('s1'));
    client.fresh();
    expect(await world.server.overrideSchema(todosSchema(ownRows))).toMatchObject({ accepted: true, compatible: true });
    await client.send(writeFrame(2, insertion('eggs', { owner: 'bob' })));
    expect(client.fresh()).toMatchObject([
      { type: 'answer', version: 2, rows: [{ attributes: { id: 'milk' } }] },
      { type: 'rejected', sequence: 2, error: { name: 'PermissionDeniedError' } },
    ]);
  });

  test('brings roles by which old and new claims are compared', async () => {
    const world = await startTestServer({ schema: open });
    const client = await world.connect('c1', { token: await world.token({ role: 'member', sub: 'ann' }) });
    await world.server.overrideSchema({ ...open, roles: { anyone: { match: {} } } });
    await client.send({ type: 'updateToken', request: 1, token: await world.token({ role: 'member', sub: 'bob' }) });
    expect(types(client)).toEqual(['tokenAccepted']);
    await world.server.overrideSchema({ ...open, roles: { named: { match: { sub: '$who' } } } });
    await client.send({ type: 'updateToken', request: 2, token: await world.token({ role: 'member', sub: 'ann' }) });
    expect(client.closed()).toMatchObject({ type: 'ROLES_MISMATCH' });
  });

  test('waits its turn, and is judged by what was written before it', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    world.appends.hold();
    await client.send(writeFrame(1, insertion('milk', { owner: 'ann' })));
    const refused = world.server.overrideSchema(wider);
    const accepted = world.server.overrideSchema(open);
    const writer = await world.connect('c2');
    await writer.send(writeFrame(1, insertion('bread')));
    world.appends.release();
    await world.settle();
    expect([await refused, await accepted]).toMatchObject([{ accepted: false }, { accepted: true, compatible: true }]);
    expect(types(writer)).toEqual(['rejected']);
    expect(world.log.map(nameOfEntry)).toEqual(['c1:1', 'schema', 'c2:1']);
  });

  test('an expired connection is told nothing of it', async () => {
    const world = await startTestServer({ schema: open });
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    await client.send(subscribeFrame('s1'));
    client.fresh();
    world.jumpWallClock(5000);
    await world.server.overrideSchema(todosSchema({}));
    expect(client.fresh()).toEqual([]);
    expect(client.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
    expect(world.inspect().groups).toEqual([]);
  });

  test('one whose answer cannot be sent joins no further group', async () => {
    const world = await startTestServer({ schema: open });
    const client = await world.connect('c1');
    for (const name of ['s1', 's2', 's3']) await client.send(subscribeFrame(name, ['rank', '=', name]));
    client.breakDown();
    await world.server.overrideSchema(todosSchema({}));
    expect(client.closed()).toBe('terminated');
    expect(world.inspect()).toMatchObject({ connections: [], groups: [] });
  });

  test('is counted by the key: a schema that comes again regroups too', async () => {
    const world = await startTestServer({ schema: open });
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1'));
    await world.server.overrideSchema(open);
    await world.server.overrideSchema(open);
    expect(client.fresh().map((frame) => (frame.type === 'answer' ? `${frame.group} @${frame.version}` : frame))).toEqual([
      'g1 @0',
      'g2 @1',
      'g3 @2',
    ]);
  });

  test('is rejected before the server runs and after', async () => {
    await expect(createServer({ jwtSecret: 'a secret of these tests, long enough' }).overrideSchema(open)).rejects.toThrow(/not running/);
    const world = await startTestServer();
    await world.server.close();
    await expect(world.server.overrideSchema(open)).rejects.toThrow(/not running/);
  });

  test('of what is no schema rejects, and nothing changes', async () => {
    const world = await startTestServer();
    const broken = JSON.parse('{"collections":{"todos":{"attributes":{"a":{"type":"colour"}}}},"roles":{}}');
    await expect(world.server.overrideSchema(broken)).rejects.toThrow(/todos/);
    expect(() => createServer({ jwtSecret: 'a secret of these tests, long enough', schema: broken })).toThrow(/todos/);
    expect(world.log).toEqual([]);
  });
});

describe('C1', () => {
  const copyOf = (schema: PlainSchema): PlainSchema => JSON.parse(JSON.stringify(schema));
  function spoil({ collections }: PlainSchema): void {
    Object.assign(collections, { other: collection({ a: number }) });
    Object.assign(collections.todos ?? {}, { permissions: {} });
  }

  test('whoever gave a schema may change what was given, at any moment', async () => {
    const [first, pushed] = [copyOf(wider), copyOf(open)];
    const world = await startTestServer({ schema: first });
    spoil(first);
    expect(world.inspect().schema).toEqual(wider);
    world.appends.hold();
    const push = world.server.overrideSchema(pushed);
    spoil(pushed);
    world.appends.release();
    await push;
    expect(world.inspect().schema).toEqual(open);
    expect(world.log).toMatchObject([{ kind: 'schema', schema: open }]);
  });

  test('whoever was handed one cannot change the server’s', async () => {
    const world = await startTestServer({ schema: open });
    const handed = world.inspect().schema;
    expect(() => Object.assign(handed?.collections ?? {}, { other: collection({ a: number }) })).toThrow(TypeError);
    expect(world.inspect().schema).toEqual(open);
  });

  test('nothing that the server does changes it', async () => {
    const world = await startTestServer({
      schema: todosSchema({ member: { ...everything, read: { filter: [['owner', 'in', ['b', 'a', 'a']]] } } }),
    });
    const before = JSON.stringify(world.inspect().schema);
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1', ['rank', 'in', [2, 1, 2]]));
    await client.send(writeFrame(1, insertion('milk', { owner: 'a', rank: 1 })));
    expect(JSON.stringify(world.inspect().schema)).toBe(before);
  });

  test('rows that do not fit keep a server with a first schema from starting', async () => {
    await expect(
      startTestServer({ schema: open }, [
        { kind: 'write', version: 1, clientId: 'a', sequence: 1, id: '', answered: 0, operations: [insertion('milk')] },
      ]),
    ).rejects.toThrow('The rows do not fit the schema: todos milk: owner is missing (1 in all).');
  });
});
