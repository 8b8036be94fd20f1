/** What must have happened when a task ends: closes and answers that nobody waits for (W2, C4, C5, S6, B1, B5). */
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';

/** What is owed another answer, before any other data (S6, C5, B6). */
export function owedAnswer({ subscriptions, unsubscribed }: ConnectionState): readonly [string, ServedSubscription] | undefined {
  return Object.entries(subscriptions).find(([name, { stale }]) => stale !== null && !unsubscribed.includes(name));
}

/** Nothing overtakes the answer that is owed (S6, C5, B6). */
export function requireNothingStale(state: State, present: ConnectionState): void {
  const waiting = state.decisions.owedAnswer(present);
  if (waiting === undefined) return;
  const [name, { stale }] = waiting;
  reject(stale ?? 'C5', 'data before the answer anew', `other data overtook the answer anew to ${name}`, ['an answer'], 'data');
}

const keptUp: Readonly<
  Record<NonNullable<ConnectionState['mustGiveUp']>, { readonly rule: string; readonly shape: string; readonly message: string }>
> = {
  nonsense: { rule: 'B1', shape: 'nonsense accepted', message: 'goes on with a server that talks nonsense' },
  'unread storage': { rule: 'K3', shape: 'connected without its storage', message: 'stays connected though it cannot say who it is' },
  'fresh id not kept': { rule: 'K3', shape: 'connected under a lost id', message: 'stays connected though its storage has no fresh id' },
};

/** What the server must do in the same breath, and a client that heard nonsense too (W2, C4, B1). */
export function requireBreathEnded(state: State): State {
  for (const connection of Object.values(state.connections)) {
    const { mustClose, serverClosing, openAtServer, client, mustGiveUp, openAtClient } = connection;
    const isOwedNow = openAtServer && serverClosing === null;
    if (isOwedNow && connection.answering !== null)
      reject(
        'Q7',
        'answer not ended',
        `the answer to ${connection.answering} of ${client} was begun and not ended`,
        ['all of it'],
        'nothing',
      );
    const stale = isOwedNow ? state.decisions.owedAnswer(connection) : undefined;
    if (stale !== undefined)
      reject(
        stale[1].stale ?? 'C5',
        'not answered anew',
        `${stale[0]} of ${client} was not answered anew at once`,
        ['an answer'],
        'nothing',
      );
    if (mustClose !== null && openAtServer && serverClosing === null)
      reject(mustClose.rule, 'not closed', `the server did not close a connection of ${client}`, [mustClose.reason], 'it is open');
    if (mustGiveUp !== null && openAtClient) {
      const { rule, shape, message } = keptUp[mustGiveUp];
      reject(rule, shape, `${client} ${message}`, ['the connection is given up'], 'it is open');
    }
  }
  return state;
}
