/**
 * Takes one item after the other, each to completion, in the order in which they came. Frames of a connection and
 * appends to the log are worked off this way. An item that can be done at once is done at once, without a detour.
 */
export interface Worker<Item> {
  push(item: Item): void;
  /** Drops what waits; the item in hand is left to end by itself. */
  stop(): void;
}

/** `onError` hears what `handle` throws; the next item is taken all the same. */
export function createWorker<Item>(handle: (item: Item) => void | Promise<void>, onError: (error: unknown) => void): Worker<Item> {
  let waiting: Item[] = [];
  let isBusy = false;
  let isStopped = false;

  function take(item: Item): void | Promise<void> {
    try {
      return handle(item);
    } catch (error) {
      onError(error);
    }
  }

  function resume(): void {
    isBusy = false;
    proceed();
  }

  function proceed(): void {
    if (isBusy) return;
    isBusy = true;
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const done = take(item);
      if (done === undefined) continue;
      done.catch(onError).then(resume);
      return;
    }
    isBusy = false;
  }

  return {
    push(item) {
      if (isStopped) return;
      waiting.push(item);
      proceed();
    },
    stop() {
      isStopped = true;
      waiting = [];
    },
  };
}
