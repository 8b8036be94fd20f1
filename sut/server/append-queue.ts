/**
 * Group commit: writes and pushes join batches, and storage takes one batch at a time (W2). While one is under way, what comes
 * waits; then all that waits forms the next, in the order in which it came, whichever connection brought it. Versions follow from it.
 * A batch of which storage keeps nothing is dissolved: its turns come again, in front of the others. One whose outcome is unknown ends the queue, since
 * nothing may follow it.
 */
import type { Logger, Timers } from '../runtime/ports.ts';
import type { Compactor } from './compactor.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import { createSpaceWatch } from './space-watch.ts';
import type { Staged } from './staged.ts';
import type { ServerStorage, VersionedEntry } from './storage.ts';
import { type AppendOutcome, outcomeOfFailure } from './storage-outcome.ts';

/**
 * A turn: called when the next batch is formed, and once more where that was dissolved. It is judged by what is staged, and adds its entry there if it comes to
 * one. What it gives back is to be done when everything that it stands on is durable: then nothing waits in it, so nobody sees half of it.
 */
export type Join = (staged: Staged) => () => void;

/** Whoever brought a turn that is set aside, since storage has no space: nothing need wait for it but what joins. */
export interface Aside {
  begin(): void;
  /** The turn is over. */
  end(): void;
  fail(error: unknown): void;
  /** Nobody is there any more for whom the turn would mean anything. */
  isGone(): boolean;
}

export interface AppendQueue {
  /**
   * Resolves when the turn is over and what it came to is done; rejects with what either throws, and with what storage refuses a schema for. Of a
   * queue that was stopped it never settles. With `aside` it resolves, too, when the turn is set aside; that is told then, and how it ends.
   */
  run(join: Join, aside?: Aside): Promise<void>;
  /** Drops the turns that wait. The batch under way is left to its fate: it may be stored or not, and nobody is told. */
  stop(): void;
  /** Storage is done with the batch under way, well or not. Never rejects. */
  settled(): Promise<void>;
  /** How many turns have not come, or come again. */
  waiting(): number;
  /** Storage had no space when it was asked last. */
  isFull(): boolean;
}

export interface AppendQueueParts {
  readonly storage: ServerStorage;
  readonly database: Database;
  readonly compactor: Compactor;
  readonly counters: Pick<Counters, 'batches' | 'entriesRefused'>;
  readonly timers: Timers;
  readonly logger: Logger;
  /** The most that a batch holds. */
  readonly entriesMax: number;
  /** Called at most once, and not after `stop`. */
  readonly onFailure: (error: unknown) => void;
}

interface Turn {
  readonly join: Join;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  readonly aside: Aside | undefined;
  isAside: boolean;
}

/** A turn that is over but for what is to be done about it. */
interface Joined {
  readonly turn: Turn;
  readonly conclude: () => void;
  /** Where its entry stands in the batch, or would stand if it had one. */
  readonly at: number;
}

/** So many turns may wait before those that mean nothing any more are looked for. */
const sweepLeast = 1_024;

function end({ resolve, aside, isAside }: Turn): void {
  resolve();
  if (isAside) aside?.end();
}

function fail({ reject, aside, isAside }: Turn, error: unknown): void {
  reject(error);
  if (isAside) aside?.fail(error);
}

/** One that throws is its own matter: the others go on. */
function finish({ turn, conclude }: Joined): void {
  try {
    conclude();
  } catch (error) {
    fail(turn, error);
    return;
  }
  end(turn);
}

function joinedBy(turn: Turn, staged: Staged): Joined | undefined {
  const at = staged.entries().length;
  try {
    return { turn, conclude: turn.join(staged), at };
  } catch (error) {
    fail(turn, error);
    return undefined;
  }
}

/** What its connection says behind it is taken up meanwhile. */
function setAside(turn: Turn): void {
  if (turn.isAside || turn.aside === undefined) return;
  turn.isAside = true;
  turn.aside.begin();
  turn.resolve();
}

export function createAppendQueue(parts: AppendQueueParts): AppendQueue {
  const { storage, database, compactor, counters, timers, logger, entriesMax, onFailure } = parts;
  let waiting: Turn[] = [];
  let isWorking = false;
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  /** What storage refused since it kept a batch last: each of these writes joins again, as a rejection. */
  let refused: readonly VersionedEntry[] = [];
  let sweepAt = sweepLeast;
  const space = createSpaceWatch(timers, logger, begin);

  function stop(): void {
    isStopped = true;
    waiting = [];
    space.stop();
  }

  async function append(entries: readonly VersionedEntry[]): Promise<AppendOutcome> {
    let settle = (): void => {};
    underWay = new Promise((resolve) => {
      settle = resolve;
    });
    try {
      await storage.append(entries);
      return { is: 'kept' };
    } catch (error) {
      return outcomeOfFailure(error, entries);
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

  /** They come again, and are judged again: what they stood on may not come about. */
  function dissolve(batch: readonly Joined[]): void {
    waiting = [...batch.map(({ turn }) => turn), ...waiting];
  }

  /** A push is over by that. A write has to be answered. */
  function takeRefusal(batch: readonly Joined[], entry: VersionedEntry, index: number, error: unknown): void {
    counters.entriesRefused += 1;
    if (entry.kind !== 'schema') {
      refused = [...refused, entry];
      dissolve(batch);
      return;
    }
    const [found] = batch.filter(({ at }) => at === index);
    dissolve(batch.filter((joined) => joined !== found));
    found?.turn.reject(error);
  }

  /** Of a batch of unknown outcome storage may hold something: nothing at all may follow from it. */
  function conclude(batch: readonly Joined[], outcome: AppendOutcome): void {
    switch (outcome.is) {
      case 'kept':
        refused = [];
        space.found();
        for (const joined of batch) if (!isStopped) finish(joined);
        return;
      case 'refused':
        takeRefusal(batch, outcome.entry, outcome.index, outcome.error);
        return;
      case 'full':
        dissolve(batch);
        space.lacks(outcome.error);
        for (const turn of waiting) setAside(turn);
        return;
      case 'unknown':
        stop();
        onFailure(outcome.error);
    }
  }

  async function takeBatch(): Promise<void> {
    const staged = database.stage(refused);
    const batch = form(staged);
    if (batch.length === 0 || isStopped) return;
    counters.batches += 1;
    const outcome = await append(staged.entries());
    if (!isStopped) conclude(batch, outcome);
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
    while (waiting.length > 0 && !space.isLeftAlone()) {
      await takeBatch();
      await compactWhenDue();
    }
    isWorking = false;
  }

  function begin(): void {
    if (isWorking) return;
    isWorking = true;
    work();
  }

  /** While nothing is tried, turns of connections that come and go would gather. */
  function sweep(): void {
    if (waiting.length < sweepAt) return;
    const isOver = (turn: Turn): boolean => turn.aside?.isGone() === true;
    for (const { aside, isAside } of waiting.filter(isOver)) if (isAside) aside?.end();
    waiting = waiting.filter((turn) => !isOver(turn));
    sweepAt = Math.max(sweepLeast, 2 * waiting.length);
  }

  return {
    run: (join, aside) =>
      new Promise((resolve, reject) => {
        if (isStopped) return;
        const turn: Turn = { join, resolve, reject, aside, isAside: false };
        sweep();
        waiting.push(turn);
        if (space.isLeftAlone()) setAside(turn);
        else begin();
      }),
    stop,
    settled: () => underWay,
    waiting: () => waiting.length,
    isFull: space.isFull,
  };
}
