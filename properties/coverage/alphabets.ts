/** The alphabets from which cells are made: each is a type of the model or of scripts, listed so that the compiler holds the list complete. */
import type { Action, ClientWord, CloseReason, Command, Observation, ServerWord } from '../../model/index.ts';
import type { Step } from '../scripts/script.ts';

/** The keys of a table that the compiler holds complete. */
export function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table).filter((key): key is Key => Object.hasOwn(table, key));
}

export type ActionKind = Action['kind'];
export type Status = Extract<Observation, { readonly saw: 'status' }>['status'];

export const statuses: readonly Status[] = keysOf<Status>({ UNINITIALIZED: 0, CONNECTING: 0, OPEN: 0, CLOSING: 0, CLOSED: 0 });

export const commandKinds: readonly Command['do'][] = keysOf<Command['do']>({
  startSession: 0,
  updateSessionToken: 0,
  endSession: 0,
  connect: 0,
  disconnect: 0,
  subscribe: 0,
  unsubscribe: 0,
  insert: 0,
  update: 0,
  delete: 0,
  transact: 0,
  clear: 0,
});

export const serverWords: readonly ServerWord['word'][] = keysOf<ServerWord['word']>({
  accepted: 0,
  schemaAsked: 0,
  nonsense: 0,
  tokenAccepted: 0,
  tokenRefused: 0,
  answered: 0,
  updated: 0,
  acknowledged: 0,
  rejected: 0,
  progressed: 0,
  pong: 0,
});

export const clientWords: readonly ClientWord['word'][] = keysOf<ClientWord['word']>({
  hello: 0,
  schemaSaid: 0,
  nonsense: 0,
  updateToken: 0,
  subscribe: 0,
  unsubscribe: 0,
  write: 0,
  ping: 0,
});

export const closeReasons: readonly CloseReason[] = keysOf<CloseReason>({
  UNAUTHORIZED: 0,
  TOKEN_EXPIRED: 0,
  ROLES_MISMATCH: 0,
  SCHEMA_MISMATCH: 0,
  INTERNAL_ERROR: 0,
  UNKNOWN: 0,
  MANUAL_DISCONNECT: 0,
  CONNECTION_OVERRIDE: 0,
});

export const observations: readonly Observation['saw'][] = keysOf<Observation['saw']>({
  status: 0,
  sessionError: 0,
  settled: 0,
  results: 0,
  remoteFulfilled: 0,
  subscriptionError: 0,
  refreshAsked: 0,
  synced: 0,
  notSynced: 0,
  syncFailed: 0,
});

export type CallbackKind = Extract<Step, { readonly do: 'inCallback' }>['callback'];
export const callbackKinds: readonly CallbackKind[] = keysOf<CallbackKind>({
  status: 0,
  sessionError: 0,
  results: 0,
  synced: 0,
  syncFailed: 0,
});

/** Nonsense of either end, and what strangers say: kinds of bad input (B1, B2). */
export type Nonsense = Extract<ClientWord, { readonly word: 'nonsense' }>['nonsense'];
export const nonsense: readonly Nonsense[] = keysOf<Nonsense>({
  notJson: 0,
  notAFrame: 0,
  unknownType: 0,
  missingField: 0,
  badFilter: 0,
  helloAgain: 0,
  subscribedTwice: 0,
  writeGap: 0,
  requestGap: 0,
  oversized: 0,
});
export type StrangerWord = Extract<Action, { readonly kind: 'strangerHeard' }>['said'];
export const strangerWords: readonly StrangerWord[] = keysOf<StrangerWord>({ notJson: 0, oversized: 0, beforeHello: 0, otherVersion: 0 });
