/** Whether the optional package is there: where it is not, its tests have nothing to test. */
import { loadLmdb } from './package.ts';

export const isLmdbThere: boolean = await loadLmdb().then(
  () => true,
  () => false,
);
