/** Callbacks of the user that fail: each is logged with its stack, and nothing else comes of it (B1). */
import { clientOf, withClient } from './change.ts';
import type { ClientName } from './observations.ts';
import { reject } from './rejection.ts';
import type { State } from './state.ts';

export function callbackFailed(state: State, name: ClientName, failure: number): State {
  return withClient(state, name, { unloggedFailures: [...clientOf(state, name).unloggedFailures, failure] });
}

/** What is thrown is logged at once, and what is rejected with a moment later: the order tells nothing. */
export function callbackFailureLogged(state: State, name: ClientName, failure: number, withStack: boolean): State {
  const { unloggedFailures } = clientOf(state, name);
  if (!unloggedFailures.includes(failure))
    return reject('B1', 'failure logged again', `${name} logged failure ${failure} of a callback, which it does not owe`, [], 'a log line');
  if (!withStack)
    return reject('B1', 'logged without stack', `${name} logged failure ${failure} of a callback`, ['with its stack'], 'without it');
  return withClient(state, name, { unloggedFailures: unloggedFailures.filter((other) => other !== failure) });
}
