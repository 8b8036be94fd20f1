/** What must happen now and then to queries, subscriptions and sharing groups. */
import { noting, on, onCommand, onSeen, onWord, type Probe, probe } from '../probe.ts';
import { hasPending, sharesAGroup, some, someServed } from '../reading.ts';

export const subscriptionMilestones: readonly Probe[] = [
  probe(
    'two clients in one group while one leaves',
    'An unsubscribe is received for a group in which another client stays.',
    onWord('serverReceived', ['unsubscribe'], ({ connection, word }, { before }) => sharesAGroup(before, connection, word.subscription)),
  ),
  probe(
    'expiry in a shared group',
    'The server closes a connection as expired that shares a group with another.',
    on('serverClosed', ({ connection, closing }, { before }) => closing.reason === 'TOKEN_EXPIRED' && sharesAGroup(before, connection)),
  ),
  probe(
    'respelt filter shares',
    'A subscription joins a group whose other member writes its clauses in another way.',
    onWord('serverSent', ['answered'], ({ client, connection, word }, { before }) => {
      const own = before.clients[client]?.queries[word.subscription];
      return someServed(
        before,
        (other, name, { group, query }) =>
          group === word.group &&
          (other !== connection || name !== word.subscription) &&
          JSON.stringify(query.where) !== JSON.stringify(own?.where),
      );
    }),
  ),
  probe(
    'near twins stay apart',
    'Two live subscriptions of one collection with equal clauses are in different groups: order, limit, cursor or permissions differ.',
    onWord('serverSent', ['answered'], ({ client, connection, word }, { before }) => {
      const own = before.clients[client]?.queries[word.subscription];
      return someServed(
        before,
        (other, name, { group, query }) =>
          group !== word.group &&
          (other !== connection || name !== word.subscription) &&
          query.collection === own?.collection &&
          JSON.stringify(query.where) === JSON.stringify(own.where),
      );
    }),
  ),
  probe(
    'same query twice on one client',
    'A client subscribes what another of its live subscriptions asks for already.',
    onCommand(['subscribe'], ({ client, command }, { before }) => {
      const text = JSON.stringify(command.query);
      return some(before.clients[client]?.subscriptions ?? {}, ({ query }) => JSON.stringify(query) === text);
    }),
  ),
  probe(
    'unsubscribed before the answer',
    'An answer is heard for a subscription that has ended.',
    onWord(
      'clientHeard',
      ['answered'],
      ({ client, connection, word }, { before }) =>
        before.clients[client]?.connection === connection && before.clients[client]?.subscriptions[word.subscription] === undefined,
    ),
  ),
  probe(
    'changed while away',
    'After a reconnect the answer brings a later version than the one held.',
    onWord('clientHeard', ['answered'], ({ client, connection, word }, { before }) => {
      const known = before.clients[client]?.subscriptions[word.subscription];
      return known?.fulfilled === true && known.held !== null && known.answeredOn !== connection && known.held.version < word.version;
    }),
  ),
  probe(
    'versions skipped',
    'An update is more than one version ahead of what the subscription held.',
    onWord('clientHeard', ['updated'], ({ client, word }, { before }) => {
      const [first = ''] = word.subscriptions;
      const held = before.clients[client]?.subscriptions[first]?.held;
      return held != null && word.version > held.version + 1;
    }),
  ),
  probe(
    'own write shown before its acknowledgement',
    'Results are told while a write of the client is pending.',
    onSeen('results', ({ client }, { before }) => hasPending(before.clients[client])),
  ),
  probe(
    'old session shown then replaced',
    'The first answer of a session replaces rows held from an earlier one.',
    onWord('clientHeard', ['answered'], ({ client, connection, word }, { before }) => {
      const known = before.clients[client]?.subscriptions[word.subscription];
      return known?.fulfilled === false && known.held !== null && known.answeredOn !== connection && (known.shown?.rows.length ?? 0) > 0;
    }),
  ),
  probe(
    'late subscriber',
    'A subscription is answered from a group that was there before, after a commit.',
    onWord('serverSent', ['answered'], ({ client, connection, word }, { before }) => {
      if (word.version === 0) return false;
      const isFresh = before.connections[connection]?.subscriptions[word.subscription]?.answered === false;
      return (
        isFresh && someServed(before, (other, _name, { group }) => group === word.group && before.connections[other]?.client !== client)
      );
    }),
  ),
  probe(
    'row over the edge of a limit',
    'Results of a full limit are told with another row in the place of one that left.',
    onSeen('results', ({ client, observation }, { before }) => {
      if (observation.rows.length === 0) return false;
      const known = before.clients[client]?.subscriptions[observation.subscription];
      const shown = known?.shown?.rows;
      if (shown === undefined || known?.query.limit !== observation.rows.length || shown.length !== observation.rows.length) return false;
      return observation.rows.some(({ id }) => shown.every((row) => row.id !== id));
    }),
  ),
  probe(
    'fewer than the limit until answered',
    'A limited subscription shows less than its limit after an own write, then more by the server.',
    onSeen('results', ({ client, observation }, { before, past }) => {
      const limit = before.clients[client]?.subscriptions[observation.subscription]?.query.limit;
      return limit === observation.rows.length && past.has(`short ${client}/${observation.subscription}`);
    }),
    noting('observed', ({ client, observation }, { before, past }) => {
      if (observation.saw !== 'results') return;
      const known = before.clients[client];
      const name = `short ${client}/${observation.subscription}`;
      const subscription = known?.subscriptions[observation.subscription];
      const limit = subscription?.query.limit;
      const wasFull = limit !== undefined && subscription?.shown?.rows.length === limit;
      if (limit === undefined || observation.rows.length >= limit) past.forget(name);
      else if (wasFull && hasPending(known)) past.note(name);
    }),
  ),
  probe(
    'page after a cursor',
    'An answer with rows to a query that begins after a cursor.',
    onWord('serverSent', ['answered'], ({ client, word }, { before }) => {
      if (word.rows.length === 0) return false;
      return before.clients[client]?.queries[word.subscription]?.after !== undefined;
    }),
  ),
  probe(
    'limit and cursor',
    'An answer to a query with both, as full as its limit.',
    onWord('serverSent', ['answered'], ({ client, word }, { before }) => {
      const query = before.clients[client]?.queries[word.subscription];
      return query?.after !== undefined && query.limit !== undefined && word.rows.length === query.limit;
    }),
  ),
  probe(
    'answer after regrouping',
    'A subscription that was answered on this connection is answered anew.',
    onWord('serverSent', ['answered'], ({ connection, word }, { before }) => {
      return before.connections[connection]?.subscriptions[word.subscription]?.stale != null;
    }),
  ),
  probe(
    'regrouped by claims',
    'A token update moves a live subscription to another group.',
    onWord('serverSent', ['tokenAccepted'], ({ connection }, { after }) => {
      return some(after.connections[connection]?.subscriptions ?? {}, ({ stale }) => stale === 'S6');
    }),
  ),
  probe(
    'left alone by new claims',
    'A token update with other claims leaves a live subscription in its group.',
    onWord('serverSent', ['tokenAccepted'], ({ connection }, { before, after }) => {
      const old = before.connections[connection]?.accepted;
      const present = after.connections[connection];
      if (old?.label === present?.accepted?.label || present === undefined) return false;
      return some(present.subscriptions, ({ answered, stale }) => answered && stale === null);
    }),
  ),
];
