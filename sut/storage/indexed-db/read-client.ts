/** Reading a place back. */
import type { StoredClient } from '../../client/storage.ts';
import { errorMessage } from '../error-message.ts';
import { StorageDamagedError } from '../errors.ts';
import { readCachedResult, readHeard, readNextSequence, readOutboxEntry, readSecret } from '../read-stored-client.ts';
import { type Reading, rangeOf, type StateName, type Writing } from './layout.ts';

/** Undefined where nobody has begun there. */
export async function readClient(transaction: Reading, place: number, name: string): Promise<StoredClient | undefined> {
  const secret = await secretOf(transaction, place, name);
  if (secret === undefined) return undefined;
  const outbox = await transaction.objectStore('outbox').getAll(rangeOf(place));
  const cache = await transaction.objectStore('cache').getAll(rangeOf(place));
  const where = `${name}, place ${place}`;
  return {
    format: 2,
    secret,
    outbox: outbox.map(({ number, entry }) => reading(entry, `${where}: write ${number}`, readOutboxEntry)),
    nextSequence: (await readState(transaction, place, 'next', `${where}: the next number`, readNextSequence)) ?? 1,
    cache: cache.map(({ result }) => reading(result, `${where}: a result`, readCachedResult)),
    heard: (await readState(transaction, place, 'heard', `${where}: what was heard`, readHeard)) ?? null,
  };
}

export function secretOf(transaction: Reading | Writing, place: number, name: string): Promise<string | undefined> {
  return readState(transaction, place, 'secret', `${name}, place ${place}: the secret`, readSecret);
}

async function readState<Held>(
  transaction: Reading | Writing,
  place: number,
  state: StateName,
  where: string,
  read: (value: unknown) => Held,
): Promise<Held | undefined> {
  const kept = await transaction.objectStore('state').get([place, state]);
  return kept === undefined ? undefined : reading(kept.value, where, read);
}

function reading<Held>(text: string, where: string, read: (value: unknown) => Held): Held {
  try {
    return read(JSON.parse(text));
  } catch (cause) {
    throw new StorageDamagedError(`${where} cannot be read: ${errorMessage(cause)}`, { cause });
  }
}
