/** What a folder holds, in its own words, under the key `f`. Another kind, or another version, is refused by name and left as it is. */
import { isFields } from '../../protocol/shape.ts';
import { StorageDamagedError, StorageFormatError } from '../errors.ts';
import { bytesOf, dataOf } from '../exact-json.ts';
import { plainKey } from './keys.ts';
import type { Store } from './store.ts';

export interface Format {
  readonly format: 'lockstep server log' | 'lockstep client';
  readonly version: number;
  /** Older versions that are read too. */
  readonly reads?: readonly number[];
}

const key = plainKey('f');
/** The pages 0 and 1 hold the account itself. */
const lastPageOfNone = 1;

/** Marks a folder that is empty. @throws StorageFormatError, StorageDamagedError */
export function checkFormat(store: Store, folder: string, expected: Format): void {
  const found = store.get(key);
  if (found === undefined) {
    if (!isUnused(store)) throw new StorageFormatError(`${folder} holds an LMDB database that is not ours, or is damaged.`);
    store.putSync(key, formatChange(expected).value);
    return;
  }
  const held = readFormat(found, folder);
  const read = [...(expected.reads ?? []), expected.version];
  if (held.format === expected.format && read.includes(held.version)) return;
  const wanted = `this version reads "${expected.format}" of format ${read.join(' and ')}`;
  throw new StorageFormatError(`${folder} holds "${held.format}" of format ${held.version}; ${wanted}.`);
}

/** What says so. */
export function formatChange({ format, version }: Format): { readonly key: Buffer; readonly value: Buffer } {
  return { key, value: bytesOf({ format, version }) };
}

/** As LMDB's own account has it: a file that lost its pages may look empty, and is not. */
function isUnused(store: Store): boolean {
  const account = store.getStats();
  return 'lastPageNumber' in account && account.lastPageNumber === lastPageOfNone;
}

function readFormat(bytes: Buffer, folder: string): { readonly format: string; readonly version: number } {
  const damaged = `${folder}: what says its format cannot be read.`;
  let value: unknown;
  try {
    value = dataOf(bytes);
  } catch (cause) {
    throw new StorageDamagedError(damaged, { cause });
  }
  if (!isFields(value) || typeof value.format !== 'string' || typeof value.version !== 'number') throw new StorageDamagedError(damaged);
  return { format: value.format, version: value.version };
}
