/** An honest client beside the attack: it writes all the time, and notes how long each write takes and whether its connection lasts. */
import { SyncClient } from '../../sut/client/client.ts';
import { silentLogger } from '../../sut/runtime/loggers.ts';

export interface Victim {
  /** So many writes, one after the other. */
  write(count: number): Promise<void>;
  /** Writes until the work is done. */
  writeDuring(work: Promise<unknown>): Promise<void>;
  /** Since the last call. */
  slowestMs(): number;
  /** How often its connection was lost. */
  losses(): number;
  insertMany(collection: string, rows: readonly Readonly<Record<string, string>>[]): Promise<void>;
  follow(collection: string): void;
  end(): Promise<void>;
}

const pauseMs = 10;

export async function startVictim(port: number, token: string): Promise<Victim> {
  const client = new SyncClient({ serverUrl: `http://localhost:${port}`, token, logger: silentLogger });
  let losses = 0;
  let slowestMs = 0;
  let written = 0;
  await new Promise<void>((resolve) => {
    client.onConnectionStatusChange((status) => {
      if (status === 'OPEN') resolve();
      if (status === 'CLOSED') losses += 1;
    }, true);
  });
  client.subscribe({ collection: 'diary', where: [], order: [] }, () => {});

  async function synced(collection: string, id: string, begin: () => Promise<unknown>): Promise<void> {
    const told = new Promise<void>((resolve) => client.onEntitySyncSuccess(collection, id, resolve));
    await begin();
    await told;
  }

  /** One row, changed again and again, so that the server's heap says nothing of the victim. */
  async function writeOnce(): Promise<void> {
    const beganMs = performance.now();
    written += 1;
    await synced('diary', 'today', () => client.insert('diary', { id: 'today', count: written }));
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
  }

  return {
    async write(count) {
      for (let done = 0; done < count; done += 1) await writeOnce();
    },
    async writeDuring(work) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await writeOnce();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      await over;
    },
    slowestMs: () => {
      const slowest = slowestMs;
      slowestMs = 0;
      return slowest;
    },
    losses: () => losses,
    async insertMany(collection, rows) {
      const [first] = rows;
      if (first?.id === undefined) return;
      await synced(collection, first.id, () =>
        client.transact(async (transaction) => {
          for (const row of rows) transaction.insert(collection, row);
        }),
      );
    },
    follow: (collection) => void client.subscribe({ collection, where: [], order: [] }, () => {}),
    end: () => client.endSession(),
  };
}
