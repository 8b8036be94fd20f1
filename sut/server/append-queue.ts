/**
 * Group commit: writes and pushes join batches, and storage takes one batch at a time (W2). While one is under way, what comes
 * waits; then all that waits forms the next, in the order in which it came, whichever connection brought it. Versions follow from it.
 * A batch that fails ends the queue: whether its entries are stored is unknown, so nothing may follow it.
 */
import type { Compactor } from './compactor.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import type { Staged } from './staged.ts';
import type { ServerStorage, VersionedEntry } from './storage.ts';

/**
 * A turn: called once, when the next batch is formed. It is judged by what is staged, and adds its entry there if it comes to one. What
 * it gives back is to be done when everything that it stands on is durable: then nothing waits in it, so nobody sees half of it.
 */
export type Join = (staged: Staged) => () => void;

export interface AppendQueue {
  /** Resolves when the turn is over and what it came to is done; rejects with what either throws. Of a queue that was stopped it never settles. */
  run(join: Join): Promise<void>;
  /** Drops the turns that wait. The batch under way is left to its fate: it may be stored or not, and nobody is told. */
  stop(): void;
  /** Storage is done with the batch under way, well or not. Never rejects. */
  settled(): Promise<void>;
}

export interface AppendQueueParts {
  readonly storage: ServerStorage;
  readonly database: Database;
  readonly compactor: Compactor;
  readonly counters: Pick<Counters, 'batches'>;
  /** The most that a batch holds. */
  readonly entriesMax: number;
  /** Called at most once, and not after `stop`. */
  readonly onFailure: (error: unknown) => void;
}

interface Turn {
  readonly join: Join;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A turn that is over but for what is to be done about it. */
interface Joined extends Turn {
  readonly conclude: () => void;
}

/** One that throws is its own matter: the others go on. */
function finish({ conclude, resolve, reject }: Joined): void {
  try {
    conclude();
    resolve();
  } catch (error) {
    reject(error);
  }
}

function joinedBy(turn: Turn, staged: Staged): Joined | undefined {
  try {
    return { ...turn, conclude: turn.join(staged) };
  } catch (error) {
    turn.reject(error);
    return undefined;
  }
}

export function createAppendQueue({ storage, database, compactor, counters, entriesMax, onFailure }: AppendQueueParts): AppendQueue {
  let waiting: Turn[] = [];
  let isWorking = false;
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();

  function stop(): void {
    isStopped = true;
    waiting = [];
  }

  /** Where storage may not hold all of them the queue is stopped: nothing at all may follow from them. */
  async function append(entries: readonly VersionedEntry[]): Promise<void> {
    let settle = (): void => {};
    underWay = new Promise((resolve) => {
      settle = resolve;
    });
    try {
      await storage.append(entries);
    } catch (error) {
      if (isStopped) return;
      stop();
      onFailure(error);
    } finally {
      settle();
    }
  }

  /** What stands on nothing that is only staged is done at once. */
  function form(staged: Staged): readonly Joined[] {
    const batch: Joined[] = [];
    while (staged.entries().length < entriesMax) {
      const turn = waiting.shift();
      if (turn === undefined) break;
      const joined = joinedBy(turn, staged);
      if (joined === undefined) continue;
      if (staged.entries().length === 0) finish(joined);
      else batch.push(joined);
    }
    return batch;
  }

  async function takeBatch(): Promise<void> {
    const staged = database.stage();
    const batch = form(staged);
    if (batch.length === 0 || isStopped) return;
    counters.batches += 1;
    await append(staged.entries());
    for (const joined of batch) {
      if (isStopped) return;
      finish(joined);
    }
  }

  /** Storage is asked for one thing at a time, and what it brings up to date is what was appended. */
  async function compactWhenDue(): Promise<void> {
    if (isStopped || !compactor.isDue()) return;
    underWay = compactor.compact();
    await underWay;
  }

  async function work(): Promise<void> {
    // What comes in the same breath joins the same batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      await takeBatch();
      await compactWhenDue();
    }
    isWorking = false;
  }

  return {
    run: (join) =>
      new Promise((resolve, reject) => {
        if (isStopped) return;
        waiting.push({ join, resolve, reject });
        if (isWorking) return;
        isWorking = true;
        work();
      }),
    stop,
    settled: () => underWay,
  };
}
