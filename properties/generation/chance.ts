/**
 * Chance, as the generator draws it: whole numbers from fast-check and nothing else, so that a seed means the same
 * script on every machine (floating-point functions may differ between engines, integer arithmetic does not).
 */

import type { Random } from 'fast-check';
import { keysOf } from '../driving/wire-words.ts';

export interface Chance {
  /** A whole number between both bounds, both included. */
  integer(least: number, most: number): number;
  percent(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Picks by weight; weights are whole numbers of at least 0, one of them more. */
  weighted<Item>(entries: readonly (readonly [weight: number, item: Item])[]): Item;
  /** The same, of words. */
  word<Word extends string>(weights: Readonly<Record<Word, number>>): Word;
  /** The same: the place of one of the weights, from 0. */
  place(...weights: readonly number[]): number;
  shuffled<Item>(items: readonly Item[]): Item[];
}

export function chanceOf(random: Random): Chance {
  const integer = (least: number, most: number): number => random.nextInt(least, most);
  return {
    integer,
    percent: (share) => integer(1, 100) <= share,
    pick: (items) => at(items, integer(0, items.length - 1)),
    weighted: (entries) => weighted(entries, integer),
    word: (weights) =>
      weighted(
        keysOf(weights).map((word) => [weights[word], word]),
        integer,
      ),
    place: (...weights) =>
      weighted(
        [...weights.entries()].map(([place, weight]) => [weight, place]),
        integer,
      ),
    shuffled: (items) => shuffled(items, integer),
  };
}

function weighted<Item>(entries: readonly (readonly [number, Item])[], integer: Chance['integer']): Item {
  const total = entries.reduce((sum, [weight]) => sum + weight, 0);
  let rest = integer(1, total);
  for (const [weight, item] of entries) {
    rest -= weight;
    if (rest <= 0) return item;
  }
  throw new RangeError('nothing to pick from: every weight is 0');
}

function shuffled<Item>(items: readonly Item[], integer: Chance['integer']): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (left.length > 0) drawn.push(...left.splice(integer(0, left.length - 1), 1));
  return drawn;
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** The seed of one run: both numbers mixed so that neighbouring seeds and runs have nothing in common. */
export function seedOfRun(seed: number, run: number): number {
  const mixed = finalize(finalize(seed | 0) ^ Math.imul((run | 0) + 0x9e3779b9, 0x85ebca6b));
  return finalize(mixed ^ (Math.floor(seed / 0x1_0000_0000) | 0)) | 0;
}

function finalize(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
