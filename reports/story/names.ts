/** What the trace calls by number, named: the call that a promise belongs to, the client that a client id belongs to. */
import type { Names } from '../events/phrase.ts';
import type { Told } from './told.ts';

export function namesOf(told: readonly Told[]): Names {
  const calls = new Map<string, string>();
  const clients = new Map<string, string>();
  for (const { action } of told) {
    if (action?.kind === 'command' && 'promise' in action.command) calls.set(action.command.promise, action.command.do);
    if (action?.kind === 'appendBegan') clients.set(action.clientId, action.client);
    if (action?.kind === 'clientSent' && action.word.word === 'hello') clients.set(action.word.clientId, action.client);
  }
  return {
    callOf: (promise) => calls.get(promise) ?? promise,
    clientOf: (clientId) => clients.get(clientId) ?? clientId,
  };
}
