/**
 * Which client a tab is. The database has places, each with a client of its own, and each with a lock of its own, which the tab that is this client holds as long as it
 * lives. So two tabs are never one client, and what a tab left behind, however it went, is there for whoever takes its place.
 */

import { errorMessage } from '../error-message.ts';
import { StorageUnavailableError } from '../errors.ts';
import type { Database } from './database.ts';
import { type HeldLock, type Locks, takeLock } from './locks.ts';

export interface Place {
  readonly number: number;
  readonly lock: HeldLock;
}

/** A free one whose outbox holds something comes first, since its writes wait for somebody; else the first free one. So there are never more than tabs at one time. */
export async function takeFreePlace(database: Database, locks: Locks): Promise<Place> {
  const place = await takePlaceWithWrites(database, locks, new Set());
  if (place !== undefined) return place;
  for (let number = 1; ; number += 1) {
    const lock = await lockPlace(database.name, locks, number);
    if (lock !== undefined) return { number, lock };
  }
}

/** Undefined: no free one has writes, but for those that are passed over. */
export async function takePlaceWithWrites(database: Database, locks: Locks, passedOver: ReadonlySet<number>): Promise<Place | undefined> {
  for (const number of await placesWithWrites(database)) {
    if (passedOver.has(number)) continue;
    const lock = await lockPlace(database.name, locks, number);
    if (lock !== undefined) return { number, lock };
  }
  return undefined;
}

async function placesWithWrites(database: Database): Promise<readonly number[]> {
  const keys = await database.read((transaction) => transaction.objectStore('outbox').getAllKeys());
  return [...new Set(keys.map(([place]) => place))];
}

/** Every place that holds anything. */
export async function placesInUse(database: Database): Promise<readonly number[]> {
  const keys = await database.read((transaction) => transaction.objectStore('state').getAllKeys());
  return [...new Set(keys.map(([place]) => place))];
}

export async function lockPlace(name: string, locks: Locks, number: number): Promise<HeldLock | undefined> {
  try {
    return await takeLock(locks, `lockstep ${name} ${number}`);
  } catch (cause) {
    throw new StorageUnavailableError(`${name}: no lock can be had: ${errorMessage(cause)}`, { cause });
  }
}

/** Those of the browser. */
export function platformLocks(name: string): Locks {
  if (typeof navigator === 'undefined' || navigator.locks === undefined)
    throw new StorageUnavailableError(`${name} needs Web Locks, which are there on pages that are served securely.`);
  return navigator.locks;
}
