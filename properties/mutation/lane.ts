/** One thread after the other: a mutant may leave something behind in the thread that ran it, which is then given up. */
import { type JobEnd, openPool, type Pool } from '../../tools/worker-pool.ts';
import type { MutationAnswer, MutationJob } from './jobs.ts';

export interface Lane {
  perform(job: MutationJob, onAnswer: (answer: MutationAnswer) => void): Promise<JobEnd>;
  /** The next job has a thread of its own, in which nothing was loaded. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** A run takes milliseconds: a thread that is silent for so long will never speak again. */
const timeLimitMs = 30_000;

export function openLane(bundle: string, signal: AbortSignal | undefined): Lane {
  const open = (): Pool<MutationJob, MutationAnswer> => openPool({ bundle, workers: 1, timeLimitMs, signal });
  let pool = open();
  return {
    perform: (job, onAnswer) => pool.perform(job, onAnswer),
    renew: async () => {
      await pool.terminate();
      pool = open();
    },
    close: () => pool.terminate(),
  };
}
