/** Every recipe under the name of its file, in the order of the names; a test holds this list and the folder together. */
import * as all from './all.ts';
import type { Recipe } from './recipe.ts';

export const recipes: readonly (Recipe & { readonly name: string })[] = Object.entries(all)
  .map(([name, recipe]) => ({ name: fileNameOf(name), ...recipe }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** `back-off` from `backOff`. */
function fileNameOf(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
