/** Gathers what the writers of a round say, in the order in which it is heard, into a history. */
import type { History, Moment, Writer } from './history.ts';
import { operationsOf, type Plan } from './workload.ts';
import type { Said } from './writer.ts';

interface SeenCall {
  handed: History['writers'][number]['calls'][number]['handed'];
  isKept: boolean;
  readonly synced: Moment[];
  readonly life: number;
}

export interface Observer {
  /** `life`: which process of the writer says it. */
  hear(writer: string, life: number, said: Said): void;
  serverKilled(): void;
  /** Once all that it had said has been heard. */
  writerKilled(writer: string, outbox: readonly string[]): void;
  madeBy(writer: string): number;
  syncedBy(writer: string): number;
  syncedByAll(): number;
  /** Acknowledged by nobody yet, and made. */
  waiting(): number;
  isSettled(writer: string): boolean;
  /** Resolves when something has been heard, or somebody is to look again. */
  change(): Promise<void>;
  lookAgain(): void;
  writers(): readonly Writer[];
}

interface Seen {
  readonly plan: Plan;
  clientId: string;
  readonly calls: SeenCall[];
  kill: Writer['kill'];
  pendingWrites: number | null;
  isSettled: boolean;
  readonly troubles: string[];
}

export function createObserver(plans: readonly Plan[]): Observer {
  const all = new Map<string, Seen>(
    plans.map((plan) => [plan.writer, { plan, clientId: '', calls: [], kill: null, pendingWrites: null, isSettled: false, troubles: [] }]),
  );
  let order = 0;
  let servers = 0;
  let wakers: readonly (() => void)[] = [];

  function of(writer: string): Seen {
    const seen = all.get(writer);
    if (seen === undefined) throw new Error(`there is no writer ${writer}`);
    return seen;
  }
  function wake(): void {
    const woken = wakers;
    wakers = [];
    for (const waker of woken) waker();
  }
  const syncedOf = ({ calls }: Seen): number => calls.filter(({ synced }) => synced.length > 0).length;

  function note(seen: Seen, life: number, said: Said): void {
    switch (said.said) {
      case 'client':
        if (seen.clientId !== '' && seen.clientId !== said.clientId) seen.troubles.push('it is another client than before');
        seen.clientId = said.clientId;
        return;
      case 'made':
        seen.calls.push({ handed: null, isKept: false, synced: [], life });
        return;
      case 'handed': {
        const call = seen.calls.find(({ handed, life: its }) => handed === null && its === life);
        if (call === undefined) seen.troubles.push(`it handed over a write that nobody made: ${said.id}`);
        else call.handed = { sequence: said.sequence, id: said.id, operations: said.operations };
        return;
      }
      case 'kept': {
        const call = seen.calls[said.call];
        if (call !== undefined) call.isKept = true;
        return;
      }
      case 'synced':
        seen.calls[said.call]?.synced.push({ order, servers, writers: life });
        return;
      case 'trouble':
        seen.troubles.push(said.text);
        return;
      case 'settled':
        seen.pendingWrites = said.pendingWrites;
        seen.isSettled = true;
    }
  }

  return {
    hear(writer, life, said) {
      order += 1;
      note(of(writer), life, said);
      wake();
    },
    serverKilled() {
      servers += 1;
    },
    writerKilled(writer, outbox) {
      order += 1;
      const seen = of(writer);
      seen.kill = { order, outbox };
      // What the process said of itself is over with it.
      seen.isSettled = false;
      seen.pendingWrites = null;
    },
    madeBy: (writer) => of(writer).calls.length,
    syncedBy: (writer) => syncedOf(of(writer)),
    syncedByAll: () => [...all.values()].reduce((sum, seen) => sum + syncedOf(seen), 0),
    waiting: () => [...all.values()].reduce((sum, seen) => sum + seen.calls.length - syncedOf(seen), 0),
    isSettled: (writer) => of(writer).isSettled,
    change: () =>
      new Promise((resolve) => {
        wakers = [...wakers, resolve];
      }),
    lookAgain: wake,
    writers: () =>
      [...all.values()].map(({ plan, clientId, calls, kill, pendingWrites, troubles }) => ({
        name: plan.writer,
        clientId,
        kill,
        pendingWrites,
        troubles,
        calls: calls.map(({ handed, isKept, synced, life }, call) => ({
          operations: operationsOf(plan, call),
          handed,
          isKept,
          synced,
          life,
        })),
      })),
  };
}
