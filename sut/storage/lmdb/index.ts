/** The storages on LMDB, an entry of its own: the package `lmdb` is an optional dependency. */
export * from '../errors.ts';
export { type LmdbClientStorage, openLmdbClientStorage } from './client-storage.ts';
export { type LmdbServerStorage, openLmdbServerStorage } from './server-storage.ts';
