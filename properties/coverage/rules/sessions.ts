/** When a rule of sessions (S) is put to the test: what happened must have been able to break it. */
import { on, onCommand, onSeen, onWord, type Probe, probe } from '../probe.ts';
import { hasLiveSubscription, hasPending, isExpiredAtServer, isLeftBehind, sameClaims } from '../reading.ts';

export const sessionRules: readonly Probe[] = [
  probe(
    'S1',
    'A status callback was told.',
    onSeen('status', () => true),
  ),
  probe(
    'S2',
    'Something of a replaced or ended session arrived, or a session was replaced while it had a connection or a call in flight.',
    on('clientHeard', ({ client, connection }, { before }) => isLeftBehind(before.clients[client], connection)),
    on('clientHeardClose', ({ client, connection }, { before }) => isLeftBehind(before.clients[client], connection)),
    on('refreshAnswered', ({ client, call }, { before }) => {
      const cycle = before.clients[client]?.session?.cycle;
      return cycle?.at !== 'asking' || cycle.call !== call;
    }),
    onCommand(['startSession'], ({ client }, { before }) => {
      const known = before.clients[client];
      return known?.connection != null || known?.session?.cycle.at === 'asking';
    }),
  ),
  probe(
    'S3',
    'A call of updateSessionToken settled.',
    onSeen(
      'settled',
      ({ client, observation }, { before }) => before.clients[client]?.promises[observation.promise]?.of === 'updateSessionToken',
    ),
  ),
  probe(
    'S4',
    'A token update was accepted on a connection with a live subscription or a write not yet answered.',
    onWord('clientHeard', ['tokenAccepted'], ({ client, connection }, { before }) => {
      const known = before.clients[client];
      return known?.connection === connection && (hasLiveSubscription(known) || hasPending(known));
    }),
  ),
  probe(
    'S5',
    'The server closed an accepted connection as expired, or received a write or a subscription when its token had expired already.',
    on(
      'serverClosed',
      ({ connection, closing }, { before }) => closing.reason === 'TOKEN_EXPIRED' && before.connections[connection]?.accepted != null,
    ),
    onWord('serverReceived', ['write', 'subscribe'], ({ connection }, { before }) => isExpiredAtServer(before, connection)),
  ),
  probe(
    'S6',
    'A token with other claims came in by an update: its roles were other ones, or it was accepted.',
    on('serverClosed', ({ closing }) => closing.reason === 'ROLES_MISMATCH'),
    onWord('serverSent', ['tokenAccepted'], ({ connection }, { before, after }) => {
      const old = before.connections[connection]?.accepted;
      const accepted = after.connections[connection]?.accepted;
      return old != null && accepted != null && !sameClaims(old, accepted);
    }),
  ),
  probe(
    'S7',
    'The refresh handler was asked.',
    onSeen('refreshAsked', () => true),
  ),
  probe(
    'S8',
    'A close that onSessionError must tell was heard, or a network loss that it must not.',
    on(
      'clientHeardClose',
      ({ client, connection, closing }, { before }) =>
        before.clients[client]?.connection === connection && (!closing.retry || closing.reason === null),
    ),
  ),
  probe(
    'S9',
    'An attempt began by the reconnect timer, a connection was given up, or a close came that must not lead to an attempt.',
    on('attempted', ({ client }, { before }) => before.clients[client]?.attemptDue?.byTimer === true),
    on('clientClosed', ({ givenUp }) => givenUp),
    on('serverClosed', ({ givenUp }) => givenUp),
    on(
      'clientHeardClose',
      ({ client, connection, closing }, { before }) => before.clients[client]?.connection === connection && !closing.retry,
    ),
  ),
  probe(
    'S10',
    'A session ended that had a connection, a timer, a pending update, a subscription or a write not yet answered.',
    onCommand(['endSession'], ({ client }, { before }) => {
      const known = before.clients[client];
      if (known === undefined || known.session === null) return false;
      const isWaiting = known.attemptDue !== null || known.session.cycle.at !== 'idle' || known.updates.length > 0;
      return known.connection !== null || isWaiting || Object.keys(known.subscriptions).length > 0 || hasPending(known);
    }),
  ),
  probe(
    'S11',
    'A token was refused before any data, or the key set was fetched.',
    on(
      'serverClosed',
      ({ connection, closing }, { before }) =>
        (closing.reason === 'UNAUTHORIZED' || closing.reason === 'TOKEN_EXPIRED') && before.connections[connection]?.accepted === null,
    ),
    onWord('serverSent', ['tokenRefused'], () => true),
    on('keysFetched', () => true),
  ),
];
