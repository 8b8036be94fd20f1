/**
 * Random runs against one server: whatever is written, pushed and refreshed, each subscription holds what its query and
 * its permissions give over the log as it is then, computed from nothing, and those share that should (Q2, P2, C5, S6, H1).
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Query } from '../../vocabulary/queries.ts';
import type { Operation, ServerFrame } from '../protocol/frames.ts';
import { normalForm } from '../query/normal-form.ts';
import type { StoredRow } from '../query/types.ts';
import { prepare } from '../query/window.ts';
import { readFilter } from '../schema/permissions.ts';
import type { PlainSchema } from '../schema/types.ts';
import { type FakeClient, insertion, startTestServer, type TestServer, writeFrame } from '../testing/server-environment.ts';
import { everything, ownRows, todosSchema } from '../testing/server-schemas.ts';
import { zeroCounters } from './counters.ts';
import { createDatabase } from './database.ts';

const users = ['ann', 'bob'] as const;
const ids = ['a', 'b', 'c', 'd'] as const;
const schemas: readonly PlainSchema[] = [
  todosSchema(),
  todosSchema({}),
  todosSchema(ownRows),
  todosSchema({ member: { ...everything, read: { filter: [['rank', '<=', '$token.plan']] } } }),
];
const queries: readonly Query[] = [
  { collection: 'todos', where: [], order: [] },
  { collection: 'todos', where: [['rank', '=', 1]], order: [] },
  { collection: 'todos', where: [], order: [['rank', 'DESC']], limit: 2 },
  { collection: 'todos', where: [], order: [['rank', 'ASC']], limit: 1, after: { values: [1], id: 'b' } },
];

const at = <Item>(items: readonly Item[]) => fc.constantFrom(...items);
const attributes = fc.record({ owner: at(users), rank: fc.nat(3) });
const operation = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), id: at(ids), attributes }),
  fc.record({ kind: fc.constant('update' as const), id: at(ids), attributes }),
  fc.record({ kind: fc.constant('delete' as const), id: at(ids) }),
);
const who = fc.nat(2);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('write' as const), who, operations: fc.array(operation, { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      whos: fc.uniqueArray(who, { minLength: 2 }),
      operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
      pushed: fc.option(at(schemas)),
      kept: fc.option(fc.nat(3)),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('subscribe' as const), who, query: at(queries) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), who, nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('push' as const), schema: at(schemas) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refresh' as const), who, plan: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), who, kept: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** What one subscription holds of the frames it heard. */
interface Held {
  readonly query: Query;
  group: string;
  readonly rows: Map<string, StoredRow>;
}

function idOf(row: StoredRow): string {
  return String(row.attributes.id);
}

/** A client that believes what it hears. */
interface Believer {
  readonly name: string;
  readonly claims: { readonly role: string; readonly sub: string; plan: number };
  readonly held: Map<string, Held>;
  /** Of its life and of its connection. */
  subscriptions: number;
  requests: number;
}

function hear({ held }: Believer, frame: ServerFrame): void {
  if (frame.type === 'answer') {
    const subscription = held.get(frame.subscription);
    if (subscription === undefined) return;
    subscription.group = frame.group;
    subscription.rows.clear();
    for (const row of frame.rows) subscription.rows.set(idOf(row), row);
  } else if (frame.type === 'update') {
    for (const { group, rows } of held.values()) {
      if (group !== frame.group) continue;
      for (const id of frame.removals) expect(rows.delete(id)).toBe(true);
      for (const row of frame.upserts) rows.set(idOf(row), row);
    }
  }
}

function believerOf(name: string, user: string): Believer {
  return { name, claims: { role: 'member', sub: user, plan: 1 }, held: new Map(), subscriptions: 0, requests: 0 };
}

async function run(steps: readonly Step[]): Promise<void> {
  const world = await startTestServer({ schema: todosSchema() });
  const believers = ['c1', 'c2', 'c3'].map((name, index) => believerOf(name, users[index % 2] ?? 'ann'));
  const connections = new Map<Believer, FakeClient>();
  const state = () => createDatabase({ snapshot: null, entries: world.log }, todosSchema(), 1_024, zeroCounters());
  const due = (believer: Believer) => state().lastSequence(believer.name) + 1;

  async function connectionOf(believer: Believer): Promise<FakeClient> {
    const known = connections.get(believer);
    if (known !== undefined && known.closed() === undefined) return known;
    believer.requests = 0;
    believer.held.clear();
    const fresh = await world.connect(believer.name, { token: await world.token(believer.claims) });
    connections.set(believer, fresh);
    return fresh;
  }

  function operationsOf(drawn: Extract<Step, { do: 'write' }>['operations']): readonly Operation[] {
    const rows = new Map([...state().rowsOf('todos')].map((row) => [idOf(row), row]));
    return drawn.map((one): Operation => {
      const generation = rows.get(one.id)?.generation ?? 'nobody:1';
      if (one.kind === 'insert') return insertion(one.id, one.attributes);
      if (one.kind === 'delete') return { kind: 'delete', collection: 'todos', id: one.id, generation };
      return { kind: 'update', collection: 'todos', id: one.id, generation, changes: one.attributes };
    });
  }

  /** They write the same while storage has a batch, the schema is pushed among them, and storage may fail what they form. */
  async function burst({ whos, operations, pushed, kept }: Extract<Step, { do: 'burst' }>): Promise<void> {
    const [first, ...later] = believers.filter((_believer, index) => whos.includes(index));
    const push = (): void => {
      // Where storage fails it rejects, which is told elsewhere.
      if (pushed !== null) world.server.overrideSchema(pushed).catch(() => {});
    };
    for (const believer of [first, ...later]) if (believer !== undefined) await connectionOf(believer);
    world.appends.hold();
    for (const [place, believer] of [first, ...later].entries()) {
      if (believer === undefined) continue;
      if (place === 1) push();
      await (await connectionOf(believer)).send(writeFrame(due(believer), ...operationsOf(operations)));
    }
    world.appends.release();
    world.appends.hold();
    await world.settle();
    if (kept !== null) world.appends.fail(kept);
    world.appends.release();
    await world.settle();
  }

  async function perform(taken: Step): Promise<void> {
    if (taken.do === 'push') {
      expect(await world.server.overrideSchema(taken.schema)).toMatchObject({ accepted: true, issues: [] });
      return;
    }
    if (taken.do === 'burst') return burst(taken);
    const believer = believers[taken.who];
    if (believer === undefined) return;
    const connection = await connectionOf(believer);
    switch (taken.do) {
      case 'write': {
        return connection.send(writeFrame(due(believer), ...operationsOf(taken.operations)));
      }
      case 'subscribe': {
        believer.subscriptions += 1;
        const subscription = `s${believer.subscriptions}`;
        believer.held.set(subscription, { query: taken.query, group: '', rows: new Map() });
        return connection.send({ type: 'subscribe', subscription, query: taken.query });
      }
      case 'unsubscribe': {
        const subscription = [...believer.held.keys()][taken.nth] ?? '';
        believer.held.delete(subscription);
        return connection.send({ type: 'unsubscribe', subscription });
      }
      case 'refresh':
        believer.claims.plan = taken.plan;
        believer.requests += 1;
        return connection.send({ type: 'updateToken', request: believer.requests, token: await world.token(believer.claims) });
      case 'fail': {
        world.appends.fail(Number(taken.kept));
        return connection.send(writeFrame(due(believer), insertion('a', { owner: 'ann' })));
      }
    }
  }

  for (const taken of steps) {
    await perform(taken);
    await world.settle();
    check(world, believers, connections);
  }
}

function check(world: TestServer, believers: readonly Believer[], connections: ReadonlyMap<Believer, FakeClient>): void {
  const database = createDatabase({ snapshot: null, entries: world.log }, todosSchema(), 1_024, zeroCounters());
  const members = new Map<string, string[]>();
  for (const believer of believers) {
    const connection = connections.get(believer);
    for (const frame of connection?.fresh() ?? []) hear(believer, frame);
    if (connection === undefined || connection.closed() !== undefined) continue;
    for (const [subscription, { query, rows }] of believer.held) {
      const form = normalForm(query, readFilter(database.schema(), query.collection, believer.claims), database.schemaVersion());
      const wanted = prepare({ ...form, where: form.permission === null ? [form.filter] : [form.filter, form.permission] }).select(
        database.rowsOf('todos'),
      );
      expect(new Map(rows)).toEqual(new Map(wanted.map((row) => [idOf(row), row])));
      members.set(form.key, [...(members.get(form.key) ?? []), `${believer.name} ${subscription}`]);
    }
  }
  const groups = world.inspect().groups.map((group) => group.members.map((member) => `${member.connection} ${member.subscription}`));
  expect(groups.map((group) => group.sort()).sort()).toEqual([...members.values()].map((group) => group.sort()).sort());
  expect(world.inspect().version).toBe(database.version());
}

test('what is held and who shares is what the log says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }), (steps) => run(steps)),
    { numRuns: 80, seed: 20_260_101 },
  );
});
