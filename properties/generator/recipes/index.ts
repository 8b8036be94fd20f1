/** Every recipe, in the order of their names; a test holds this list and the folder together. */
import * as all from './all.ts';
import type { Recipe } from './recipe.ts';

export const recipes: readonly Recipe[] = Object.values(all).sort((one, other) => (one.name < other.name ? -1 : 1));
