/** The package `lmdb` is an optional dependency: it is loaded when a storage is opened, and who opens none can do without. */
import { LmdbMissingError } from '../errors.ts';

export type Lmdb = typeof import('lmdb');

export async function loadLmdb(load: () => Promise<Lmdb> = () => import('lmdb')): Promise<Lmdb> {
  try {
    return await load();
  } catch (cause) {
    throw new LmdbMissingError(cause);
  }
}
