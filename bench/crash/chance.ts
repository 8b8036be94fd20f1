/** Chance that depends on the seed and on what it is for, and on nothing that was drawn before: a round is the same whichever rounds came first. */
import { createHash } from 'node:crypto';

export interface Chance {
  /** A whole number from 0 up to, not including, `most`. `what` says what it is for. */
  below(most: number, ...what: readonly (string | number)[]): number;
}

export function createChance(seed: number): Chance {
  return {
    below: (most, ...what) => {
      const hash = createHash('sha256').update(JSON.stringify([seed, ...what]));
      return hash.digest().readUInt32BE() % most;
    },
  };
}
