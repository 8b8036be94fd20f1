/**
 * What the kept files of the present format hold (`golden/`). Where the format changes, the files of the former one stay, and `npx tsx
 * sut/storage/lmdb/test-golden.ts` adds those of the new one.
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CachedResult, OutboxEntry } from '../../client/storage.ts';
import type { Compaction, Snapshot } from '../../server/snapshot.ts';
import type { LogEntry } from '../../server/storage.ts';
import { openLmdbClientStorage } from './client-storage.ts';
import { openLmdbServerStorage } from './server-storage.ts';

const attributes = Object.fromEntries([
  ['id', 'milk'],
  ['__proto__', 'a name like any other'],
  ['zero', -0],
  ['least', 5e-324],
  ['tags', ['\u0000', '\ud800', '😀']],
  ['nothing', null],
  ['done', false],
]);
const id = (digit: string): string => digit.repeat(32);
const written = { clientId: 'c'.repeat(32), answered: 0 } as const;
const insertion = { kind: 'insert', collection: 'todos', id: 'milk', attributes } as const;

export const goldenLog: readonly LogEntry[] = [
  { kind: 'incarnation', version: 0, id: id('a') },
  {
    kind: 'schema',
    version: 1,
    schema: {
      collections: {
        todos: {
          attributes: { text: { type: 'string', items: null, nullable: false, optional: true, enum: ['a', 'b'] } },
          permissions: { user: { read: { filter: [['owner', '=', '$token.sub']] }, insert: {} } },
        },
      },
      roles: { user: { match: { sub: '$sub' } } },
    },
  },
  { kind: 'write', version: 2, ...written, sequence: 1, id: id('1'), operations: [insertion] },
  { kind: 'rejection', version: 3, ...written, sequence: 2, id: id('2'), error: { name: 'PermissionDeniedError', message: '“no”' } },
  { kind: 'incarnation', version: 3, id: id('b') },
  {
    kind: 'write',
    version: 4,
    ...written,
    sequence: 3,
    id: id('3'),
    answered: 2,
    operations: [
      { kind: 'update', collection: 'todos', id: 'milk', generation: 'g:1', changes: { done: true } },
      { kind: 'delete', collection: 'todos', id: 'bread', generation: 'g:2' },
    ],
  },
];

/** What the log of format 2 holds in the place of all entries but the last one. */
export const goldenSnapshot: Snapshot = {
  version: 3,
  schemas: goldenLog.flatMap((entry) => (entry.kind === 'schema' ? [{ number: 1, schema: entry.schema }] : [])),
  rows: [{ collection: 'todos', id: 'milk', generation: 'g:1', attributes }],
  clients: [
    {
      clientId: written.clientId,
      lastSequence: 2,
      answered: 0,
      writes: [
        { sequence: 1, id: id('1'), version: 2, error: null },
        { sequence: 2, id: id('2'), version: 3, error: { name: 'PermissionDeniedError', message: '“no”' } },
      ],
    },
  ],
  incarnations: [
    { number: 1, id: id('a'), version: 0 },
    { number: 2, id: id('b'), version: 3 },
  ],
};
const goldenCompaction: Compaction = {
  ...goldenSnapshot,
  rows: [
    { collection: 'todos', id: 'milk', row: { generation: 'g:1', attributes } },
    { collection: 'todos', id: 'bread', row: null },
  ],
  clients: goldenSnapshot.clients.map((client) => ({ ...client, forgottenUpTo: 0 })),
};

const outbox: readonly OutboxEntry[] = [
  { sequence: 3, id: id('3'), operations: [insertion] },
  { sequence: 4, id: id('4'), operations: [{ kind: 'delete', collection: 'todos', id: 'bread', generation: 'g:2' }] },
];
const result: CachedResult = { query: '["todos",[]]', version: 4, rows: [{ generation: 'g:1', attributes }] };
export const goldenClient = {
  format: 2,
  secret: id('e'),
  outbox,
  nextSequence: 5,
  cache: [result],
  heard: { incarnation: id('b'), version: 4 },
} as const;

export async function fillLog(folder: string): Promise<void> {
  const storage = await openLmdbServerStorage(folder);
  const behind = goldenLog.slice(-1);
  for (const entry of goldenLog.slice(0, -1)) await storage.append([entry]);
  await storage.compact(goldenCompaction);
  await storage.append(behind);
  await storage.close();
}

export async function fillClient(folder: string): Promise<void> {
  const storage = await openLmdbClientStorage(folder);
  await storage.identify(goldenClient.secret);
  for (const entry of outbox) await storage.enqueue(entry);
  await storage.hear(goldenClient.heard);
  await storage.remember(result);
  await storage.close();
}

/** The file of that name, for the format of that version. */
export function goldenFile(name: 'server-log' | 'client', version: number): string {
  return fileURLToPath(new URL(`golden/${name}-${version}.mdb`, import.meta.url));
}

/** A storage, and where its copy goes: without the space that it took beforehand. */
type Copying = (folder: string, copy: string) => Promise<void>;

const copyLog: Copying = async (folder, copy) => {
  const storage = await openLmdbServerStorage(folder);
  await storage.backup(copy);
  await storage.close();
};
const copyClient: Copying = async (folder, copy) => {
  const storage = await openLmdbClientStorage(folder);
  await storage.backup(copy);
  await storage.close();
};

async function make(file: string, fill: (folder: string) => Promise<void>, copying: Copying): Promise<void> {
  if (existsSync(file)) return;
  const folder = `${file}.made`;
  const copy = `${file}.copied`;
  await fill(folder);
  await copying(folder, copy);
  await rename(`${copy}/data.mdb`, file);
  for (const made of [folder, copy]) await rm(made, { recursive: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await make(goldenFile('server-log', 2), fillLog, copyLog);
  await make(goldenFile('client', 1), fillClient, copyClient);
}
