/** Group commit, from outside: writes and pushes that storage takes together (W2, W1, C3). */
import { describe, expect, test } from 'vitest';
import { insertion, nameOfEntry, startTestServer, subscribeFrame, writeFrame, writeIdOf } from '../testing/server-environment.ts';
import { everything, todosSchema } from '../testing/server-schemas.ts';

const types = (frames: readonly { readonly type: string }[]) => frames.map(({ type }) => type);

/** Storage has a batch, a write of somebody else, when the test begins. */
async function startBusy(...given: Parameters<typeof startTestServer>) {
  const world = await startTestServer(...given);
  const first = await world.connect('first');
  world.appends.hold();
  await first.send(writeFrame(1, insertion('first')));
  return world;
}

describe('a batch', () => {
  test('is all that waited, told in order when storage has all of it', async () => {
    const world = await startBusy();
    const [one, two] = [await world.connect('c1'), await world.connect('c2')];
    await two.send(subscribeFrame('s1'));
    two.fresh();
    await one.send(writeFrame(1, insertion('milk')));
    await two.send(writeFrame(1, insertion('rent')));
    expect(world.observed).toEqual(['append first:1 by first']);
    world.appends.release();
    world.appends.hold();
    await world.settle();
    expect(world.observed.slice(-2)).toEqual(['append c1:1 by c1', 'append c2:1 by c2']);
    expect(types(one.fresh())).toEqual([]);
    two.fresh();
    world.appends.release();
    await world.settle();
    expect(types(two.fresh())).toEqual(['update', 'acknowledged', 'update', 'progress']);
    expect(world.inspect()).toMatchObject({ version: 3, counters: { appends: 3, batches: 2 } });
  });

  test('is judged by what is in it before: rows, a schema, a schema that rows forbid', async () => {
    const world = await startBusy();
    const [one, two] = [await world.connect('c1'), await world.connect('c2')];
    await one.send(writeFrame(1, insertion('milk', { owner: 'ann', rank: 1 })));
    const refused = world.server.overrideSchema(todosSchema());
    let isTold = false;
    refused.then(() => {
      isTold = true;
    });
    await two.send(writeFrame(1, { kind: 'delete', collection: 'todos', id: 'first', generation: 'first:1' }));
    const accepted = world.server.overrideSchema(todosSchema({ member: { read: everything.read } }));
    const three = await world.connect('c3');
    await three.send(writeFrame(1, insertion('rent', { owner: 'ann' })));
    world.appends.release();
    world.appends.hold();
    await world.settle();
    expect([isTold, world.inspect().version]).toEqual([false, 1]);
    world.appends.release();
    await world.settle();
    expect(await refused).toMatchObject({ accepted: false, issues: [{ id: 'first' }] });
    expect(await accepted).toMatchObject({ accepted: true });
    expect(types(three.fresh())).toEqual(['rejected']);
    expect(world.log.map(({ kind }) => kind)).toEqual(['write', 'write', 'write', 'schema', 'rejection']);
    expect(world.inspect().counters.batches).toBe(2);
  });

  test('that fails may be there as far as storage came', async () => {
    const world = await startBusy();
    const clients = [await world.connect('c1'), await world.connect('c2'), await world.connect('c3')];
    for (const client of clients) await client.send(writeFrame(1, insertion('milk')));
    world.appends.release();
    world.appends.hold();
    await world.settle();
    world.appends.fail(2);
    world.appends.release();
    await world.settle();
    for (const client of clients) expect(client.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: true });
    expect(world.log.map(nameOfEntry)).toEqual(['first:1', 'c1:1', 'c2:1']);
    const again = await world.connect('c2');
    await again.send({ type: 'write', sequence: 1, id: writeIdOf(1), resent: true, answered: 0, operations: [insertion('milk')] });
    expect(again.fresh()).toEqual([{ type: 'acknowledged', sequence: 1, version: 3 }]);
  });
});

describe('two connections of one client id in a batch', () => {
  async function bothSend(id: number) {
    const world = await startBusy();
    const old = await world.connect('old', { secret: 'a' });
    const young = await world.connect('young', { secret: 'a' });
    await old.send(writeFrame(1, insertion('milk')));
    await young.send({ type: 'write', sequence: 1, id: writeIdOf(id), resent: true, answered: 0, operations: [insertion('milk')] });
    world.appends.release();
    world.appends.hold();
    await world.settle();
    expect([young.fresh(), young.closed()]).toEqual([[], undefined]);
    world.appends.release();
    await world.settle();
    expect(world.log.map(nameOfEntry)).toEqual(['first:1', 'a:1']);
    return { old, young };
  }

  test('the same write is there once, and answered twice', async () => {
    const { old, young } = await bothSend(1);
    expect(types(old.fresh())).toEqual(['acknowledged', 'progress']);
    expect(young.fresh()).toEqual([{ type: 'acknowledged', sequence: 1, version: 2 }]);
  });

  test('another write under the number that it uses up is forked', async () => {
    const { young } = await bothSend(7);
    expect(young.fresh()).toEqual([{ type: 'forked', sequence: 1 }]);
  });
});
