/** What LMDB says of a failure, in our words. It tells a failed commit by a promise for the cause, whose code is that of the operating system. */
import { constants } from 'node:os';
import { errorMessage } from '../error-message.ts';
import { StorageDiskError, StorageFullError } from '../errors.ts';

const { ENOSPC, EDQUOT, EFBIG } = constants.errno;
/** LMDB tells them by number, Node by name. */
const noSpace: readonly unknown[] = [ENOSPC, EDQUOT, EFBIG, 'ENOSPC', 'EDQUOT', 'EFBIG'];
/** LMDB's own: the memory that it maps is full. */
const mapFull = -30_792;

/** Of what failed before LMDB was asked. Never rejects. */
export async function diskFailure(doing: string, thrown: unknown): Promise<Error> {
  return failureOf(doing, await causeOf(thrown), [...noSpace, mapFull]);
}

/**
 * Of a commit that LMDB failed. One for which its map is too small it has given up before it wrote anything; what the operating system says may come after some of
 * it was written. Never rejects.
 */
export async function commitFailure(doing: string, thrown: unknown): Promise<Error> {
  return failureOf(doing, await causeOf(thrown), [mapFull]);
}

function failureOf(doing: string, cause: unknown, fullCodes: readonly unknown[]): Error {
  const text = `${doing}: ${errorMessage(cause)}`;
  const isFull = hasField(cause, 'code') && fullCodes.includes(cause.code);
  return isFull ? new StorageFullError(text, { cause }) : new StorageDiskError(text, { cause });
}

async function causeOf(thrown: unknown): Promise<unknown> {
  if (!hasField(thrown, 'commitError')) return thrown;
  try {
    await thrown.commitError;
    return thrown;
  } catch (cause) {
    return cause;
  }
}

function hasField<Name extends string>(value: unknown, name: Name): value is Readonly<Record<Name, unknown>> {
  return typeof value === 'object' && value !== null && name in value;
}
