/**
 * Takes one item after the other, each to completion, in the order in which they came. Frames of a connection and
 * appends to the log are worked off this way. An item that can be done at once is done at once, without a detour.
 */
export interface Worker<Item> {
  push(item: Item): void;
  /** Nothing more is taken until `resume`; the item in hand is left to end by itself. */
  pause(): void;
  resume(): void;
  /** The first of those that wait is taken, paused or not; none where one is in hand. */
  takeOne(): void;
  /** What is pushed now has to wait. */
  isBusy(): boolean;
  /** Drops what waits; the item in hand is left to end by itself. */
  stop(): void;
}

/** `onError` hears what `handle` throws; the next item is taken all the same. */
export function createWorker<Item>(handle: (item: Item) => void | Promise<void>, onError: (error: unknown) => void): Worker<Item> {
  let waiting: Item[] = [];
  let isBusy = false;
  let isStopped = false;
  let isPaused = false;
  let mayTakeOne = false;

  function take(item: Item): void | Promise<void> {
    try {
      return handle(item);
    } catch (error) {
      onError(error);
    }
  }

  function goOn(): void {
    isBusy = false;
    proceed();
  }

  function proceed(): void {
    if (isBusy) return;
    isBusy = true;
    for (let item = next(); item !== undefined; item = next()) {
      const done = take(item);
      if (done === undefined) continue;
      done.catch(onError).then(goOn);
      return;
    }
    isBusy = false;
  }

  function next(): Item | undefined {
    if (isPaused && !mayTakeOne) return undefined;
    mayTakeOne = false;
    return waiting.shift();
  }

  return {
    push(item) {
      if (isStopped) return;
      waiting.push(item);
      proceed();
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      proceed();
    },
    takeOne() {
      mayTakeOne = true;
      proceed();
      mayTakeOne = false;
    },
    isBusy: () => isBusy || isPaused,
    stop() {
      isStopped = true;
      waiting = [];
    },
  };
}
