/**
 * The worker threads: each takes one job at a time. A worker that dies, or gives no sign of life for too long, is
 * replaced; whoever gave it the job is told, because a dead worker has decided nothing.
 */
import { Worker } from 'node:worker_threads';
import { createPulse, type PulseMemory, readPulse } from './pulse.ts';
import type { Asked, Said } from './serve-jobs.ts';
import { type Limits, watch } from './watchdog.ts';
import { workerHeap } from './worker-heap.ts';

/** How a job ended. `why` is one sentence. */
export type JobEnd =
  | { readonly end: 'done' }
  /** All that was answered counts; the rest has to be asked for again, of another worker. */
  | { readonly end: 'spoilt'; readonly why: string }
  | { readonly end: 'threw'; readonly why: string }
  /** `at`: what the job noted last (`noteAt`). */
  | { readonly end: 'died'; readonly how: Death; readonly why: string; readonly at: number };

/**
 * How a worker was lost. `standing still`: it used its CPU, and nothing came to its end. `out of memory` and `exited` tell
 * themselves. By the others nothing is known of the job: it was `silent` by the clock, `stuck` in what can no longer
 * come, `broken` by an error, or `ended` by its owner.
 */
export type Death = 'standing still' | 'out of memory' | 'exited' | 'silent' | 'stuck' | 'broken' | 'ended';

/** Jobs and answers are plain data that survives structured cloning; the bundle serves them by `serveJobs`. */
export interface Pool<Job, Answer> {
  readonly workers: number;
  /**
   * Waits for a free worker; `onAnswer` hears the answers in order, before the promise resolves. `patience`: how much of
   * the limit of CPU time this job may take, 1 where not given. Never rejects.
   */
  perform(job: Job, onAnswer: (answer: Answer) => void, patience?: number): Promise<JobEnd>;
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
  /** So is one that uses so much of its CPU without anything coming to its end. */
  readonly cpuLimitMs?: number | undefined;
  /** Ends all workers at once. */
  readonly signal?: AbortSignal | undefined;
}

const defaultTimeLimitMs = 60_000;
/** What comes to its end takes a thousandth of it. */
const defaultCpuLimitMs = 5_000;
/** How long a worker may take to end by itself. */
const finishLimitMs = 3_000;

interface Slot {
  worker: Pulsing | undefined;
}
interface Pulsing {
  readonly thread: Worker;
  readonly pulse: PulseMemory;
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
    await Promise.all(all.map((slot) => slot.worker?.thread.terminate()));
  };
  const onAbort = (): void => void terminate();
  options.signal?.addEventListener('abort', onAbort);

  return {
    workers: options.workers,
    perform: async (job, onAnswer, patience = 1) => {
      const slot = await take();
      try {
        if (over) return { end: 'died', how: 'ended', why: 'the workers were ended', at: 0 };
        const silenceMs = options.timeLimitMs ?? defaultTimeLimitMs;
        const cpuMs = patience * (options.cpuLimitMs ?? defaultCpuLimitMs);
        slot.worker ??= startWorker(options.bundle, slot);
        const end = await performOn(slot.worker, job, onAnswer, { silenceMs, cpuMs }, () => over);
        if (end.end === 'spoilt') void slot.worker?.thread.terminate();
        if (end.end === 'died' || end.end === 'spoilt') slot.worker = undefined;
        return end;
      } finally {
        give(slot);
      }
    },
    terminate,
    finish: async () => {
      over = true;
      options.signal?.removeEventListener('abort', onAbort);
      const ends = await Promise.all(all.map((slot) => finishWorker(slot.worker?.thread)));
      return ends.filter((endedByItself) => !endedByItself).length;
    },
  };
}

function startWorker(bundle: string, slot: Slot): Pulsing {
  const pulse = createPulse();
  const thread = new Worker(bundle, { execArgv: ['--enable-source-maps'], resourceLimits: workerHeap, workerData: pulse });
  // Without a listener an error would end the whole process; what it means is told to the job at hand.
  thread.on('error', () => undefined);
  // One that ends between two jobs must not be given the next.
  thread.on('exit', () => {
    if (slot.worker?.thread === thread) slot.worker = undefined;
  });
  return { thread, pulse };
}

function performOn<Job, Answer>(
  { thread, pulse }: Pulsing,
  job: Job,
  onAnswer: (answer: Answer) => void,
  limits: Limits,
  isOver: () => boolean,
): Promise<JobEnd> {
  return new Promise((resolve) => {
    const settle = (end: JobEnd): void => {
      watchdog.stop();
      thread.off('message', onMessage);
      thread.off('messageerror', onError);
      thread.off('error', onError);
      thread.off('exit', onExit);
      resolve(end);
    };
    const die = (how: Death, why: string): void =>
      settle(
        isOver() ? { end: 'died', how: 'ended', why: 'the workers were ended', at: 0 } : { end: 'died', how, why, at: readPulse(pulse).at },
      );
    const watchdog = watch(thread, pulse, limits, (bite) => {
      if (bite === 'silent') die('silent', `no sign of life for ${Math.round(limits.silenceMs / 1000)} s`);
      else die('standing still', `${limits.cpuMs / 1000} s of its CPU, and nothing came to its end`);
      void thread.terminate();
    });
    const onMessage = (said: Said<Answer>): void => {
      switch (said.said) {
        case 'answer':
          watchdog.heard();
          onAnswer(said.answer);
          return;
        case 'stuck':
          die('stuck', 'it waits for something that can no longer come');
          return;
        case 'threw':
          settle({ end: 'threw', why: said.why });
          return;
        case 'done':
          settle({ end: 'done' });
          return;
        case 'spoilt':
          settle({ end: 'spoilt', why: 'nothing else may run in its thread' });
      }
    };
    const onError = (error: Error): void => {
      if (isOutOfMemory(error)) die('out of memory', `its ${workerHeap.maxOldGenerationSizeMb} MB were not enough`);
      else die('broken', `the worker died: ${error.message}`);
    };
    const onExit = (code: number): void => die('exited', `it exited with code ${code}`);
    thread.on('message', onMessage);
    thread.on('messageerror', onError);
    thread.on('error', onError);
    thread.on('exit', onExit);
    post<Job>(thread, { asked: 'job', job });
  });
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
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
