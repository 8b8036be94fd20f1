/** What is acknowledged stays (W2): appends that fail, logs that are read again, and servers that are closed meanwhile. */
import { describe, expect, test } from 'vitest';
import { insertion, nameOfEntry, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import { todosSchema } from '../testing/server-schemas.ts';
import { loadRetryMs } from './recovery.ts';

const failed = { type: 'INTERNAL_ERROR', retry: true, message: expect.stringContaining('storage') };
const types = (frames: readonly { readonly type: string }[]) => frames.map(({ type }) => type);

describe('a failed append', () => {
  test('closes every connection, takes no new one, and goes on from the log as it is', async () => {
    const world = await startTestServer();
    const writer = await world.connect('c1');
    const other = await world.connect('c2');
    const greeting = world.dial('c3');
    await other.send(subscribeFrame('s1'));
    await writer.send(writeFrame(1, insertion('milk')));
    other.fresh();
    world.observed.length = 0;
    world.loads.hold();
    world.appends.fail();
    await writer.send(writeFrame(2, insertion('bread')));
    expect([writer, other, greeting].map((client) => client.closed())).toEqual([failed, failed, failed]);
    expect(other.fresh()).toEqual([]);
    expect(world.observed).toEqual(['append c1:2 by c1', 'recovery']);
    expect(world.dial('c4').closed()).toEqual(failed);
    expect(world.inspect()).toMatchObject({ version: 1, connections: [], groups: [] });
    expect(world.timerNames()).toEqual([]);
    world.loads.release();
    await world.settle();
    expect(world.observed.at(-1)).toBe('recovered @1');
    const again = await world.connect('c1');
    await again.send(writeFrame(2, insertion('bread')));
    expect(types(again.fresh())).toEqual(['acknowledged', 'progress']);
    expect(world.log.map(nameOfEntry)).toEqual(['c1:1', 'c1:2']);
  });

  test('that was kept all the same is found in the log and acknowledged when it comes again', async () => {
    const world = await startTestServer();
    const writer = await world.connect('c1');
    world.appends.fail(1);
    await writer.send(writeFrame(1, insertion('milk')));
    expect(writer.fresh()).toEqual([]);
    const again = await world.connect('c1');
    await again.send(writeFrame(1, insertion('milk')));
    expect(again.fresh()).toEqual([{ type: 'acknowledged', sequence: 1, version: 1 }]);
    expect(world.log).toHaveLength(1);
  });

  test('drops what waited for its turn', async () => {
    const world = await startTestServer();
    const [one, two] = [await world.connect('c1'), await world.connect('c2')];
    world.appends.hold();
    await one.send(writeFrame(1, insertion('milk')));
    await two.send(writeFrame(1, insertion('bread')));
    world.appends.fail();
    world.appends.release();
    await world.settle();
    expect(world.log).toEqual([]);
    expect(world.observed).toEqual(['append c1:1 by c1', 'recovery', 'recovered @0']);
  });

  test('of a schema rejects the push, and those that waited; kept, it counts', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1'));
    client.fresh();
    world.appends.hold();
    const pushes = [world.server.overrideSchema(todosSchema()), world.server.overrideSchema(todosSchema({}))];
    world.appends.fail(1);
    world.appends.release();
    for (const push of pushes) await expect(push).rejects.toThrow(/storage failed/);
    await world.settle();
    expect(client.fresh()).toEqual([]);
    expect(world.inspect()).toMatchObject({ version: 1, schema: todosSchema() });
    expect(world.log).toHaveLength(1);
  });

  test('rejects pushes until the log is read', async () => {
    const world = await startTestServer();
    world.loads.hold();
    world.appends.fail();
    await expect(world.server.overrideSchema(todosSchema())).rejects.toThrow(/storage failed/);
    await expect(world.server.overrideSchema(todosSchema())).rejects.toThrow(/reads its log/);
    world.loads.release();
    await world.settle();
    expect(await world.server.overrideSchema(todosSchema())).toMatchObject({ accepted: true });
  });
});

describe('a load that fails', () => {
  test('is tried again each second, and connections are turned away until it succeeds', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    world.appends.fail();
    world.loads.fail();
    world.loads.fail();
    await client.send(writeFrame(1, insertion('milk')));
    expect(world.timerNames()).toEqual(['load timer']);
    await world.advance(loadRetryMs);
    expect(world.observed.at(-1)).toBe('recovery');
    expect(world.dial('c2').closed()).toEqual(failed);
    await world.advance(loadRetryMs);
    expect(world.observed.at(-1)).toBe('recovered @0');
    expect((await world.connect('c3')).closed()).toBeUndefined();
    expect(world.timerNames()).toEqual(['heartbeat timer of c3']);
  });

  test('is not tried again by a server that was closed', async () => {
    const world = await startTestServer();
    world.appends.fail();
    world.loads.fail();
    await expect(world.server.overrideSchema(todosSchema())).rejects.toThrow();
    await world.server.close();
    expect(world.timerNames()).toEqual([]);
  });

  test('a log that ends its reading after the close brings nothing back', async () => {
    const world = await startTestServer();
    world.appends.fail();
    world.loads.hold();
    await expect(world.server.overrideSchema(todosSchema())).rejects.toThrow();
    await world.server.close();
    world.loads.release();
    await world.settle();
    expect(world.observed).toEqual(['append schema', 'recovery']);
    expect(world.dial('c1').closed()).toMatchObject({ type: 'UNKNOWN', retry: true });
  });
});

describe('nothing of what ended', () => {
  test('a token judged after the end opens nothing', async () => {
    const world = await startTestServer();
    const writer = await world.connect('c1');
    world.completions.hold();
    const late = await world.connect('c2');
    world.appends.fail();
    await writer.send(writeFrame(1, insertion('milk')));
    world.completions.release();
    await world.settle();
    expect(late.received).toEqual([]);
    expect(world.inspect().connections).toEqual([]);
  });

  test('but a key set fetched for it serves the one that follows', async () => {
    const fetches: (() => void)[] = [];
    const world = await startTestServer({
      jwks: () => new Promise((resolve) => fetches.push(() => resolve({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA', kid: 'k1' }] }))),
    });
    const header = Buffer.from('{"alg":"EdDSA","kid":"k1"}').toString('base64url');
    const client = world.dial('c1');
    void client.send({ type: 'hello', versions: [2], secret: 'a', answered: 0, token: `${header}.e30.AA` });
    world.appends.fail();
    await expect(world.server.overrideSchema(todosSchema())).rejects.toThrow();
    for (const fetched of fetches) fetched();
    await world.settle();
    expect(world.observed).toEqual(['append schema', 'recovery', 'recovered @0', 'keys k1']);
  });

  test('a close waits for an append that fails too, and tells nobody', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    world.appends.hold();
    world.appends.fail(1);
    await client.send(writeFrame(1, insertion('milk')));
    const closed = world.server.close();
    world.appends.release();
    await closed;
    expect(world.observed).toEqual(['append c1:1 by c1']);
    expect(client.closed()).toMatchObject({ type: 'UNKNOWN', retry: true });
    expect((await startTestServer({}, world.log)).inspect().version).toBe(1);
  });

  test('an append that ends after the close is told to nobody, and a push rejects at once', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    world.appends.hold();
    const push = world.server.overrideSchema(todosSchema());
    await client.send(writeFrame(1, insertion('milk')));
    let isClosed = false;
    const rejected = expect(push).rejects.toThrow(/was closed/);
    const closed = world.server.close().then(() => {
      isClosed = true;
    });
    await rejected;
    await world.settle();
    expect(isClosed).toBe(false);
    world.appends.release();
    await closed;
    expect(world.observed).toEqual(['append schema', 'append c1:1 by c1']);
    expect(world.log).toHaveLength(2);
  });
});
