/** What cannot be encoded is the failure of those who were to hear it, and of nobody else (H4). */
import { expect, test } from 'vitest';
import type { Scalar } from '../../vocabulary/values.ts';
import type { Operation } from '../protocol/frames.ts';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import type { LogEntry } from './storage.ts';

/** A list that cannot be made text from some moment on. */
function breakable() {
  let isBroken = false;
  const list: readonly Scalar[] = Object.assign(['x'], {
    toJSON: () => {
      if (isBroken) throw new Error('no text');
      return ['x'];
    },
  });
  return {
    list,
    breakDown: () => {
      isBroken = true;
    },
  };
}

test('an update that cannot be encoded ends the subscriptions that were to hear it; the commit is told to all others', async () => {
  const { list, breakDown } = breakable();
  const operations = [insertion('milk', { list, done: false })];
  const first: LogEntry = { kind: 'write', version: 1, clientId: 'x', sequence: 1, id: '0'.repeat(32), answered: 0, operations };
  const world = await startTestServer({}, [first]);
  const [writer, reader, other] = [await world.connect('c1'), await world.connect('c2'), await world.connect('c3')];
  for (const follower of [reader, other]) await follower.send(subscribeFrame('done', ['done', '=', true]));
  await reader.send(subscribeFrame('rent', ['id', '=', 'rent']));
  for (const follower of [reader, other]) follower.fresh();
  world.appends.hold();
  const update: Operation = { kind: 'update', collection: 'todos', id: 'milk', generation: 'x:1', changes: { done: true } };
  await writer.send(writeFrame(1, update, insertion('rent')));
  breakDown();
  world.appends.release();
  await world.settle();
  expect(writer.fresh().map(({ type }) => type)).toEqual(['acknowledged', 'progress']);
  expect(reader.fresh()).toMatchObject([
    { type: 'subscriptionFailed', subscription: 'done', group: 'g1', error: { name: 'EncodingFailedError' } },
    { type: 'update', group: 'g2' },
  ]);
  expect(other.fresh()).toMatchObject([{ type: 'subscriptionFailed', subscription: 'done' }]);
  expect(world.inspect().groups).toMatchObject([{ id: 'g2', members: [{ connection: 'c2', subscription: 'rent' }] }]);

  await reader.send(subscribeFrame('all'));
  expect(reader.fresh()).toMatchObject([{ type: 'subscriptionFailed', subscription: 'all', error: { name: 'EncodingFailedError' } }]);
  expect([writer, reader, other].map((client) => client.closed())).toEqual([undefined, undefined, undefined]);
});
