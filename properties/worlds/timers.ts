/**
 * The timers of all processes on the one monotonic time. A timer that is due does nothing by itself: it becomes a task,
 * so that what a timer races against is decided by the schedule.
 */
import type { Timer, Timers } from '../../sut/runtime/ports.ts';
import { processOf } from './labels.ts';
import type { NextTask } from './task.ts';
import type { Task } from './world.ts';

interface Pending {
  readonly label: string;
  dueMs: number;
  readonly callback: () => void;
}

export interface TimersOptions {
  readonly now: () => number;
  readonly note: (port: string) => void;
  readonly isHeld: (label: string) => boolean;
  /** When a timer that is due then fires: later, where its process is throttled. */
  readonly firesMs: (label: string, dueMs: number) => number;
}

export interface SimulatedTimers {
  /** The port of one process; `labelOf` turns the name it gives a timer into a label, `now` is its own monotonic clock. */
  portOf(labelOf: (name: string) => string, now: () => number): Timers;
  /** Due timers, one entry a label. */
  tasks(): readonly Task[];
  next(label: string): NextTask | undefined;
  /** When the earliest timer that is not held is due, whether that is past or to come. */
  nextDueMs(): number | undefined;
  /** Labels of all timers set, due or not, in the order in which they fall due. */
  open(): readonly string[];
  /** The timers of that process that are due and may fire, each label once, in the order in which they were due. */
  dueOf(process: string): readonly string[];
  /** The monotonic clock of that process stood so long: its timers are due later. */
  postpone(process: string, byMs: number): void;
  /** That process is gone, and its timers with it. */
  forget(process: string): void;
  clear(): void;
}

export function createTimers(options: TimersOptions): SimulatedTimers {
  /** Sorted by due time; timers due at the same time stand in the order in which they were set. */
  const pending: Pending[] = [];

  const insert = (timer: Pending): void => {
    let at = pending.length;
    for (let before = pending[at - 1]; before !== undefined && before.dueMs > timer.dueMs; before = pending[at - 1]) at -= 1;
    pending.splice(at, 0, timer);
  };
  const remove = (timer: Pending): void => {
    const at = pending.indexOf(timer);
    if (at >= 0) pending.splice(at, 1);
  };
  const schedule = (label: string, delayMs: number, callback: () => void): Timer => {
    options.note(label);
    if (!Number.isFinite(delayMs)) throw new RangeError(`${label} was set for ${delayMs} ms`);
    const timer = { label, dueMs: options.now() + Math.max(0, delayMs), callback };
    insert(timer);
    return {
      cancel: () => {
        options.note(label);
        remove(timer);
      },
    };
  };
  const tasks = (): readonly Task[] => {
    const found: Task[] = [];
    for (const timer of pending) {
      if (timer.dueMs > options.now()) break;
      if (found.some((task) => task.label === timer.label)) continue;
      const isThrottled = !hasFired(timer);
      found.push({ label: timer.label, held: isThrottled || options.isHeld(timer.label), ...(isThrottled && { isThrottled }) });
    }
    return found;
  };
  const hasFired = (timer: Pending): boolean => firesMs(timer) <= options.now();
  const firesMs = ({ label, dueMs }: Pending): number => options.firesMs(label, dueMs);
  const ofProcess = (process: string): readonly Pending[] => pending.filter((timer) => processOf(timer.label) === process);
  const next = (label: string): NextTask | undefined => {
    const timer = pending.find((candidate) => candidate.label === label);
    if (timer === undefined || !hasFired(timer)) return undefined;
    return {
      ready: undefined,
      perform: () => {
        remove(timer);
        timer.callback();
      },
    };
  };
  return {
    portOf: (labelOf, now) => ({ now, schedule: (name, delayMs, callback) => schedule(labelOf(name), delayMs, callback) }),
    tasks,
    next,
    nextDueMs: () => {
      let earliestMs: number | undefined;
      for (const timer of pending) {
        if (earliestMs !== undefined && timer.dueMs >= earliestMs) break;
        if (!options.isHeld(timer.label)) earliestMs = Math.min(earliestMs ?? Number.POSITIVE_INFINITY, firesMs(timer));
      }
      return earliestMs;
    },
    dueOf: (process) => {
      const due = ofProcess(process).filter((timer) => hasFired(timer) && !options.isHeld(timer.label));
      return [...new Set(due.map(({ label }) => label))];
    },
    postpone: (process, byMs) => {
      for (const timer of ofProcess(process)) {
        remove(timer);
        timer.dueMs += byMs;
        insert(timer);
      }
    },
    open: () => pending.map((timer) => timer.label),
    forget: (process) => {
      for (const timer of ofProcess(process)) remove(timer);
    },
    clear: () => {
      pending.length = 0;
    },
  };
}
