/**
 * The life of one process, from its start until it is killed. Code that is dead cannot be unloaded, only cut off: from
 * the end of its life on its ports do nothing, and what it waits for never comes.
 */
export interface Life {
  isOver(): boolean;
  end(): void;
}

export function beginLife(): Life {
  let over = false;
  return {
    isOver: () => over,
    end: () => {
      over = true;
    },
  };
}

/** What the dead wait for. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
