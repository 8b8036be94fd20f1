/**
 * Choices that follow from a number and from the text of what is chosen, never from positions: the twin of a script
 * stays the same twin while shrinking deletes what lies around the chosen place.
 */
import { seedOfRun } from '../generation/chance.ts';

/** A 32-bit whole number that looks drawn; the same for the same salt and text. */
export function drawnFor(salt: number, text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return seedOfRun(salt, hash) >>> 0;
}

/** The item that draws the highest number; the first of equals. undefined: there is none. */
export function preferred<Item>(salt: number, items: readonly Item[], textOf: (item: Item) => string): Item | undefined {
  let best: { readonly item: Item; readonly drawn: number } | undefined;
  for (const item of items) {
    const drawn = drawnFor(salt, textOf(item));
    if (best === undefined || drawn > best.drawn) best = { item, drawn };
  }
  return best?.item;
}
