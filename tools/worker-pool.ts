/**
 * The worker threads: each takes one job at a time. A worker that dies, or gives no sign of life for too long, is
 * replaced; whoever gave it the job is told, because a dead worker has decided nothing.
 */
import { Worker } from 'node:worker_threads';
import type { Asked, Said } from './serve-jobs.ts';
import { workerHeap } from './worker-heap.ts';

/** How a job ended. `why` is one sentence. */
export type JobEnd =
  | { readonly end: 'done' }
  | { readonly end: 'threw'; readonly why: string }
  | { readonly end: 'died'; readonly why: string };

/** Jobs and answers are plain data that survives structured cloning; the bundle serves them by `serveJobs`. */
export interface Pool<Job, Answer> {
  readonly workers: number;
  /** Waits for a free worker; `onAnswer` hears the answers in order, before the promise resolves. Never rejects. */
  perform(job: Job, onAnswer: (answer: Answer) => void): Promise<JobEnd>;
  /** Ends all workers at once; their jobs end as `died`. */
  terminate(): Promise<void>;
  /** Lets the workers end by themselves; the number of those that something left open kept alive. */
  finish(): Promise<number>;
}

export interface PoolOptions {
  readonly bundle: string;
  readonly workers: number;
  /** A worker that is silent for longer is given up. */
  readonly timeLimitMs?: number | undefined;
  /** Ends all workers at once. */
  readonly signal?: AbortSignal | undefined;
}

const defaultTimeLimitMs = 60_000;
const startLimitMs = 60_000;
/** How long a worker may take to end by itself. */
const finishLimitMs = 3_000;

/** How long a worker may be silent: until its first answer to a job, and between answers. */
interface TimeLimits {
  readonly firstLimitMs: number;
  readonly timeLimitMs: number;
}

interface Slot {
  worker: Worker | undefined;
}

export function openPool<Job, Answer>(options: PoolOptions): Pool<Job, Answer> {
  const idle: Slot[] = Array.from({ length: options.workers }, () => ({ worker: undefined }));
  const all = [...idle];
  const waiting: ((slot: Slot) => void)[] = [];
  const take = (): Promise<Slot> => {
    const slot = idle.shift();
    return slot === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(slot);
  };
  const give = (slot: Slot): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(slot);
    else next(slot);
  };
  let over = options.signal?.aborted === true;
  const terminate = async (): Promise<void> => {
    over = true;
    await Promise.all(all.map((slot) => slot.worker?.terminate()));
  };
  const onAbort = (): void => void terminate();
  options.signal?.addEventListener('abort', onAbort);

  return {
    workers: options.workers,
    perform: async (job, onAnswer) => {
      const slot = await take();
      try {
        if (over) return { end: 'died', why: 'the workers were ended' };
        const timeLimitMs = options.timeLimitMs ?? defaultTimeLimitMs;
        // A thread that is only now started has its code to load first, which is no fault of the run.
        const firstLimitMs = slot.worker === undefined ? Math.max(timeLimitMs, startLimitMs) : timeLimitMs;
        slot.worker ??= startWorker(options.bundle, slot);
        const end = await performOn(slot.worker, job, onAnswer, { firstLimitMs, timeLimitMs });
        if (end.end === 'died') slot.worker = undefined;
        return end;
      } finally {
        give(slot);
      }
    },
    terminate,
    finish: async () => {
      over = true;
      options.signal?.removeEventListener('abort', onAbort);
      const ends = await Promise.all(all.map((slot) => finishWorker(slot.worker)));
      return ends.filter((endedByItself) => !endedByItself).length;
    },
  };
}

function startWorker(bundle: string, slot: Slot): Worker {
  const worker = new Worker(bundle, { execArgv: ['--enable-source-maps'], resourceLimits: workerHeap });
  // Without a listener an error would end the whole process; what it means is told to the job at hand.
  worker.on('error', () => undefined);
  // One that ends between two jobs must not be given the next.
  worker.on('exit', () => {
    if (slot.worker === worker) slot.worker = undefined;
  });
  return worker;
}

function performOn<Job, Answer>(worker: Worker, job: Job, onAnswer: (answer: Answer) => void, limits: TimeLimits): Promise<JobEnd> {
  return new Promise((resolve) => {
    const settle = (end: JobEnd): void => {
      clearTimeout(watchdog);
      worker.off('message', onMessage);
      worker.off('messageerror', onError);
      worker.off('error', onError);
      worker.off('exit', onExit);
      resolve(end);
    };
    const watch = (limitMs: number): NodeJS.Timeout =>
      setTimeout(() => {
        settle({ end: 'died', why: `no sign of life for ${Math.round(limitMs / 1000)} s` });
        void worker.terminate();
      }, limitMs);
    let watchdog = watch(limits.firstLimitMs);
    const onMessage = (said: Said<Answer>): void => {
      clearTimeout(watchdog);
      if (said.said === 'answer') {
        watchdog = watch(limits.timeLimitMs);
        onAnswer(said.answer);
      } else settle(endOf(said));
    };
    const onError = (error: Error): void => settle({ end: 'died', why: `the worker died: ${error.message}` });
    const onExit = (code: number): void => settle({ end: 'died', why: `the worker exited with code ${code}` });
    worker.on('message', onMessage);
    worker.on('messageerror', onError);
    worker.on('error', onError);
    worker.on('exit', onExit);
    post<Job>(worker, { asked: 'job', job });
  });
}

function endOf(said: Exclude<Said<unknown>, { readonly said: 'answer' }>): JobEnd {
  switch (said.said) {
    case 'done':
      return { end: 'done' };
    case 'threw':
      return { end: 'threw', why: said.why };
    case 'stuck':
      return { end: 'died', why: 'it waits for something that can no longer come' };
  }
}

function post<Job>(worker: Worker, asked: Asked<Job>): void {
  worker.postMessage(asked);
}

function finishWorker(worker: Worker | undefined): Promise<boolean> {
  if (worker === undefined || worker.threadId === -1) return Promise.resolve(true);
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      resolve(false);
      void worker.terminate();
    }, finishLimitMs);
    worker.on('exit', () => {
      clearTimeout(limit);
      resolve(true);
    });
    post(worker, { asked: 'finish' });
  });
}
