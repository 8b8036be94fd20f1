/**
 * A writer: a real client that writes all the time, a few writes at once, and says what it does and what it is told. It runs in this process, or in one of
 * its own that is killed (`writer-process.ts`).
 */
import { createHash } from 'node:crypto';
import { SyncClient } from '../../sut/client/client.ts';
import type { ClientStorage } from '../../sut/client/storage.ts';
import { silentLogger } from '../../sut/runtime/loggers.ts';
import { markOf, operationsOf, type Plan } from './workload.ts';

export type Said =
  /** Who it is, as it is found or begun. */
  | { readonly said: 'client'; readonly clientId: string }
  /** It is about to make the call of that number. */
  | { readonly said: 'made'; readonly call: number }
  /** The client is about to hand a write to its storage: the first of those made that was not handed over. */
  | { readonly said: 'handed'; readonly sequence: number; readonly id: string; readonly operations: readonly unknown[] }
  | { readonly said: 'kept'; readonly call: number }
  | { readonly said: 'synced'; readonly call: number }
  | { readonly said: 'trouble'; readonly text: string }
  /** It has made all its calls, and nothing waits. */
  | { readonly said: 'settled'; readonly pendingWrites: number | null };

/** Resolves when it cannot be lost any more, whatever becomes of the process. */
export type Say = (said: Said) => Promise<void>;

export interface WriterOptions {
  readonly plan: Plan;
  readonly serverUrl: string;
  readonly token: string;
  readonly storage: ClientStorage;
  /** The first call of this process; those before it were made by the one before it. */
  readonly firstCall: number;
  readonly calls: number;
  /** So many may wait for their answer. */
  readonly atOnce: number;
  readonly say: Say;
}

/** Resolves when it has settled, with its end. */
export async function runWriter({
  plan,
  serverUrl,
  token,
  storage,
  firstCall,
  calls,
  atOnce,
  say,
}: WriterOptions): Promise<() => Promise<void>> {
  const client = new SyncClient({ serverUrl, token, storage: tellingStorage(storage, say), logger: silentLogger });
  const unanswered = new Set<number>();
  let wake = (): void => {};
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const trouble = (text: string): void => void say({ said: 'trouble', text });
  client.onFailureToSyncWrites((error) => trouble(`a write was not taken: ${error.name}`));
  client.onLogReplaced(() => trouble('the log was told to be another one'));
  client.onPendingWritesChange(() => wake());

  const listen = (call: number): void => {
    client.onEntitySyncSuccess(plan.collection, markOf(plan, call), () => {
      unanswered.delete(call);
      void say({ said: 'synced', call }).then(() => wake());
    });
  };

  async function make(call: number): Promise<void> {
    await say({ said: 'made', call });
    listen(call);
    unanswered.add(call);
    const written = client.transact((transaction) => {
      for (const operation of operationsOf(plan, call)) {
        const { collection } = operation;
        if (operation.do === 'insert') transaction.insert(collection, operation.row);
        if (operation.do === 'update') transaction.update(collection, operation.id, operation.changes);
        if (operation.do === 'delete') transaction.delete(collection, operation.id);
      }
    });
    written.then(
      () => say({ said: 'kept', call }),
      (error: unknown) => trouble(`call ${call} rejected: ${String(error)}`),
    );
  }

  for (let call = 0; call < firstCall; call += 1) listen(call);
  for (let call = firstCall; call < calls; call += 1) {
    while (unanswered.size >= atOnce) await change();
    await make(call);
  }
  while (unanswered.size > 0 || client.pendingWrites !== 0) await change();
  await say({ said: 'settled', pendingWrites: client.pendingWrites ?? null });
  return () => client.endSession();
}

/** The same storage; what is handed to it is said first. */
function tellingStorage(storage: ClientStorage, say: Say): ClientStorage {
  const sayClient = (secret: string): Promise<void> => say({ said: 'client', clientId: clientIdOf(secret) });
  const fresh = (): Promise<void> => say({ said: 'trouble', text: 'it took a fresh id' });
  return {
    ...storage,
    async load() {
      const stored = await storage.load();
      if (stored?.format === 2) await sayClient(stored.secret);
      return stored;
    },
    async identify(secret) {
      await storage.identify(secret);
      await sayClient(secret);
    },
    async enqueue(entry) {
      await say({ said: 'handed', ...entry });
      await storage.enqueue(entry);
    },
    async replace(secret, outbox) {
      await fresh();
      await storage.replace(secret, outbox);
    },
    async clear(secret, outbox) {
      await fresh();
      await storage.clear(secret, outbox);
    },
  };
}

/** By the law (W6): the first 128 bits of the secret's SHA-256. */
function clientIdOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 32);
}
