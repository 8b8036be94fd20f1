/** The alphabets from which cells are made: each is a type of the model or of scripts, listed so that the compiler holds the list complete. */
import type { Action, ClientWord, CloseReason, Observation, ServerWord } from '../../model/index.ts';

/** The keys of a table that the compiler holds complete. */
export function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table).filter((key): key is Key => Object.hasOwn(table, key));
}

export type ActionKind = Action['kind'];
export type Status = Extract<Observation, { readonly saw: 'status' }>['status'];

export const statuses: readonly Status[] = keysOf<Status>({ UNINITIALIZED: 0, CONNECTING: 0, OPEN: 0, CLOSING: 0, CLOSED: 0 });

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

export { commandKinds } from '../commands/index.ts';
export type { CallbackKind } from '../language/callbacks.ts';
export { callbacks as callbackKinds } from '../language/callbacks.ts';
export { nonsenses as nonsense, strangerWords } from '../language/malformed.ts';
