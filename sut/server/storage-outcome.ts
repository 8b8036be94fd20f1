/**
 * What an append comes to (W2). Storages are told apart from us by the names of their errors, which survive bundling; whatever has no such name
 * leaves open what is kept.
 */
import type { VersionedEntry } from './storage.ts';

export type AppendOutcome =
  | { readonly is: 'kept' }
  /** Nothing of the batch is kept, since storage can take this entry of it never. */
  | { readonly is: 'refused'; readonly entry: VersionedEntry; readonly index: number; readonly error: unknown }
  /** Nothing of the batch is kept, since there is no space. */
  | { readonly is: 'full'; readonly error: unknown }
  | { readonly is: 'unknown'; readonly error: unknown };

/** The name of the error, and of the rejection that a write is answered with. */
export const storageRefused = 'StorageRefusedError';
export const storageFull = 'StorageFullError';

export function outcomeOfFailure(error: unknown, entries: readonly VersionedEntry[]): AppendOutcome {
  if (!(error instanceof Error)) return { is: 'unknown', error };
  if (error.name === storageFull) return { is: 'full', error };
  const index = error.name === storageRefused && 'index' in error ? Number(error.index) : Number.NaN;
  const entry = entries[index];
  return entry === undefined || isLastResort(entry) ? { is: 'unknown', error } : { is: 'refused', entry, index, error };
}

/** A rejection that holds nothing of its write but number and id. A storage that refuses that takes no entry at all. */
function isLastResort(entry: VersionedEntry): boolean {
  return entry.kind === 'rejection' && entry.error.name === storageRefused;
}
