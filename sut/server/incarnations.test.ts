/** The incarnations of a log (W2): who has diverged from it, and that one is durable before anybody is accepted. */
import { expect, test } from 'vitest';
import { type ClientFrame, type Heard, protocolVersion } from '../protocol/frames.ts';
import { insertion, startTestServer, type TestServer, writeFrame } from '../testing/server-environment.ts';
import { createIncarnations } from './incarnations.ts';
import type { LogEntry } from './storage.ts';

const begun = (id: string, version: number) => ({ kind: 'incarnation', id, version }) as const;

test.each<[string, Heard | null, boolean]>([
  ['nothing', null, false],
  ['a start of another log', { incarnation: 'elsewhere', version: 0 }, true],
  ['an earlier one, up to its end', { incarnation: 'first', version: 2 }, false],
  ['an earlier one, beyond its end', { incarnation: 'first', version: 3 }, true],
  ['one that ended as it began', { incarnation: 'second', version: 2 }, false],
  ['the present one, wherever that is by now', { incarnation: 'third', version: 90 }, false],
])('who has heard %s', (_what, heard, diverged) => {
  const log: LogEntry[] = [begun('first', 0), begun('second', 2)];
  const incarnations = createIncarnations({ snapshot: null, entries: log }, begun('third', 2));
  expect([incarnations.current(), incarnations.hasDiverged(heard)]).toEqual(['third', diverged]);
});

async function hello(world: TestServer, heard: Heard | null): Promise<ClientFrame> {
  return { type: 'hello', versions: [protocolVersion], secret: 'c1', answered: 0, token: await world.token(), heard };
}

test('each start on a log begins another one, which is in the log before anybody is accepted', async () => {
  const first = await startTestServer();
  const writer = await first.connect('c1');
  await writer.send(writeFrame(1, insertion('milk')));
  const again = await startTestServer({}, first.wholeLog);
  expect(again.wholeLog.map(({ kind, version }) => `${kind} ${version}`)).toEqual(['incarnation 0', 'write 1', 'incarnation 1']);
  const client = again.dial('c1');
  await client.send(await hello(again, { incarnation: 'incarnation 1', version: 1 }));
  expect(client.received).toEqual([{ type: 'accepted', version: 1, incarnation: 'incarnation 2', diverged: false }]);
});

test('a server that reads its log anew begins anew, and takes nobody before that is durable', async () => {
  const world = await startTestServer();
  const writer = await world.connect('c1');
  world.appends.fail();
  world.loads.hold();
  await writer.send(writeFrame(1, insertion('milk')));
  world.appends.hold();
  world.loads.release();
  await world.settle();
  const early = world.dial('c2');
  expect(early.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: true });
  world.appends.release();
  await world.settle();
  const client = world.dial('c1');
  await client.send(await hello(world, { incarnation: 'incarnation 1', version: 0 }));
  expect(client.received).toMatchObject([{ type: 'accepted', incarnation: 'incarnation 2', diverged: false }]);
});

test('where the beginning cannot be kept the log is read again later', async () => {
  const world = await startTestServer();
  const writer = await world.connect('c1');
  world.appends.fail();
  world.appends.fail();
  await writer.send(writeFrame(1, insertion('milk')));
  expect(JSON.parse(JSON.stringify(world.dial('c2').closed()))).toMatchObject({ type: 'INTERNAL_ERROR' });
  await world.advance(1_000);
  await world.connect('c1');
  expect(world.wholeLog.map(({ kind }) => kind)).toEqual(['incarnation', 'incarnation']);
});

test('no write is taken of a client that has diverged', async () => {
  const world = await startTestServer();
  const client = world.dial('c1');
  await client.send(await hello(world, { incarnation: 'of another log', version: 0 }));
  await client.send(writeFrame(7, insertion('milk')));
  expect(client.received).toMatchObject([{ type: 'accepted', diverged: true }]);
  expect([client.closed(), world.log]).toEqual([undefined, []]);
});

test('a server that is closed while it begins waits for storage, and one that reads its log then begins nothing', async () => {
  const world = await startTestServer();
  const writer = await world.connect('c1');
  world.appends.fail();
  world.loads.hold();
  await writer.send(writeFrame(1, insertion('milk')));
  await world.server.close();
  world.loads.release();
  await world.settle();
  expect(world.wholeLog.map(({ kind }) => kind)).toEqual(['incarnation']);
});
