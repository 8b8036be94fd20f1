/** What is said on the wire, in the model's words: each list holds all members of its type, and does not compile without. */
import type { ClientWord, CloseReason, ServerWord } from '../../model/index.ts';

/** The keys of a table that the compiler holds complete. */
export function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table).filter((key): key is Key => Object.hasOwn(table, key));
}

export const serverWords: readonly ServerWord['word'][] = keysOf<ServerWord['word']>({
  accepted: 0,
  schemaAsked: 0,
  nonsense: 0,
  tokenAccepted: 0,
  tokenRefused: 0,
  answerPart: 0,
  answered: 0,
  subscriptionFailed: 0,
  updated: 0,
  acknowledged: 0,
  rejected: 0,
  forked: 0,
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
  SLOW_READER: 0,
  INTERNAL_ERROR: 0,
  LIMIT_EXCEEDED: 0,
  UNKNOWN: 0,
  MANUAL_DISCONNECT: 0,
  CONNECTION_OVERRIDE: 0,
});
