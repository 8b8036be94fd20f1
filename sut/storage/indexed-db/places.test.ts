/** Several tabs on one database: each is a client of its own, and what one left behind another takes up. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncClient } from '../../client/client.ts';
import type { ServerStorage } from '../../server/storage.ts';
import { openSocketWorld, type SocketWorld, synced } from '../../testing/socket-world.ts';
import { forgetAbandoned, sendAbandoned } from './abandoned.ts';
import { type IndexedDbClientStorage, openIndexedDbClientStorage } from './client-storage.ts';
import { createTestTabs, type TestTab } from './test-locks.ts';

let world: SocketWorld;
let newTab: () => TestTab;
let count = 0;
let name = '';
beforeEach(async () => {
  count += 1;
  name = `several ${count}`;
  newTab = createTestTabs();
  world = await openSocketWorld();
});
afterEach(() => world.end());

interface Tab {
  readonly storage: IndexedDbClientStorage;
  readonly client: SyncClient;
  kill(): Promise<void>;
}

async function openTab(): Promise<Tab> {
  const { locks, kill } = newTab();
  const storage = await openIndexedDbClientStorage(name, locks);
  const client = world.client(storage);
  return {
    storage,
    client,
    kill: async () => {
      await client.endSession();
      kill();
    },
  };
}

async function secretOf({ storage }: Tab): Promise<string | undefined> {
  const stored = await storage.load();
  return stored?.format === 2 ? stored.secret : undefined;
}

/** The rows that the log begins, in its order. */
async function inserted(log: ServerStorage): Promise<readonly string[]> {
  const { entries } = await log.load();
  return entries.flatMap((entry) => (entry.kind === 'write' ? entry.operations.map(({ id }) => id) : []));
}

describe('several tabs', () => {
  test('each is a client of its own; one that is gone leaves its place to the next', async () => {
    await world.serve();
    const [first, second] = [await openTab(), await openTab()];
    await Promise.all(
      [first, second].map(({ client }, at) => Promise.all([synced(client, `t${at}`), client.insert('todos', { id: `t${at}` })])),
    );
    const secrets = [await secretOf(first), await secretOf(second)];
    expect(secrets[0]).not.toBe(secrets[1]);
    expect([first.storage.place, second.storage.place]).toEqual([1, 2]);
    await first.kill();
    const third = await openTab();
    expect(third.storage.place).toBe(1);
    expect(await secretOf(third)).toBe(secrets[0]);
    expect((await openTab()).storage.place).toBe(3);
  });

  test('many that open at once are as many clients', async () => {
    await world.serve();
    const tabs = await Promise.all(Array.from({ length: 8 }, openTab));
    expect(tabs.map(({ storage }) => storage.place).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a later tab takes up a place with writes first, and sends them, once each', async () => {
    const { close, storage: log } = await world.serve();
    const [first, second] = [await openTab(), await openTab()];
    await Promise.all([first, second].map(({ client }) => client.fetch({ collection: 'todos', where: [], order: [] })));
    await close();
    await second.client.insert('todos', { id: 'left' });
    await first.kill();
    await second.kill();
    await world.serve(log);
    const third = await openTab();
    expect(third.storage.place).toBe(2);
    await synced(third.client, 'left');
    expect(await inserted(log)).toEqual(['left']);
  });

  test('what more tabs left than came back is sent under the ids that it was made under', async () => {
    const { close, storage: log } = await world.serve();
    const tabs = [await openTab(), await openTab(), await openTab()];
    for (const [at, { client }] of tabs.entries()) {
      const sent = synced(client, `sent ${at}`);
      await client.insert('todos', { id: `sent ${at}` });
      await sent;
    }
    await close();
    for (const [at, { client }] of tabs.entries()) await client.insert('todos', { id: `left ${at}` });
    for (const tab of tabs) await tab.kill();
    await world.serve(log);
    const only = await openTab();
    await synced(only.client, 'left 0');
    const { locks } = newTab();
    expect(await sendAbandoned(name, (storage) => world.client(storage), { locks })).toBe(2);
    const rows = ['left 0', 'left 1', 'left 2', 'sent 0', 'sent 1', 'sent 2'];
    expect([...(await inserted(log))].sort()).toEqual(rows);
    expect(await sendAbandoned(name, (storage) => world.client(storage), { locks })).toBe(0);
  });

  test('sending them can be given up: they stay, and their place is free again', async () => {
    const { close, storage: log } = await world.serve();
    const gone = await openTab();
    await gone.client.fetch({ collection: 'todos', where: [], order: [] });
    await close();
    await gone.client.insert('todos', { id: 'left' });
    await gone.kill();
    const { locks } = newTab();
    const giveUp = new AbortController();
    const begin = (storage: IndexedDbClientStorage): SyncClient => {
      queueMicrotask(() => giveUp.abort(new Error('enough')));
      return world.client(storage);
    };
    await expect(sendAbandoned(name, begin, { locks, signal: giveUp.signal })).rejects.toThrow('enough');
    await expect(sendAbandoned(name, begin, { locks, signal: giveUp.signal })).rejects.toThrow('enough');
    await world.serve(log);
    const next = await openTab();
    expect(next.storage.place).toBe(1);
    await synced(next.client, 'left');
  });

  test('what tabs left can be removed; those that are there keep what they have', async () => {
    const { close } = await world.serve();
    const [gone, here] = [await openTab(), await openTab()];
    await Promise.all([gone, here].map(({ client }) => client.fetch({ collection: 'todos', where: [], order: [] })));
    await close();
    for (const { client } of [gone, here]) await client.insert('todos', { id: 'a' });
    const kept = await here.storage.load();
    await gone.kill();
    await forgetAbandoned(name, newTab().locks);
    expect(await here.storage.load()).toEqual(kept);
    const next = await openIndexedDbClientStorage(name, newTab().locks);
    expect(next.place).toBe(1);
    expect(await next.load()).toBeUndefined();
  });
});
