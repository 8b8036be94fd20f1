/** The kept file of format 1 is read as what it holds, and written today just as it was then. It holds what the stores of the database hold, as JSON. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { openIndexedDbClientStorage } from './client-storage.ts';
import { createStores, formatVersion, type Layout, storeNames } from './layout.ts';
import { createTestTabs } from './test-locks.ts';

type Contents = Readonly<Record<string, readonly unknown[]>>;
const golden: { readonly version: number; readonly contents: Contents } = JSON.parse(
  readFileSync(new URL('golden/client-1.json', import.meta.url), 'utf8'),
);
const newTab = createTestTabs();

const attributes = Object.fromEntries([
  ['id', 'milk'],
  ['__proto__', 'a name like any other'],
  ['zero', -0],
  ['tags', ['\u0000', '\ud800', '😀']],
  ['nothing', null],
]);
const insertion = { kind: 'insert', collection: 'todos', id: 'milk', attributes } as const;
const outbox = [
  { sequence: 3, id: '3'.repeat(32), operations: [insertion] },
  { sequence: 4, id: '4'.repeat(32), operations: [{ kind: 'delete', collection: 'todos', id: 'bread', generation: 'g:2' }] },
] as const;
const result = { query: '["todos",[]]', version: 4, rows: [{ generation: 'g:1', attributes }] };
const client = { format: 2, secret: 'e'.repeat(64), outbox, nextSequence: 5, cache: [result], heard: { incarnation: 'b', version: 4 } };

async function contents(name: string): Promise<Contents> {
  const database = await openDB<Layout>(name, formatVersion);
  const all = await Promise.all(storeNames.map(async (store) => [store, await database.getAll(store)] as const));
  database.close();
  return Object.fromEntries(all);
}

test('it is read', async () => {
  const made = await openDB<Layout>('golden', golden.version, { upgrade: createStores });
  made.close();
  const database = await openDB('golden');
  for (const [store, kept] of Object.entries(golden.contents)) for (const each of kept) await database.put(store, each);
  database.close();
  const storage = await openIndexedDbClientStorage('golden', newTab().locks);
  expect(isDeepStrictEqual(await storage.load(), client)).toBe(true);
  await storage.dequeue(outbox[0].id);
  expect((await storage.load())?.outbox).toEqual([outbox[1]]);
  await storage.close();
});

test('it is written as it was', async () => {
  const storage = await openIndexedDbClientStorage('written', newTab().locks);
  await storage.identify(client.secret);
  for (const entry of outbox) await storage.enqueue(entry);
  await storage.hear(client.heard);
  await storage.remember(result);
  await storage.close();
  expect(await contents('written')).toEqual(golden.contents);
  expect(golden.version).toBe(formatVersion);
});
