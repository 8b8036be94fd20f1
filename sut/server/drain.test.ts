/** A server that is closed with time to end what it has begun: appends are told, nothing new is taken, and the time is bounded. */
import { expect, test } from 'vitest';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';

const closing = { type: 'UNKNOWN', retry: true, message: 'The server is closing.' };
const types = (frames: readonly { readonly type: string }[]) => frames.map(({ type }) => type);

test('the append under way is told before the close, to all whom it concerns; what waits behind is left', async () => {
  const world = await startTestServer();
  const [writer, reader] = [await world.connect('c1'), await world.connect('c2')];
  await reader.send(subscribeFrame('s1'));
  reader.fresh();
  world.appends.hold();
  await writer.send(writeFrame(1, insertion('milk')));
  await writer.send(writeFrame(2, insertion('rent')));
  await reader.send(writeFrame(1, insertion('tea')));
  const closed = world.server.close({ drainMs: 5_000 });
  await world.settle();
  expect([writer.closed(), world.dial('late').closed()]).toEqual([undefined, closing]);
  await reader.send(subscribeFrame('s2'));
  world.appends.release();
  await closed;
  expect(types(writer.fresh())).toEqual(['acknowledged', 'progress']);
  expect(types(reader.fresh())).toEqual(['update', 'acknowledged', 'update', 'progress']);
  expect([writer.closed(), reader.closed()]).toEqual([closing, closing]);
  expect(world.log.map((entry) => entry.kind)).toEqual(['write', 'write']);
  expect(world.timerNames()).toEqual([]);
});

test('it waits no longer than it was told to', async () => {
  const world = await startTestServer();
  const client = await world.connect('c1');
  world.appends.hold();
  await client.send(writeFrame(1, insertion('milk')));
  const closed = world.server.close({ drainMs: 5_000 });
  await world.advance(4_999);
  expect(client.closed()).toBeUndefined();
  await world.advance(1);
  expect(client.closed()).toEqual(closing);
  world.appends.release();
  await closed;
  expect(client.fresh()).toEqual([]);
});

test('storage that fails meanwhile ends it at once, and nobody is told what came of the write', async () => {
  const world = await startTestServer();
  const client = await world.connect('c1');
  world.appends.hold();
  world.appends.fail();
  await client.send(writeFrame(1, insertion('milk')));
  const closed = world.server.close({ drainMs: 5_000 });
  world.appends.release();
  await closed;
  expect([types(client.fresh()), client.closed()]).toEqual([[], closing]);
  expect(world.observed).not.toContain('recovery');
  expect(world.timerNames()).toEqual([]);
});

test('a server at rest closes at once', async () => {
  const world = await startTestServer();
  const client = await world.connect('c1');
  await world.server.close({ drainMs: 5_000 });
  expect(client.closed()).toEqual(closing);
  await expect(world.server.overrideSchema({ collections: {}, roles: {} })).rejects.toThrow(/not running/);
});
