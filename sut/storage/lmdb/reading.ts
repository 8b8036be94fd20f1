/** What stands under a key, read as what it should be. */
import { errorMessage } from '../error-message.ts';
import { StorageDamagedError } from '../errors.ts';
import { dataOf } from '../exact-json.ts';

/** @throws StorageDamagedError that says where */
export function reading<Held>(bytes: Uint8Array, where: string, read: (value: unknown) => Held): Held {
  try {
    return read(dataOf(bytes));
  } catch (cause) {
    throw new StorageDamagedError(`${where} cannot be read: ${errorMessage(cause)}`, { cause });
  }
}
