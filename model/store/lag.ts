/**
 * Where a client's storage failed: what it holds in place of what the client knows (K3). A client goes on as if nothing had been: only
 * the process that follows it finds the difference.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import { clientOf, withClient } from '../change.ts';
import type { Cached, ClientState, Kept, StorageLag } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { issuesOfRow } from '../schema/conform.ts';
import type { State } from '../state.ts';
import { cacheKeyOf } from '../subscriptions/cache-key.ts';
import { heldRows } from '../subscriptions/rows.ts';
import { type Change, isUnanswered, type Write } from '../writes/changes.ts';
import type { StoredRow } from '../writes/log.ts';

const nothingHeld: StorageLag['wordBegan'] = { cache: {}, lag: {}, heard: null };

/** Storage holds what the client knows; of what it holds, it was asked again to keep all. */
export const noLag: StorageLag = { cache: {}, heard: null, wordBegan: nothingHeld, answering: null };

/** A word is about to be heard. */
export function beginWord(state: State, name: ClientName): State {
  const { lag, cache, heard } = clientOf(state, name);
  const wordBegan = { cache, lag: lag.cache, heard: lag.heard === null ? heard : lag.heard.holds };
  return withClient(state, name, { lag: { ...lag, wordBegan, answering: null } });
}

/** A write is answered. While storage does not hold what was heard, it is not asked to forget it (W2). */
export function answeredNow(client: ClientState, write: Write): Pick<ClientState, 'lag'> & { readonly lingers: Write['lingers'] } {
  return { lag: { ...client.lag, answering: write.key }, lingers: client.lag.heard === null ? null : 'behindHeard' };
}

/** Storage is asked to keep what a subscription holds, in place of whatever it holds of that query; but not before it holds what was heard (W2). */
export function askedToRemember({ lag, cache: known }: ClientState, key: string): StorageLag {
  if (lag.heard !== null) {
    const holds = lag.cache[key]?.holds ?? (Object.hasOwn(lag.cache, key) ? null : (known[key] ?? null));
    return { ...lag, cache: { ...lag.cache, [key]: { holds, since: 'behindHeard' } } };
  }
  if (!Object.hasOwn(lag.cache, key)) return lag;
  const { [key]: _, ...cache } = lag.cache;
  return { ...lag, cache };
}

/** What storage held of the query when the word began. */
function heldBefore({ wordBegan }: StorageLag, key: string): Cached | null {
  return Object.hasOwn(wordBegan.lag, key) ? (wordBegan.lag[key]?.holds ?? null) : (wordBegan.cache[key] ?? null);
}

export function notRemembered(state: State, name: ClientName, query: Query): State {
  const { lag } = clientOf(state, name);
  const key = cacheKeyOf(query);
  return withClient(state, name, { lag: { ...lag, cache: { ...lag.cache, [key]: { holds: heldBefore(lag, key), since: 'failed' } } } });
}

export function remembered(state: State, name: ClientName, query: Query): State {
  const { lag } = clientOf(state, name);
  const { [cacheKeyOf(query)]: _, ...cache } = lag.cache;
  return withClient(state, name, { lag: { ...lag, cache } });
}

/** What this word answered is not forgotten, and what it told not kept, before what it says is (W2). */
export function notHeard(state: State, name: ClientName): State {
  const { lag, writes, cache } = clientOf(state, name);
  const heard = lag.heard ?? { holds: lag.wordBegan.heard };
  const told = Object.keys(cache).filter((key) => cache[key] !== lag.wordBegan.cache[key]);
  const behind = told.map((key) => [key, { holds: heldBefore(lag, key), since: 'behindHeard' }] as const);
  return withClient(state, name, {
    lag: { ...lag, heard, cache: { ...lag.cache, ...Object.fromEntries(behind) } },
    writes: writes.map((write) => (write.key === lag.answering ? { ...write, lingers: 'behindHeard' } : write)),
  });
}

export function heardAtLast(state: State, name: ClientName): State {
  const { lag, writes } = clientOf(state, name);
  const cache = Object.fromEntries(Object.entries(lag.cache).filter(([, { since }]) => since !== 'behindHeard'));
  return withClient(state, name, {
    lag: { ...lag, heard: null, cache },
    writes: writes.map((write) => (write.lingers === 'behindHeard' ? { ...write, lingers: null } : write)),
  });
}

/** Storage failed to forget a write: it holds it until it is asked to hold another outbox. */
export function notForgotten(state: State, name: ClientName, id: string): State {
  const client = clientOf(state, name);
  const isIt = (epoch: number) => (write: Write) => write.id === id && write.epoch === epoch;
  const own = client.writes.find(isIt(client.epoch));
  if (own !== undefined && isUnanswered(own))
    return reject('W1', 'forgotten before it was answered', `${name} asked its storage to forget a write that waits`, ['it is kept'], id);
  const linger = (writes: readonly Write[], epoch: number): readonly Write[] =>
    writes.map((write): Write => (isIt(epoch)(write) ? { ...write, lingers: 'failed' } : write));
  const clears = client.clears.map((clear) => ({
    ...clear,
    before: { ...clear.before, writes: linger(clear.before.writes, clear.before.epoch) },
  }));
  return withClient(state, name, { writes: linger(client.writes, client.epoch), clears });
}

/** What storage holds, or will when it has done what it is at. */
export function heldByStorage({ epoch, writes, cache, heard, lag }: ClientState): Kept {
  if (lag.heard === null && Object.keys(lag.cache).length === 0) return { epoch, writes, cache, heard };
  const holds = lag.heard === null ? heard : lag.heard.holds;
  const lagging = Object.entries(lag.cache).map(([key, { holds: held }]): [string, Cached | null] => [key, held]);
  const found = [...Object.entries(cache), ...lagging].filter((entry): entry is [string, Cached] => entry[1] !== null);
  const gone = lagging.filter(([, held]) => held === null).map(([key]) => key);
  return { epoch, writes, cache: Object.fromEntries(found.filter(([key]) => !gone.includes(key))), heard: holds };
}

/** What a process with that schema finds of the cache: no result with a value of another type than the schema says, which storage holds all the same (K2). */
export function foundCache(state: State, schema: Schema | null, kept: Kept['cache']): Pick<ClientState, 'cache' | 'lag'> {
  const isFound = (held: Cached): boolean =>
    schema === null || isTypedAs(schema, held.query, Object.values(heldRows(state, { query: held.query, held })));
  const entries = Object.entries(kept);
  const left = entries.filter(([, held]) => !isFound(held));
  const lagging = left.map(([key, holds]) => [key, { holds, since: 'ofAnotherType' }] as const);
  return { cache: Object.fromEntries(entries.filter(([, held]) => isFound(held))), lag: { ...noLag, cache: Object.fromEntries(lagging) } };
}

function isTypedAs(schema: Schema, { collection }: Query, rows: readonly StoredRow[]): boolean {
  return rows.every(({ row }) => isTyped(schema, collection, row));
}

function isTyped(schema: Schema, collection: string, values: Row): boolean {
  return issuesOfRow(schema, collection, values).every((issue) => !issue.endsWith(' type'));
}

/** What a process with that schema makes of a write that it finds: one with a value of another type waits, unseen (K2). */
export function foundUnder(schema: Schema | null, write: Write): Write {
  const isSeen = schema === null || write.changes.every((change) => isTypedChange(schema, change));
  return { ...write, isUnseen: !isSeen };
}

function isTypedChange(schema: Schema, change: Change): boolean {
  switch (change.kind) {
    case 'insert':
      return isTyped(schema, change.collection, change.row);
    case 'update':
      return isTyped(schema, change.collection, { ...change.changes, id: change.id });
    case 'delete':
      return true;
  }
}

/** What its process finds: a write that was to be forgotten waits as if it had never been answered. */
export function foundAgain(write: Write): Write {
  return write.lingers === null ? write : { ...write, acknowledged: false, isRolledBack: false, lingers: null, waitsAgain: true };
}
