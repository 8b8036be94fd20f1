/** What must happen now and then to queries, subscriptions and sharing groups. */

import { entryOf } from '../../../model/entry-of.ts';
import { noting, on, onCommand, onSeen, onWord, probes } from '../probe.ts';
import { besides, hasPending, isEqual, sharesAGroup, some, someServed } from '../reading.ts';

export const subscriptionMilestones = probes({
  'two clients in one group while one leaves': [
    'An unsubscribe is received for a group in which another client stays.',
    onWord('serverReceived', ['unsubscribe'], ({ connection, word }, { before }) => sharesAGroup(before, connection, word.subscription)),
  ],
  'expiry in a shared group': [
    'The server closes a connection as expired that shares a group with another.',
    on('serverClosed', ({ connection, closing }, { before }) => closing.reason === 'TOKEN_EXPIRED' && sharesAGroup(before, connection)),
  ],
  'respelt filter shares': [
    'A subscription joins a group whose other member writes its clauses in another way.',
    onWord('serverSent', ['answered'], ({ word }, moment) =>
      besides(moment, word, ({ group, query }, own) => group === word.group && !isEqual(query.where, own?.where)),
    ),
  ],
  'near twins stay apart': [
    'Two live subscriptions of one collection with equal clauses are in different groups: order, limit, cursor or permissions differ.',
    onWord('serverSent', ['answered'], ({ word }, moment) =>
      besides(
        moment,
        word,
        ({ group, query }, own) => group !== word.group && query.collection === own?.collection && isEqual(query.where, own.where),
      ),
    ),
  ],
  'same query twice on one client': [
    'A client subscribes what another of its live subscriptions asks for already.',
    onCommand(['subscribe'], ({ command }, { own }) => {
      const text = JSON.stringify(command.query);
      return some(own?.subscriptions ?? {}, ({ query }) => JSON.stringify(query) === text);
    }),
  ],
  'unsubscribed before the answer': [
    'An answer is heard for a subscription that has ended.',
    onWord('clientHeard', ['answered'], ({ connection, word }, { own }) => {
      return own?.connection === connection && entryOf(own?.subscriptions, word.subscription) === undefined;
    }),
  ],
  'changed while away': [
    'After a reconnect the answer brings a later version than the one held.',
    onWord('clientHeard', ['answered'], ({ connection, word }, { own }) => {
      const known = entryOf(own?.subscriptions, word.subscription);
      return known?.fulfilled === true && known.held !== null && known.answeredOn !== connection && known.held.version < word.version;
    }),
  ],
  'versions skipped': [
    'An update is more than one version ahead of what the subscription held.',
    onWord('clientHeard', ['updated'], ({ word }, { own }) => {
      const [first = ''] = word.subscriptions;
      const held = entryOf(own?.subscriptions, first)?.held;
      return held != null && word.version > held.version + 1;
    }),
  ],
  'own write shown before its acknowledgement': [
    'Results are told while a write of the client is pending.',
    onSeen('results', (_action, { own }) => hasPending(own)),
  ],
  'old session shown then replaced': [
    'The first answer of a session replaces rows held from an earlier one.',
    onWord('clientHeard', ['answered'], ({ connection, word }, { own }) => {
      const known = entryOf(own?.subscriptions, word.subscription);
      return known?.fulfilled === false && known.held !== null && known.answeredOn !== connection && (known.shown?.rows.length ?? 0) > 0;
    }),
  ],
  'late subscriber': [
    'A subscription is answered from a group that was there before, after a commit.',
    onWord('serverSent', ['answered'], ({ client, word }, { before, ownConnection }) => {
      if (word.version === 0) return false;
      const isFresh = entryOf(ownConnection?.subscriptions, word.subscription)?.answered === false;
      return (
        isFresh && someServed(before, (other, _name, { group }) => group === word.group && before.connections[other]?.client !== client)
      );
    }),
  ],
  'row over the edge of a limit': [
    'Results of a full limit are told with another row in the place of one that left.',
    onSeen('results', ({ observation }, { own }) => {
      if (observation.rows.length === 0) return false;
      const known = entryOf(own?.subscriptions, observation.subscription);
      const shown = known?.shown?.rows;
      if (shown === undefined || known?.query.limit !== observation.rows.length || shown.length !== observation.rows.length) return false;
      return observation.rows.some(({ id }) => shown.every((row) => row.id !== id));
    }),
  ],
  'fewer than the limit until answered': [
    'A limited subscription shows less than its limit after an own write, then more by the server.',
    onSeen('results', ({ client, observation }, { past, own }) => {
      const limit = entryOf(own?.subscriptions, observation.subscription)?.query.limit;
      return limit === observation.rows.length && past.has(`short ${client}/${observation.subscription}`);
    }),
    noting('observed', ({ client, observation }, { past, own }) => {
      if (observation.saw !== 'results') return;
      const name = `short ${client}/${observation.subscription}`;
      const subscription = entryOf(own?.subscriptions, observation.subscription);
      const limit = subscription?.query.limit;
      const wasFull = limit !== undefined && subscription?.shown?.rows.length === limit;
      if (limit === undefined || observation.rows.length >= limit) past.forget(name);
      else if (wasFull && hasPending(own)) past.note(name);
    }),
  ],
  'page after a cursor': [
    'An answer with rows to a query that begins after a cursor.',
    onWord('serverSent', ['answered'], ({ word }, { own }) => {
      if (word.rows.length === 0) return false;
      return entryOf(own?.queries, word.subscription)?.after !== undefined;
    }),
  ],
  'limit and cursor': [
    'An answer to a query with both, as full as its limit.',
    onWord('serverSent', ['answered'], ({ word }, { own }) => {
      const query = entryOf(own?.queries, word.subscription);
      return query?.after !== undefined && query.limit !== undefined && word.rows.length === query.limit;
    }),
  ],
  'answer after regrouping': [
    'A subscription that was answered on this connection is answered anew.',
    onWord(
      'serverSent',
      ['answered'],
      ({ word }, { ownConnection }) => entryOf(ownConnection?.subscriptions, word.subscription)?.stale != null,
    ),
  ],
  'regrouped by claims': [
    'A token update moves a live subscription to another group.',
    onWord('serverSent', ['tokenAccepted'], ({ connection }, { after }) => {
      return some(after.connections[connection]?.subscriptions ?? {}, ({ stale }) => stale === 'S6');
    }),
  ],
  'left alone by new claims': [
    'A token update with other claims leaves a live subscription in its group.',
    onWord('serverSent', ['tokenAccepted'], ({ connection }, { after, ownConnection }) => {
      const old = ownConnection?.accepted;
      const present = after.connections[connection];
      if (old?.label === present?.accepted?.label || present === undefined) return false;
      return some(present.subscriptions, ({ answered, stale }) => answered && stale === null);
    }),
  ],
});
