/** What the server hears, in words: noted where it will be handled at its turn (S3, Q4, W1, B1). */
import { boundsOf } from '../bounds/bounds.ts';
import { isQueryOver } from '../bounds/query-bounds.ts';
import { weightOf } from '../bounds/query-weight.ts';
import { clientOf, connectionOf, withConnection } from '../change.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import { reject } from '../rejection.ts';
import { learnSchema } from '../schema/schema-exchange.ts';
import { asked } from '../session/keys.ts';
import type { State } from '../state.ts';
import type { ClientWord, Nonsense } from './words.ts';

export function serverReceives(state: State, connection: number, word: ClientWord): State {
  const present = connectionOf(state, connection);
  const heard = withConnection(state, connection, { serverHeardMs: state.nowMs });
  if (!present.openAtServer || present.serverClosing !== null || present.broken !== null) return heard;
  switch (word.word) {
    case 'hello':
      return withConnection(heard, connection, {
        hello: {
          ...asked(state, tokenNamed(state, word.token)),
          schema: word.schema,
          clientId: word.clientId,
          answered: word.answered ?? 0,
          heard: word.heard ?? null,
        },
      });
    case 'schemaSaid':
      return learnSchema(withConnection(heard, connection, { schema: 'received', hello: askedAgain(state, present) }), present, 'maybe');
    case 'nonsense':
      return state.decisions.serverReceivesNonsense(heard, connection, word.nonsense);
    case 'updateToken': {
      const update = { request: word.request, ...asked(state, tokenNamed(state, word.token)) };
      return withConnection(heard, connection, { updates: [...present.updates, update] });
    }
    case 'subscribe': {
      const query = entryOf(clientOf(state, present.client).queries, word.subscription);
      if (query === undefined)
        return reject('Q4', 'unknown subscription', `${present.client} subscribed what its user never asked for`, [], word.subscription);
      const failure = isQueryOver(boundsOf(state.configuration), query) ? 'owed' : null;
      const ahead = followedBy(present);
      return withConnection(heard, connection, {
        subscriptions: {
          ...present.subscriptions,
          [word.subscription]: { query, answered: false, group: null, form: null, permit: null, stale: null, ahead, failure },
        },
        unsubscribed: present.unsubscribed.filter((name) => name !== word.subscription),
      });
    }
    case 'unsubscribe':
      return withConnection(heard, connection, { unsubscribed: [...present.unsubscribed, word.subscription] });
    case 'write':
      if (present.forked) return heard;
      return withConnection(heard, connection, { writesReceived: [...present.writesReceived, word.sequence] });
    case 'ping':
      return heard;
  }
}

/** Frames are handled in the order in which they come (B4). */
function followedBy({ subscriptions, unsubscribed }: ConnectionState): ServedSubscription['ahead'] {
  return Object.entries(subscriptions).flatMap(([subscription, { query }]) =>
    unsubscribed.includes(subscription) ? [] : [{ subscription, weight: weightOf(query) }],
  );
}

/** What comes after it is not handled, and the connection is closed once what came before it is (B1, B5). */
export function breakConnection(state: State, connection: number, nonsense: Nonsense): State {
  return withConnection(state, connection, { broken: nonsense === 'oversized' ? 'frameBytesMax' : 'protocol' });
}

/** With the schema the token is judged once more. */
function askedAgain(state: State, { hello }: ConnectionState): ConnectionState['hello'] {
  return hello === null ? null : { ...hello, ...asked(state, hello.token) };
}

function tokenNamed(state: State, label: string) {
  return state.tokens[label] ?? reject('S2', 'unknown token', 'a token was sent that nobody minted', Object.keys(state.tokens), label);
}
