/** What could not be written, gathered while there is something more important to say. None of it changes a verdict. */

export interface Troubles {
  /** Does what may fail, such as writing a file; undefined where it did. */
  attempt<Result>(what: string, work: () => Result): Result | undefined;
  /** A sentence each. */
  told(): readonly string[];
}

const mostTold = 5;

export function openTroubles(): Troubles {
  const sentences = new Set<string>();
  return {
    attempt: (what, work) => {
      try {
        return work();
      } catch (error) {
        sentences.add(`${what} could not be written (${codeOf(error)})`);
        return undefined;
      }
    },
    told: () => {
      const all = [...sentences];
      return all.length > mostTold ? [...all.slice(0, mostTold), `${all.length - mostTold} other files could not be written`] : all;
    },
  };
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
