/**
 * Writes that are set aside, since storage has no space (W2). Their connections go on meanwhile, and may follow rows. The same write may wait on several
 * connections of one client:
 * 1. c1 sends a write, there is no space, and the line goes dead. 2. c1 comes back, sends the write again, and subscribes. 3. There is space.
 * What comes of the write concerns both, and each is to hear it in front of any data that stand on it (W1).
 */

/** One of them, on one connection. */
export interface WriteAside {
  readonly clientId: string;
  readonly sequence: number;
  /** Tells its connection what became of it. Its turn, when it comes, has nothing left to do. */
  answer(): void;
}

export interface WritesAside {
  add(write: WriteAside): void;
  remove(write: WriteAside): void;
  /** That write is in the log: wherever it waits it is answered. */
  answer(clientId: string, sequence: number): void;
}

export function createWritesAside(): WritesAside {
  const byClientId = new Map<string, Set<WriteAside>>();
  return {
    add(write) {
      const others = byClientId.get(write.clientId) ?? new Set();
      byClientId.set(write.clientId, others.add(write));
    },
    remove(write) {
      const others = byClientId.get(write.clientId);
      others?.delete(write);
      if (others?.size === 0) byClientId.delete(write.clientId);
    },
    answer(clientId, sequence) {
      for (const write of byClientId.get(clientId) ?? []) if (write.sequence === sequence) write.answer();
    },
  };
}
