/** A server whose storage has no space, or can never take a write: nobody is closed, reads go on, and each write is answered in the end (W2, W4, B5). */
import { expect, test } from 'vitest';
import { StorageFullError, StorageRefusedError } from '../storage/errors.ts';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';

const types = (frames: readonly { readonly type: string }[]) => frames.map(({ type }) => type);

test('connections stay open, what is said behind a write that waits is handled, and it is answered when there is space', async () => {
  const world = await startTestServer();
  const writer = await world.connect('c1');
  const reader = await world.connect('c2');
  for (const _ of [1, 2]) world.appends.fail(0, new StorageFullError('no space'));
  await writer.send(writeFrame(1, insertion('milk')));
  await writer.send(writeFrame(2, insertion('rent')));
  await writer.send({ type: 'ping' });
  await writer.send(subscribeFrame('s1'));
  await reader.send(subscribeFrame('s1'));
  expect([types(writer.fresh()), types(reader.fresh())]).toEqual([['pong', 'answer'], ['answer']]);
  expect(world.server.metrics()).toContain('sync_storage_full 1\n');
  expect(world.server.metrics()).toContain('sync_appends_waiting 2\n');
  await world.advance(1_000);
  expect([types(writer.fresh()), world.log]).toEqual([[], []]);
  await world.advance(2_000);
  expect(types(writer.fresh())).toEqual(['acknowledged', 'update', 'progress', 'acknowledged', 'update', 'progress']);
  expect([writer.closed(), reader.closed()]).toEqual([undefined, undefined]);
  expect(world.server.metrics()).toContain('sync_storage_full 0\n');
  expect(world.log.map(({ kind }) => kind)).toEqual(['write', 'write']);
});

test('a write is judged by the token that holds when there is space', async () => {
  const world = await startTestServer();
  const writer = await world.connect('c1');
  world.appends.fail(0, new StorageFullError('no space'));
  await writer.send(writeFrame(1, insertion('milk')));
  await writer.send({ type: 'updateToken', request: 1, token: await world.token({ sub: 'ann', role: 'member' }, 500) });
  expect(types(writer.fresh())).toEqual(['tokenAccepted']);
  await world.advance(1_000);
  expect([writer.closed(), world.log]).toEqual([{ type: 'TOKEN_EXPIRED', retry: false }, []]);
});

test('what waits for space counts among what bounds the reading, and is read on when it had its turn', async () => {
  const world = await startTestServer({ bounds: { framesWaitingMax: 2 } });
  const writer = await world.connect('c1');
  world.appends.fail(0, new StorageFullError('no space'));
  for (const sequence of [1, 2]) await writer.send(writeFrame(sequence, insertion(`t${sequence}`)));
  expect(writer.isPaused()).toBe(false);
  await writer.send(writeFrame(3, insertion('t3')));
  expect(writer.isPaused()).toBe(true);
  await world.advance(1_000);
  expect([writer.isPaused(), world.log.length]).toEqual([false, 3]);
});

test('a write that storage can never take is rejected, once and for good; the others of its batch are kept', async () => {
  const world = await startTestServer();
  const [one, two] = [await world.connect('c1'), await world.connect('c2')];
  world.appends.hold();
  world.appends.fail(0, new StorageRefusedError(0));
  const sent = [one.send(writeFrame(1, insertion('milk'))), two.send(writeFrame(1, insertion('rent')))];
  world.appends.release();
  await Promise.all(sent);
  await world.settle();
  expect(one.fresh()).toMatchObject([{ type: 'rejected', sequence: 1, version: 1, error: { name: 'StorageRefusedError' } }]);
  expect(types(two.fresh())).toEqual(['acknowledged', 'progress']);
  expect(world.log).toMatchObject([{ kind: 'rejection', error: { name: 'StorageRefusedError' } }, { kind: 'write' }]);
  expect(Object.keys(world.log[0] ?? {}).sort()).toEqual(['answered', 'clientId', 'error', 'id', 'kind', 'sequence', 'version']);
  await one.send(writeFrame(2, insertion('tea')));
  expect(types(one.fresh())).toEqual(['acknowledged', 'progress']);
  expect([one.closed(), two.closed()]).toEqual([undefined, undefined]);
});

test('a write that waits on two connections of its client is answered on both in front of its data', async () => {
  const world = await startTestServer();
  const before = await world.connect('c1');
  for (const _ of [1, 2]) world.appends.fail(0, new StorageFullError('no space'));
  await before.send(writeFrame(1, insertion('milk')));
  const after = await world.connect('c1');
  await after.send(writeFrame(1, insertion('milk')));
  await after.send(subscribeFrame('s1'));
  expect(types(after.fresh())).toEqual(['answer']);
  await world.advance(1_000);
  await world.advance(2_000);
  expect(types(after.fresh())).toEqual(['acknowledged', 'update']);
  expect(world.log.map(({ kind }) => kind)).toEqual(['write']);
});

test('a write that is in the log already is answered though there is no space', async () => {
  const world = await startTestServer();
  const [one, other] = [await world.connect('c1'), await world.connect('c2')];
  await one.send(writeFrame(1, insertion('milk')));
  for (const _ of [1, 2]) world.appends.fail(0, new StorageFullError('no space'));
  await other.send(writeFrame(1, insertion('rent')));
  const again = await world.connect('c1');
  await again.send(writeFrame(1, insertion('milk')));
  await again.send(subscribeFrame('s1'));
  expect(types(again.fresh())).toEqual(['acknowledged', 'answer']);
});
