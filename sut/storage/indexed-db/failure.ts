/** What IndexedDB says of a failure, in our words. It tells them apart by name. */
import { errorMessage } from '../error-message.ts';
import { StorageDiskError, StorageFormatError, StorageFullError, StorageUnavailableError } from '../errors.ts';

export function nameOf(thrown: unknown): string {
  return thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
}

export function openingFailure(database: string, cause: unknown): Error {
  const text = `${database} cannot be opened: ${errorMessage(cause)}`;
  switch (nameOf(cause)) {
    case 'VersionError':
      return new StorageFormatError(
        `${database} was brought to a later format by a newer version of the application. Nothing was changed.`,
        {
          cause,
        },
      );
    case 'QuotaExceededError':
      return new StorageFullError(text, { cause });
    case 'SecurityError':
    case 'ReferenceError':
      return new StorageUnavailableError(text, { cause });
    default:
      return new StorageDiskError(text, { cause });
  }
}

export function workingFailure(database: string, cause: unknown): Error {
  const text = `${database}: ${errorMessage(cause)}`;
  return nameOf(cause) === 'QuotaExceededError' ? new StorageFullError(text, { cause }) : new StorageDiskError(text, { cause });
}
