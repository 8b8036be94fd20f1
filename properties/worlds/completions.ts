/**
 * Asynchronous work whose real end is not ours to order (signatures, key sets, storage): it starts at once and for
 * real, but its result reaches the system only when its task is run. So the order that the system sees depends on
 * labels alone, never on the thread pool.
 */
import { processOf } from './labels.ts';
import { withWatchdog } from './stuck.ts';
import type { NextTask } from './task.ts';
import type { Completions, Task } from './world.ts';

interface Waiting {
  /** Undefined for work that is done when its task runs. */
  readonly settled: Promise<void> | undefined;
  /** Tells the system; undefined until the real work has ended. */
  tell: (() => void) | undefined;
}

export interface CompletionsOptions {
  readonly note: (port: string) => void;
  readonly isHeld: (label: string) => boolean;
}

/** Work that is done when its task runs, not when it is asked for. */
export interface Deferring {
  defer<Result>(label: string, work: () => Result): Promise<Result>;
}

export interface SimulatedCompletions extends Completions, Deferring {
  tasks(): readonly Task[];
  next(label: string): NextTask | undefined;
  /** That process is gone: what it waits for never comes. */
  forget(process: string): void;
  clear(): void;
}

export function createCompletions(options: CompletionsOptions): SimulatedCompletions {
  /** First in, first out for each label; no label stands here without work. */
  const queues = new Map<string, Waiting[]>();

  const enqueue = (label: string, waiting: Waiting): void => {
    const queue = queues.get(label);
    if (queue === undefined) queues.set(label, [waiting]);
    else queue.push(waiting);
  };
  const dequeue = (label: string): Waiting | undefined => {
    const queue = queues.get(label);
    const waiting = queue?.shift();
    if (queue?.length === 0) queues.delete(label);
    return waiting;
  };
  return {
    complete: (label, work) => {
      options.note(label);
      const begun = begin(work);
      return new Promise((resolve, reject) => {
        const settled = begun.then(
          (result) => {
            waiting.tell = () => resolve(result);
          },
          (error: unknown) => {
            waiting.tell = () => reject(error);
          },
        );
        const waiting: Waiting = { settled, tell: undefined };
        enqueue(label, waiting);
      });
    },
    defer: (label, work) => {
      options.note(label);
      return new Promise((resolve, reject) => {
        const tell = (): void => {
          try {
            resolve(work());
          } catch (error) {
            reject(error);
          }
        };
        enqueue(label, { settled: undefined, tell });
      });
    },
    tasks: () => [...queues.keys()].map((label) => ({ label, held: options.isHeld(label) })),
    next: (label) => {
      const waiting = queues.get(label)?.[0];
      if (waiting === undefined) return undefined;
      return {
        ready:
          waiting.tell === undefined && waiting.settled !== undefined ? withWatchdog(waiting.settled, `the work of ${label}`) : undefined,
        perform: () => {
          dequeue(label);
          waiting.tell?.();
        },
      };
    },
    forget: (process) => {
      for (const label of [...queues.keys()]) if (processOf(label) === process) queues.delete(label);
    },
    clear: () => queues.clear(),
  };
}

/** A throw of the work itself is a rejection like any other. */
async function begin<Result>(work: () => Promise<Result>): Promise<Result> {
  return work();
}
