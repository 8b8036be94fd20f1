/** Which write has a number, for how long that is known, and what a client is told of it (W1, W6). */
import { expect, test } from 'vitest';
import { clientIdOf } from '../protocol/client-id.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import { type FakeClient, insertion, startTestServer, subscribeFrame, writeFrame, writeIdOf } from '../testing/server-environment.ts';
import { todosSchema } from '../testing/server-schemas.ts';
import { writeIdsKeptOf } from './write-history.ts';

type Write = Extract<ClientFrame, { type: 'write' }>;
const write = (sequence: number, id: number, given: Partial<Write> = {}): Write => ({
  type: 'write',
  sequence,
  id: writeIdOf(id),
  resent: false,
  answered: 0,
  operations: [insertion(`todo ${id}`)],
  ...given,
});

test('the very same content under another id is another write: forked, and nothing of that connection is taken any more', async () => {
  const world = await startTestServer();
  const one = await world.connect('tab 1', { secret: 'shared' });
  const two = await world.connect('tab 2', { secret: 'shared' });
  await one.send(write(1, 1));
  await two.send(write(1, 2, { operations: [insertion('todo 1')] }));
  await two.send(write(2, 3));
  expect(one.fresh()).toMatchObject([{ type: 'acknowledged', sequence: 1 }, { type: 'progress' }]);
  expect(two.fresh()).toEqual([{ type: 'forked', sequence: 1 }]);
  expect(world.log).toHaveLength(1);
  await two.send({ type: 'ping' });
  expect(two.fresh()).toEqual([{ type: 'pong' }]);
});

test('a write that is older than what is remembered is told so if it may be in the log, and is another if it cannot', async () => {
  const world = await startTestServer({ writeIdsKept: 2 });
  const client = await world.connect('c1');
  for (const count of [1, 2, 3]) await client.send(write(count, count));
  client.fresh();
  await client.send(write(2, 2, { resent: true }));
  await client.send(write(1, 1, { resent: true }));
  expect(client.fresh()).toEqual([
    { type: 'acknowledged', sequence: 2, version: 2 },
    // No lower than what it was.
    { type: 'rejected', sequence: 1, version: 2, error: { name: 'WriteOutcomeUnknownError', message: expect.any(String) } },
  ]);
  await client.send(write(1, 9));
  expect(client.fresh()).toEqual([{ type: 'forked', sequence: 1 }]);
  expect(world.log).toHaveLength(3);
});

test.each([
  ['the next write says so', (client: FakeClient) => client.send(write(2, 2, { answered: 1 }))],
  ['the next hello says so', (client: FakeClient) => client.leave()],
])('a rejection is told again until %s', async (_how, say) => {
  const world = await startTestServer({ schema: todosSchema() });
  const client = await world.connect('c1');
  await client.send(write(1, 1));
  await client.send(write(1, 1, { resent: true }));
  expect(client.fresh()).toMatchObject([
    { type: 'rejected', error: { name: 'SchemaViolationError' } },
    { type: 'rejected', error: { name: 'SchemaViolationError' } },
  ]);
  await say(client);
  const again = await world.connect('c1', { answered: 1 });
  await again.send(write(1, 1, { resent: true }));
  expect(again.fresh()).toMatchObject([{ type: 'rejected', sequence: 1, error: { name: 'WriteOutcomeUnknownError' } }]);
});

test('an id is of no use to whoever lacks its secret', async () => {
  const world = await startTestServer();
  const author = await world.connect('c1', { secret: 'the secret of c1' });
  await author.send(writeFrame(1, insertion('milk')));
  const thief = await world.connect('c2', { secret: clientIdOf('the secret of c1') });
  await thief.send(write(2, 7));
  expect(thief.closed()).toMatchObject({ type: 'INTERNAL_ERROR', message: 'Write 2 came where 1 was due.' });
  author.fresh();
  await author.send(writeFrame(2, insertion('bread')));
  expect(author.fresh()).toMatchObject([{ type: 'acknowledged', sequence: 2 }, { type: 'progress' }]);
});

test('a secret stands in no row, no log entry and no line', async () => {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const world = await startTestServer({ logger: { debug: note, info: note, warn: note, error: note } });
  const client = await world.connect('c1', { secret: 'hush' });
  await client.send(writeFrame(1, insertion('milk')));
  await client.send(subscribeFrame('s1'));
  await client.send({ type: 'updateToken', request: 9, token: '' });
  expect(lines).not.toEqual([]);
  expect(client.texts.join()).toContain(clientIdOf('hush'));
  expect([...lines, ...client.texts].join()).not.toContain('hush');
});

test('a bound that bounds nothing is refused', () => {
  expect(writeIdsKeptOf(undefined)).toBe(1_024);
  for (const asked of [0, -1, 1.5, Number.NaN]) expect(() => writeIdsKeptOf(asked)).toThrow(/writeIdsKept must be/);
});
