/** Every recipe under the name of its file, in the order of the names; a test holds this list and the folder together. */
import { named } from '../../../tools/file-names.ts';
import * as all from './all.ts';
import type { Recipe } from './recipe.ts';

export const recipes: readonly (Recipe & { readonly name: string })[] = [...named(all)].sort((one, other) =>
  one.name < other.name ? -1 : 1,
);
