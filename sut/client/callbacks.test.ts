/** Callbacks that throw, or reject later: logged with their stacks, and nobody else's matter (B1). */
import { expect, test } from 'vitest';
import { silentLogger } from '../runtime/loggers.ts';
import { settled, testWorld } from './test-world.ts';

const todos = { collection: 'todos', where: [], order: [] } as const;

test('each callback that fails is logged with its stack, and all others are called', async () => {
  const errors: string[] = [];
  const world = await testWorld({ logger: { ...silentLogger, error: (message) => errors.push(message) } });
  const { client } = world;
  const told: string[] = [];
  const failing = (name: string) => () => {
    told.push(name);
    throw new Error(`${name} fails`);
  };
  const rejecting = (name: string) => async () => {
    told.push(name);
    await Promise.resolve();
    throw new Error(`${name} rejects`);
  };
  client.onConnectionStatusChange(failing('status'));
  client.subscribe(todos, failing('results'), undefined, { onRemoteFulfilled: rejecting('fulfilled') });
  client.subscribe(todos, rejecting('other results'));
  client.subscribeWithStatus(todos, rejecting('with status'));
  client.onEntitySyncSuccess('todos', 'a', failing('synced'));
  await settled();
  await client.startSession(world.token('ann'));
  world.socket().accept();
  for (const subscription of ['1', '2', '3']) {
    const named = world.socket().sent.flatMap((frame) => (frame.type === 'subscribe' ? [frame.subscription] : []))[
      Number(subscription) - 1
    ];
    if (named !== undefined) world.socket().say({ type: 'answer', subscription: named, group: 'g1', version: 0, rows: [] });
  }
  await settled();
  expect(client.connectionStatus).toBe('OPEN');
  for (const name of new Set(told)) {
    const logged = errors.filter((message) => message.includes(`Error: ${name} `));
    expect(logged.length, name).toBe(told.filter((other) => other === name).length);
    for (const message of logged) expect(message).toMatch(/callbacks\.test\.ts:\d+/u);
  }
  expect([...new Set(told)].sort()).toEqual(['fulfilled', 'other results', 'results', 'status', 'with status']);
});
