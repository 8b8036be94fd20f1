/** Work that an interruption lets end by itself, but not forever. */
import type { ScriptPool } from './script-pool.ts';

/** How long an interrupted simulation waits for the scripts at hand. */
const patienceMs = 2_000;

export interface Ended<Result> {
  readonly result: Result;
  /** The workers had to be ended: the pool is of no more use. */
  readonly poolEnded: boolean;
}

export async function impatiently<Result>(
  pool: ScriptPool,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Ended<Result>> {
  let poolEnded = false;
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => {
      poolEnded = true;
      void pool.terminate();
    }, patienceMs);
  };
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted === true) onAbort();
  const result = await work();
  signal?.removeEventListener('abort', onAbort);
  clearTimeout(timer);
  return { result, poolEnded };
}
