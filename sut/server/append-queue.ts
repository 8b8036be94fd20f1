/**
 * One append at a time, in the order in which they were asked for, whichever connection asked. Versions follow from it.
 * An append that fails ends the queue: whether its entry is stored is unknown, so nothing may follow it (W2).
 */
import type { LogEntry, ServerStorage } from './storage.ts';
import { createWorker } from './worker.ts';

export interface AppendQueue {
  /** Runs `turn` when everything asked for before is done; settles as it does. Of a queue that was stopped it never settles. */
  run<Result>(turn: () => Promise<Result>): Promise<Result>;
  /** For the one whose turn it is: whether the entry is durable and may be told of. If not, nothing at all may follow from it. */
  append(entry: LogEntry): Promise<boolean>;
  /** Drops the turns that wait. What is being appended is left to its fate: it may be stored or not, and nobody is told. */
  stop(): void;
  /** Storage is done with what is being appended, well or not. Never rejects. */
  settled(): Promise<void>;
}

/** `onFailure` is called at most once, and not after `stop`. */
export function createAppendQueue(storage: ServerStorage, onFailure: (error: unknown) => void): AppendQueue {
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  const worker = createWorker<() => Promise<void>>(
    (turn) => turn(),
    () => {},
  );

  function stop(): void {
    isStopped = true;
    worker.stop();
  }

  return {
    run: (turn) =>
      new Promise((resolve, reject) => {
        worker.push(() => turn().then(resolve, reject));
      }),
    async append(entry) {
      let settle = (): void => {};
      underWay = new Promise((resolve) => {
        settle = resolve;
      });
      try {
        await storage.append(entry);
      } catch (error) {
        if (isStopped) return false;
        stop();
        onFailure(error);
      } finally {
        settle();
      }
      return !isStopped;
    },
    stop,
    settled: () => underWay,
  };
}
