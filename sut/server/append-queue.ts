/** One append at a time, in the order in which they were asked for, whichever connection asked. Versions follow from it. */
import { createWorker } from './worker.ts';

export interface AppendQueue {
  /** Runs `turn` when everything asked for before is done; settles as it does. */
  run(turn: () => Promise<void>): Promise<void>;
}

export function createAppendQueue(): AppendQueue {
  const worker = createWorker<() => Promise<void>>(
    (turn) => turn(),
    () => {},
  );
  return {
    run: (turn) =>
      new Promise((resolve, reject) => {
        worker.push(() => turn().then(resolve, reject));
      }),
  };
}
