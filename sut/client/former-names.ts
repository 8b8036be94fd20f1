/** The names that the library had before: deprecated, and kept for code that imports them. */
import { SyncClient } from './client.ts';
import { SyncError } from './errors.ts';

/** @deprecated Use `SyncClient`. */
export const TriplitClient = SyncClient;
/** @deprecated Use `SyncError`. */
export const TriplitError = SyncError;
