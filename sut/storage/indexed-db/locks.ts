/** Web Locks: who holds one has it until it lets go, or is gone. A tab that is killed cannot keep one, whatever killed it. */

/** As `navigator.locks` has it, as far as it is used here. */
export interface Locks {
  /** The callback is given null where somebody else has it. Else the lock is held until what it returns resolves. */
  request(name: string, options: { readonly ifAvailable: true }, callback: (lock: unknown) => Promise<void>): Promise<unknown>;
}

export interface HeldLock {
  /** Somebody else may have it, once this resolves. */
  release(): Promise<void>;
  /** Another one has it by force. */
  isStolen(): boolean;
}

/** Undefined: somebody else has it. */
export function takeLock(locks: Locks, name: string): Promise<HeldLock | undefined> {
  return new Promise((resolve, reject) => {
    let isStolen = false;
    const granted = (lock: unknown): Promise<void> => {
      if (lock === null) {
        resolve(undefined);
        return Promise.resolve();
      }
      return new Promise((letGo) => {
        const release = async (): Promise<void> => {
          letGo();
          await ended;
        };
        resolve({ release, isStolen: () => isStolen });
      });
    };
    const ended = locks.request(name, { ifAvailable: true }, granted).catch((error: unknown) => {
      // Where it was granted first this rejects nothing: it was stolen, and whoever uses it finds out.
      isStolen = true;
      reject(error);
    });
  });
}
