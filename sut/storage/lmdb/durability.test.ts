/**
 * On a disk that forgets what was not flushed, whatever has resolved is there after the machine stopped at any moment, and of what was under way
 * all or nothing (W1, W2). The same disk finds a storage that resolves at the commit.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutboxEntry } from '../../client/storage.ts';
import type { LogEntry } from '../../server/storage.ts';
import { temporaryFolders } from '../test-folders.ts';
import { gather } from './changes.ts';
import { clientFormat, createClientStorage } from './client-storage.ts';
import { type Environment, openEnvironment } from './environment.ts';
import { createServerStorage, logFormat } from './server-storage.ts';
import { createForgetfulDisk, type DiskOptions, type ForgetfulDisk } from './test-disk.ts';

const folder = temporaryFolders();

/** A life of the machine: what happens in it, in order, until it stops. `ask` asks storage for the next thing. */
type Event = 'ask' | 'commit' | 'flush';
const lives = fc.array(fc.array(fc.constantFrom<Event>('ask', 'commit', 'flush'), { maxLength: 16 }), { minLength: 1, maxLength: 4 });

/** How a storage is asked, and what it holds. */
interface Tested<Item> {
  open(disk: ForgetfulDisk): Promise<{ ask(item: Item): Promise<void>; found(): Promise<readonly Item[]> }>;
  item(number: number): Item;
  /** So many may be under way at once. */
  readonly atOnce: number;
}

const log: Tested<LogEntry> = {
  open: async (disk) => {
    const storage = createServerStorage(await openEnvironment(folder(), logFormat, async () => disk.lmdb));
    return { ask: (entry) => storage.append([entry]), found: async () => (await storage.load()).entries };
  },
  item: (number) => ({ kind: 'incarnation', version: number, id: `${number}` }),
  atOnce: 1,
};
/** Each commit is two, one behind the other. */
function split(environment: Environment): Environment {
  return {
    ...environment,
    async commit(write) {
      const changes = gather(write);
      const middle = Math.ceil(changes.length / 2);
      for (const part of [changes.slice(0, middle), changes.slice(middle)]) {
        await environment.commit((target) => {
          for (const { key, value } of part) {
            if (value === null) target.remove(key);
            else target.put(key, value);
          }
        });
      }
    },
  };
}

/** Each item is a batch or, each third one, a snapshot of all that was asked for, which has the item too. */
const cutLog = (around: (environment: Environment) => Environment = (same) => same): Tested<string> => ({
  open: async (disk) => {
    const storage = createServerStorage(around(await openEnvironment(folder(), logFormat, async () => disk.lmdb)));
    const found = async (): Promise<readonly string[]> => {
      const { snapshot, entries } = await storage.load();
      return [...(snapshot?.incarnations ?? []), ...entries].flatMap((held) => ('id' in held ? [held.id] : []));
    };
    const held = [...(await found())];
    return {
      found,
      ask: (id) => {
        held.push(id);
        if (Number(id) % 3 !== 0) return storage.append([{ kind: 'incarnation', version: 0, id }]);
        const incarnations = held.map((each, at) => ({ number: at + 1, id: each, version: 0 }));
        return storage.compact({ version: 0, schemas: [], rows: [], clients: [], incarnations });
      },
    };
  },
  item: (number) => `${number}`,
  atOnce: 1,
});
const outbox: Tested<OutboxEntry> = {
  open: async (disk) => {
    const storage = createClientStorage(await openEnvironment(folder(), clientFormat, async () => disk.lmdb));
    const begun = (await storage.load()) === undefined ? storage.identify('secret') : undefined;
    await turns();
    disk.step('commit');
    disk.step('flush');
    await begun;
    return {
      ask: (entry) => storage.enqueue(entry),
      found: async () => {
        const stored = await storage.load();
        return stored?.format === 2 ? stored.outbox : [];
      },
    };
  },
  item: (number) => ({ sequence: number, id: `${number}`, operations: [] }),
  atOnce: 3,
};

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Whether everything that had resolved is there after each stop, in order, and nothing that was not asked for. */
async function isDurable<Item>(
  { open, item, atOnce }: Tested<Item>,
  options: DiskOptions,
  happening: readonly (readonly Event[])[],
): Promise<boolean> {
  const disk = createForgetfulDisk(options);
  let kept: readonly Item[] = [];
  let number = 0;
  for (const events of happening) {
    const { ask, found } = await open(disk);
    if (!isDeepStrictEqual(await found(), kept)) return false;
    const asked: Item[] = [];
    let resolved = 0;
    for (const event of events) {
      if (event !== 'ask') disk.step(event);
      else if (asked.length - resolved < atOnce) {
        number += 1;
        asked.push(item(number));
        void ask(item(number)).then(() => {
          resolved += 1;
        });
      }
      await turns();
    }
    disk.crash();
    const after = await (await open(disk)).found();
    const isAsked = isDeepStrictEqual(after, [...kept, ...asked].slice(0, after.length));
    if (!isAsked || after.length < kept.length + resolved) return false;
    kept = after;
  }
  return true;
}

async function holds<Item>(tested: Tested<Item>, options: DiskOptions): Promise<boolean> {
  const { failed } = await fc.check(
    fc.asyncProperty(lives, async (happening) => isDurable(tested, options, happening)),
    { numRuns: 60, endOnFailure: true },
  );
  return !failed;
}

describe('when the machine stops', () => {
  test('every append that resolved is in the log', async () => expect(await holds(log, {})).toBe(true));
  test('every snapshot that resolved is there whole, with what lies behind it', async () => expect(await holds(cutLog(), {})).toBe(true));
  test('every write that resolved is in the outbox', async () => expect(await holds(outbox, {})).toBe(true));
});

describe('a storage that resolves at the commit', () => {
  test('loses what it said to have, as a log', async () => expect(await holds(log, { resolvesAtCommit: true })).toBe(false));
  test('loses what it said to have, as a log that is cut', async () =>
    expect(await holds(cutLog(), { resolvesAtCommit: true })).toBe(false));
  test('loses what it said to have, as an outbox', async () => expect(await holds(outbox, { resolvesAtCommit: true })).toBe(false));
});

test('a storage that makes a snapshot in two steps loses what the first one took', async () =>
  expect(await holds(cutLog(split), {})).toBe(false));
