/**
 * Commits one after the other. What is asked for while one is under way waits, and goes into the next one together: a flush costs
 * the same for one write as for many. Where a commit fails, what waits behind it fails too, since it was asked for in the belief that this would be kept: what
 * a client remembers behind a clear that failed must not be kept in its place (K1).
 */
export interface CommitLine<Work> {
  /** Resolves when a commit has kept it; in the order of the calls. */
  add(work: Work): Promise<void>;
  /** Nothing is under way and nothing waits. Never rejects. */
  idle(): Promise<void>;
}

interface Waiting<Work> {
  readonly work: Work;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function createCommitLine<Work>(commit: (together: readonly Work[]) => Promise<void>): CommitLine<Work> {
  let waiting: readonly Waiting<Work>[] = [];
  let underWay: Promise<void> | undefined;

  function takeAll(): readonly Waiting<Work>[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) {
      const together = takeAll();
      try {
        await commit(together.map(({ work }) => work));
        for (const { resolve } of together) resolve();
      } catch (error) {
        for (const { reject } of [...together, ...takeAll()]) reject(error);
      }
    }
    underWay = undefined;
  }

  return {
    add: (work) =>
      new Promise((resolve, reject) => {
        waiting = [...waiting, { work, resolve, reject }];
        underWay ??= commitAll();
      }),
    idle: async () => underWay,
  };
}
