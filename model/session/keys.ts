/** The keys that the server holds: those of the set that it fetched last (S11). */
import { withServer } from '../change.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';

export function fetchKeys(state: State, keys: readonly string[]): State {
  const known = state.server.publishedKeys;
  if (state.configuration.sharedSecret || keys.some((key) => !known.includes(key)))
    return reject('S11', 'keys of nobody', 'the server holds keys that were never published', known, keys.join(' '));
  return withServer(state, { heldKeys: keys, fetches: state.server.fetches + 1 });
}
