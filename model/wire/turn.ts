/** What must have happened when a task ends: closes and answers that nobody waits for (W2, C4, C5, S6, B1, B5). */
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';

/** What is owed another answer, before any other data (S6, C5). */
export function owedAnswer({ subscriptions, unsubscribed }: ConnectionState): readonly [string, ServedSubscription] | undefined {
  return Object.entries(subscriptions).find(([name, { stale }]) => stale !== null && !unsubscribed.includes(name));
}

/** Nothing overtakes the answer that is owed (S6, C5). */
export function requireNothingStale(state: State, present: ConnectionState): void {
  const waiting = state.decisions.owedAnswer(present);
  if (waiting === undefined) return;
  const [name, { stale }] = waiting;
  reject(stale ?? 'C5', 'data before the answer anew', `other data overtook the answer anew to ${name}`, ['an answer'], 'data');
}

/** What the server must do in the same breath, and a client that heard nonsense too (W2, C4, B1). */
export function requireBreathEnded(state: State): State {
  for (const connection of Object.values(state.connections)) {
    const { mustClose, serverClosing, openAtServer, client, heardNonsense, openAtClient } = connection;
    const isOwedNow = openAtServer && serverClosing === null;
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
    if (heardNonsense && openAtClient)
      reject(
        'B1',
        'nonsense accepted',
        `${client} goes on with a server that talks nonsense`,
        ['the connection is given up'],
        'it is open',
      );
  }
  return state;
}
