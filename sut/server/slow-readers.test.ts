/** Readers that fall behind (B6): what is left out, what is said again, what waits, and when one is given up. */
import { expect, test } from 'vitest';
import { type FakeClient, insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';

const typesOf = (client: FakeClient) => client.fresh().map((frame) => frame.type);

/** Two clients that follow all todos; what waits for one of them may have 400 bytes. */
async function follow() {
  const world = await startTestServer({ bounds: { queueBytesMax: 400, queueDrainMs: 10_000 } });
  const slow = await world.connect('slow');
  const fast = await world.connect('fast');
  for (const client of [slow, fast]) {
    await client.send(subscribeFrame('all'));
    client.fresh();
  }
  return { world, slow, fast };
}

const long = 'x'.repeat(300);

test('it is spared updates, and answered again at one version when it has caught up', async () => {
  const { slow, fast } = await follow();
  slow.stall();
  for (const sequence of [1, 2, 3, 4]) await fast.send(writeFrame(sequence, insertion(`t${sequence}`, { text: long })));
  expect(typesOf(slow)).toEqual(['update']);
  expect(typesOf(fast).filter((type) => type === 'update')).toHaveLength(4);
  await slow.drain();
  const [answer, ...more] = slow.fresh();
  expect(more).toEqual([]);
  expect(answer).toMatchObject({ type: 'answer', subscription: 'all', version: 4, rows: { length: 4 } });
});

test('what many of its subscriptions are told again is made text once', async () => {
  const { world, slow, fast } = await follow();
  const names = ['all', ...Array.from({ length: 9 }, (_, index) => `more${index}`)];
  for (const name of names.slice(1)) await slow.send(subscribeFrame(name));
  slow.stall();
  for (const sequence of [1, 2]) await fast.send(writeFrame(sequence, insertion(`t${sequence}`, { text: long })));
  slow.fresh();
  const before = world.server.inspect().counters.unitsEncoded;
  await slow.drain();
  expect(typesOf(slow)).toEqual(names.map(() => 'answer'));
  expect(world.server.inspect().counters.unitsEncoded - before).toBeLessThan(2 * (long.length + 100));
});

test('nothing is said again where nothing was committed', async () => {
  const { slow } = await follow();
  slow.stall();
  await slow.send(subscribeFrame('again'));
  for (let count = 0; count < 40; count += 1) await slow.send({ type: 'ping' });
  slow.fresh();
  await slow.drain();
  expect(new Set(typesOf(slow))).toEqual(new Set(['pong']));
});

test('what it says waits, and its acknowledgement comes behind the answer', async () => {
  const { world, slow, fast } = await follow();
  slow.stall();
  for (const sequence of [1, 2]) await fast.send(writeFrame(sequence, insertion(`t${sequence}`, { text: long })));
  await slow.send(writeFrame(1, insertion('own')));
  expect(world.log).toHaveLength(2);
  slow.fresh();
  await slow.drain();
  expect(typesOf(slow)).toEqual(['answer', 'acknowledged', 'update', 'progress']);
});

test('one message is taken up at each draining, even where the answers are over the bound by themselves', async () => {
  const { world, slow, fast } = await follow();
  slow.stall();
  let sequence = 0;
  const commit = () => {
    sequence += 1;
    return fast.send(writeFrame(sequence, insertion(`t${sequence}`, { text: long })));
  };
  await commit();
  await commit();
  await slow.send(writeFrame(1, insertion('own')));
  await slow.send(writeFrame(2, insertion('second')));
  slow.fresh();
  const logged = [];
  for (let count = 1; count <= 3; count += 1) {
    await slow.sip();
    logged.push(world.log.length - sequence);
    await commit();
    await commit();
  }
  expect(logged).toEqual([1, 2, 2]);
});

test('who does not catch up in time is closed, and may come back', async () => {
  const { world, slow, fast } = await follow();
  slow.stall();
  for (const sequence of [1, 2]) await fast.send(writeFrame(sequence, insertion(`t${sequence}`, { text: long })));
  await world.advance(9_999);
  expect(slow.closed()).toBeUndefined();
  await world.advance(1);
  expect(slow.closed()).toMatchObject({ type: 'SLOW_READER', retry: true });
  expect(fast.closed()).toBeUndefined();
  expect(world.timerNames().filter((name) => name.startsWith('drain'))).toEqual([]);
});

test('a write whose turn comes while its client is behind is acknowledged all the same', async () => {
  const { world, slow, fast } = await follow();
  slow.stall();
  world.appends.hold();
  await fast.send(writeFrame(1, insertion('t1', { text: long + long })));
  await slow.send(writeFrame(1, insertion('own')));
  world.appends.release();
  await world.settle();
  expect(typesOf(slow)).toEqual(['update', 'acknowledged']);
  await slow.drain();
  expect(typesOf(slow)).toEqual(['answer']);
});
