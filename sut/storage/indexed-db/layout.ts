/**
 * Where what is in the database, format 1 (`../README.md` describes it). Each place holds one client: who it is, what it wrote, and its results. What is kept is text,
 * the same that the storage on LMDB keeps, so that no browser's way of copying objects is asked to keep −0 or an attribute named `__proto__`.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';

export const formatVersion = 1;

export type StateName = 'secret' | 'next' | 'heard';

export interface Layout extends DBSchema {
  state: { key: [number, StateName]; value: { readonly place: number; readonly name: StateName; readonly value: string } };
  outbox: {
    /** The numbers of a place give the order in which its writes came. */
    key: [number, number];
    value: { readonly place: number; readonly number: number; readonly id: string; readonly entry: string };
    indexes: { ids: [number, string] };
  };
  cache: { key: [number, string]; value: { readonly place: number; readonly query: string; readonly result: string } };
}

export type StoreName = 'state' | 'outbox' | 'cache';
export const storeNames: StoreName[] = ['state', 'outbox', 'cache'];
export type Connection = IDBPDatabase<Layout>;
export type Reading = IDBPTransaction<Layout, StoreName[], 'readonly'>;
export type Writing = IDBPTransaction<Layout, StoreName[], 'readwrite'>;

export function createStores(database: Connection): void {
  database.createObjectStore('state', { keyPath: ['place', 'name'] });
  database.createObjectStore('outbox', { keyPath: ['place', 'number'] }).createIndex('ids', ['place', 'id']);
  database.createObjectStore('cache', { keyPath: ['place', 'query'] });
}

/** All that a store has of a place: an array comes after every number and text. */
export function rangeOf(place: number): IDBKeyRange {
  return IDBKeyRange.bound([place], [place, []]);
}
