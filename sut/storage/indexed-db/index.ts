/** A client's storage in browsers, an entry of its own: the package `idb` is an optional dependency, and nothing here needs Node. */
export {
  StorageBlockedError,
  StorageClosedError,
  StorageDamagedError,
  StorageDiskError,
  StorageFormatError,
  StorageFullError,
  StorageInUseError,
  StorageLostError,
  StorageUnavailableError,
} from '../errors.ts';
export { forgetAbandoned, sendAbandoned } from './abandoned.ts';
export { type IndexedDbClientStorage, openIndexedDbClientStorage } from './client-storage.ts';
export type { Locks } from './locks.ts';
