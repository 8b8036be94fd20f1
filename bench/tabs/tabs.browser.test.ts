/**
 * Two tabs of a real browser on one database, a real server over real sockets, and a hand that kills: a tab is crashed, closed or loaded again, or the whole browser is killed, at moments
 * that a seed draws; then it is opened again, until each tab has written all it was to write. The log of the server says what came of it.
 *
 * `TABS_WRITES=500 TABS_KILLS=20 TABS_SEED=7 npm run test:browser -- bench/tabs` is the long form.
 */
import { SignJWT } from 'jose';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isChromiumThere } from '../../reports/page/browser/open-tab.ts';
import { silentLogger } from '../../sut/runtime/loggers.ts';
import { createServer, type Server } from '../../sut/server/server.ts';
import { type LogEntry, memoryServerStorage } from '../../sut/server/storage.ts';
import type { TabSaid, TabTask } from '../../sut/storage/indexed-db/test-tab-words.ts';
import { type Chance, createChance } from '../crash/chance.ts';
import { type KillableBrowser, launchKillable } from './killable-browser.test-tools.ts';

const writes = Number(process.env.TABS_WRITES ?? 500);
const kills = Number(process.env.TABS_KILLS ?? 6);
const seed = Number(process.env.TABS_SEED ?? 7);
const jwtSecret = 'a secret of this test alone, long enough';
const ways = ['crashed', 'closed', 'loaded again', 'killed with the browser'] as const;
type Way = (typeof ways)[number];

interface Tab {
  readonly name: string;
  page: Page | undefined;
  life: number;
  kept: number;
  isSettled: boolean;
}

/** What all tabs said, over all their lives. */
interface Heard {
  readonly made: Set<string>;
  readonly kept: Set<string>;
  readonly synced: Set<string>;
  readonly troubles: string[];
  readonly ways: Way[];
  /** Writes that tabs found when they opened. */
  waiting: number;
  /** Writes that a tab sent for others. */
  abandoned: number;
  readonly places: Set<number>;
}

/** Rows that the log begins, in its order, and the ids of its writes. */
function inLog(log: readonly LogEntry[]): { readonly rows: readonly string[]; readonly ids: readonly string[] } {
  const written = log.flatMap((entry) => (entry.kind === 'write' ? entry : []));
  return { rows: written.flatMap(({ operations }) => operations.map(({ id }) => id)), ids: written.map(({ id }) => id) };
}

const twiceIn = (names: readonly string[]): readonly string[] => names.filter((name, at) => names.indexOf(name) !== at);

describe.skipIf(!isChromiumThere())('tabs', () => {
  let browser: KillableBrowser;
  let server: Server;
  let common: Pick<TabTask, 'serverUrl' | 'token' | 'atOnce'>;
  const storage = memoryServerStorage();

  beforeAll(async () => {
    browser = await launchKillable();
    server = createServer({ jwtSecret, storage, logEntriesMax: Number.POSITIVE_INFINITY, logger: silentLogger });
    const { port } = await server.start(0);
    const token = await new SignJWT({ sub: 'ann' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(jwtSecret));
    common = { serverUrl: `http://127.0.0.1:${port}`, token, atOnce: 16 };
  });
  afterAll(async () => {
    await browser?.end();
    await server?.close();
  });

  test(`two that are killed: ${writes} writes each, ${kills} kills, seed ${seed}`, async () => {
    const chance = createChance(seed);
    const heard: Heard = {
      made: new Set(),
      kept: new Set(),
      synced: new Set(),
      troubles: [],
      ways: [],
      waiting: 0,
      abandoned: 0,
      places: new Set(),
    };
    const { until, look } = createWaiting();
    const tabs: readonly Tab[] = ['a', 'b'].map((name) => ({ name, page: undefined, life: 0, kept: 0, isSettled: false }));

    const hear = (tab: Tab, said: TabSaid): void => {
      switch (said.said) {
        case 'opened':
          heard.waiting += said.waiting;
          heard.places.add(said.place);
          break;
        case 'kept':
          heard.kept.add(said.row);
          tab.kept += 1;
          break;
        case 'made':
        case 'synced':
          heard[said.said].add(said.row);
          break;
        case 'refused':
          heard.troubles.push(`${said.row} was refused: ${said.error} ${said.cause}`);
          break;
        case 'trouble':
          heard.troubles.push(said.text);
          break;
        case 'settled':
          heard.abandoned += said.abandoned;
          tab.isSettled = true;
          break;
      }
      look();
    };
    const nextTask = (tab: Tab, sendsAbandoned = false): TabTask => {
      tab.life += 1;
      tab.isSettled = false;
      const left = sendsAbandoned ? 0 : writes - tab.kept;
      return { ...common, database: 'killed', prefix: `${tab.name}${tab.life}`, writes: left, sendsAbandoned };
    };
    const open = async (tab: Tab): Promise<void> => {
      const page = await browser.openTab(nextTask(tab), (said) => hear(tab, said));
      tab.page = page;
      page.once('error', () => {
        if (tab.page === page) tab.page = undefined;
        look();
      });
    };
    const openWhatIsGone = async (): Promise<void> => {
      for (const tab of tabs) if (tab.page === undefined) await open(tab);
    };
    const kill = async (tab: Tab, way: Way): Promise<void> => {
      const { page } = tab;
      if (page === undefined) return;
      heard.ways.push(way);
      switch (way) {
        case 'crashed':
          // Never answered: who would answer is gone.
          (await page.createCDPSession()).send('Page.crash').catch(() => {});
          await until(() => tab.page === undefined);
          await page.close();
          break;
        case 'closed':
          tab.page = undefined;
          await page.close();
          break;
        case 'loaded again':
          await browser.loadAgain(page, nextTask(tab));
          break;
        case 'killed with the browser':
          for (const each of tabs) each.page = undefined;
          await browser.killAndRestart();
          break;
      }
    };

    await openWhatIsGone();
    for (const [at, { victim, way, behind }] of planOf(chance).entries()) {
      await until(() => heard.kept.size >= behind || tabs.every(({ isSettled }) => isSettled));
      const tab = tabs[victim];
      if (tab === undefined) throw new Error(`kill ${at} has no victim`);
      await kill(tab, way);
      await openWhatIsGone();
    }
    await until(() => heard.troubles.length > 0 || tabs.every(({ isSettled }) => isSettled));
    const last: Tab = { name: 'last', page: undefined, life: 0, kept: 0, isSettled: false };
    await browser.openTab(nextTask(last, true), (said) => hear(last, said));
    await until(() => heard.troubles.length > 0 || last.isSettled);

    const { rows, ids } = inLog((await storage.load()).entries);
    const lost = [...heard.kept, ...heard.synced].filter((row) => !rows.includes(row));
    const strange = rows.filter((row) => !heard.made.has(row));
    const twice = [...twiceIn(rows), ...twiceIn(ids)];
    const counts = ways.map((way) => `${heard.ways.filter((each) => each === way).length} ${way}`).join(', ');
    process.stdout.write(
      `tabs, seed ${seed}: ${heard.kept.size} writes kept, ${rows.length} in the log, ${lost.length} lost, ${twice.length} twice; ` +
        `kills: ${counts}; ${heard.waiting} writes found in outboxes, ${heard.abandoned} sent for others; ${heard.places.size} places\n`,
    );
    expect({ lost, strange, twice, troubles: heard.troubles }).toEqual({ lost: [], strange: [], twice: [], troubles: [] });
    expect(heard.kept.size).toBeGreaterThanOrEqual(2 * writes);
  });

  test('the browser has no more space: the write rejects with that cause, and the next one goes well when there is', async () => {
    const origin = browser.otherOrigin;
    const devtools = await browser.devtools();
    // Before there is anything: a browser asks seldom how much is left, as long as that was much.
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 });
    const { page, write } = await openWriter('full', origin);
    const refusal = { said: 'refused', error: 'StorageError', cause: 'StorageFullError' };
    let outcome = await write('first', 250_000);
    for (let number = 0; outcome?.said === 'kept' && number < 100; number += 1) outcome = await write(`more-${number}`, 250_000);
    expect(outcome).toMatchObject(refusal);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    expect(await write('with-space', 250_000)).toMatchObject({ said: 'kept' });
    await page.close();
  });

  test('the browser removes what was kept: the write rejects with that cause, and the page that is loaded again begins', async () => {
    const { page, write, task } = await openWriter('removed');
    expect(await write('before')).toMatchObject({ said: 'kept' });
    const devtools = await browser.devtools();
    await devtools.send('Storage.clearDataForOrigin', { origin: browser.origin, storageTypes: 'indexeddb' });
    // One that was under way while the browser was at it may fail in another way.
    const outcomes = [await write('under-the-feet'), await write('behind-it')];
    expect(outcomes).toMatchObject([{ said: 'refused' }, { said: 'refused', error: 'StorageError', cause: 'StorageLostError' }]);
    await browser.loadAgain(page, task);
    await page.waitForFunction('globalThis.writeOne !== undefined');
    expect(await write('loaded-again')).toMatchObject({ said: 'kept' });
    await page.close();
  });

  /** A tab that writes when it is asked to. */
  async function openWriter(database: string, origin = browser.origin) {
    const { until, look } = createWaiting();
    const outcomes = new Map<string, TabSaid>();
    const task: TabTask = { ...common, database, prefix: database, writes: 0, sendsAbandoned: false };
    const page = await browser.openTab(
      task,
      (said) => {
        if (said.said === 'kept' || said.said === 'refused') outcomes.set(said.row, said);
        look();
      },
      origin,
    );
    await page.waitForFunction('globalThis.writeOne !== undefined');
    const write = async (row: string, length = 0): Promise<TabSaid | undefined> => {
      await page.evaluate(`writeOne(${JSON.stringify(row)}, ${length})`);
      await until(() => outcomes.has(row));
      return outcomes.get(row);
    };
    return { page, write, task };
  }
});

interface Kill {
  readonly victim: number;
  readonly way: Way;
  /** It comes when so many writes have been kept. */
  readonly behind: number;
}

function planOf(chance: Chance): readonly Kill[] {
  const moments = Array.from({ length: kills }, (_, at) => chance.below(Math.floor(2 * writes * 0.9), 'moment', at)).sort(
    (one, other) => one - other,
  );
  return moments.map((behind, at) => ({
    behind,
    victim: chance.below(2, 'victim', at),
    // Each way comes, in the short form too.
    way: ways[(at + chance.below(ways.length, 'way')) % ways.length] ?? 'closed',
  }));
}

/** Waits until something is so, by looking whenever something was said. */
function createWaiting() {
  let waiting: readonly { readonly isSo: () => boolean; readonly go: () => void }[] = [];
  const look = (): void => {
    const due = waiting.filter(({ isSo }) => isSo());
    waiting = waiting.filter((each) => !due.includes(each));
    for (const { go } of due) go();
  };
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((go) => {
      waiting = [...waiting, { isSo, go }];
      look();
    });
  return { until, look };
}
