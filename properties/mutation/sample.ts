/** Which mutants are judged: a sample of a seed, a shard of several. Both go by names, so that a change elsewhere changes hardly anything. */
import { createHash } from 'node:crypto';
import type { Mutant } from './mutant.ts';

export interface Shard {
  /** From 1. */
  readonly part: number;
  readonly of: number;
}

/** In the order of `mutants`; all of them where there are no more. */
export function sampleOf(mutants: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const drawn = new Set(inOrderOfLots(mutants, seed).slice(0, count));
  return mutants.filter((mutant) => drawn.has(mutant));
}

/** As if they were drawn one after the other: the first of them are a sample, however many. */
export function inOrderOfLots(mutants: readonly Mutant[], seed: number): readonly Mutant[] {
  const lots = mutants.map((mutant) => ({ mutant, lot: lotOf(seed, mutant.name) }));
  return lots.sort((one, other) => (one.lot < other.lot ? -1 : 1)).map(({ mutant }) => mutant);
}

/** Every mutant is in exactly one of the parts. */
export function shardOf(mutants: readonly Mutant[], { part, of }: Shard): readonly Mutant[] {
  return mutants.filter((_, place) => place % of === part - 1);
}

function lotOf(seed: number, name: string): string {
  return createHash('sha256').update(`${seed} ${name}`).digest('hex');
}
