/** The memory of a worker thread. Benchmarks give their own worker the same, or they would measure another collector. */
import type { ResourceLimits } from 'node:worker_threads';

export const workerHeap: ResourceLimits = {
  /** Enough for any run; small enough that a leak ends the worker and not the machine. */
  maxOldGenerationSizeMb: 1024,
  /** Immutable states die young, and in masses: with the usual young generation a sixth of the time goes to copying those still alive. */
  maxYoungGenerationSizeMb: 400,
};
