/** What a client holds, shows and lets be changed where the server does not follow a subscription (B4, Q2, W3). */
import { expect, test } from 'vitest';
import type { SyncClient } from './client.ts';
import { settled, testWorld } from './test-world.ts';

const allTodos = { collection: 'todos', where: [], order: [] };
const titled = (title: string) => ({ ...allTodos, where: [['title', '!=', title]] }) as const;
const milk = { generation: 'other:milk', attributes: { id: 'milk' } };

async function opened() {
  const { client, socket, token } = await testWorld();
  await client.startSession(token('ann'));
  socket().accept();
  return {
    client,
    socket,
    /** The server answers with these rows at version 1, where there are any, and then follows the subscription no more. */
    fail: (subscription: string, rows?: readonly (typeof milk)[]) => {
      if (rows !== undefined) socket().say({ type: 'answer', subscription, group: 'g', version: 1, rows });
      socket().say({ type: 'subscriptionFailed', subscription, error: { name: 'LimitExceededError', message: 'no' } });
    },
    acknowledge: (sequence: number) => socket().say({ type: 'acknowledged', sequence, version: sequence + 1 }),
  };
}

type Shown = Parameters<SyncClient['subscribe']>[1];
async function subscribe(
  client: SyncClient,
  subscriptionName: string,
  query: object = allTodos,
  onResults: Shown = () => {},
): Promise<void> {
  client.subscribe({ ...allTodos, ...query }, onResults, () => {}, { subscriptionName });
  await settled();
}

test('one that was answered and then fails is fulfilled no more', async () => {
  const { client, fail } = await opened();
  const fulfilled: boolean[] = [];
  await subscribe(client, 'q1', allTodos, (_rows, { hasRemoteFulfilled }) => fulfilled.push(hasRemoteFulfilled));
  fail('q1', [milk]);
  await client.insert('todos', { id: 'rent' });
  expect(fulfilled).toEqual([false, true, false]);
});

test('no acknowledged write is held for it, and it shows them all the same', async () => {
  const { client, fail, acknowledge } = await opened();
  const shown: string[] = [];
  await subscribe(client, 'q1', allTodos, (rows) => shown.push(rows.map(({ title }) => title).join('+')));
  fail('q1');
  await client.insert('todos', { id: 'rent', title: 'first' });
  acknowledge(1);
  for (let sequence = 2; sequence <= 50; sequence += 1) {
    await client.update('todos', 'rent', { title: `change ${sequence}` });
    acknowledge(sequence);
  }
  await client.insert('todos', { id: 'tax', title: 'last' });
  expect(client.heldWrites).toBe(1);
  expect(shown.at(-1)).toBe('change 50+last');
  expect(shown).toHaveLength(52);
});

test('a row that was deleted is not updated because a result from before comes back from the cache', async () => {
  const { client, fail, acknowledge } = await opened();
  await subscribe(client, 'q1');
  fail('q1', [milk]);
  await client.delete('todos', 'milk');
  acknowledge(1);
  await subscribe(client, 'q2');
  await expect(client.update('todos', 'milk', { title: 'oat milk' })).rejects.toThrow('milk');
});

test('what several have absorbed is seen as the one knows it that began first, whichever has heard more', async () => {
  const { client, socket, fail, acknowledge } = await opened();
  await subscribe(client, 'q1', titled('tax'));
  fail('q1', []);
  await client.insert('todos', { id: 'rent', title: 'first' });
  acknowledge(1);
  await subscribe(client, 'q2', titled('milk'));
  fail('q2');
  await client.update('todos', 'rent', { title: 'second' });
  acknowledge(2);
  socket().close();
  expect((await client.fetch(allTodos)).map(({ title }) => title)).toEqual(['second']);
});
