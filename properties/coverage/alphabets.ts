/** The alphabets from which cells are made: each is a type of the model or of scripts, listed so that the compiler holds the list complete. */
import type { Action, Observation } from '../../model/index.ts';
import { keysOf } from '../driving/wire-words.ts';

export type ActionKind = Action['kind'];
export type Status = Extract<Observation, { readonly saw: 'status' }>['status'];

export const statuses: readonly Status[] = keysOf<Status>({ UNINITIALIZED: 0, CONNECTING: 0, OPEN: 0, CLOSING: 0, CLOSED: 0 });

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
  logReplaced: 0,
});

export { commandKinds } from '../commands/index.ts';
export { clientWords, closeReasons, keysOf, serverWords } from '../driving/wire-words.ts';
export type { CallbackKind } from '../language/callbacks.ts';
export { callbacks as callbackKinds } from '../language/callbacks.ts';
export { nonsenses as nonsense, strangerWords } from '../language/malformed.ts';
