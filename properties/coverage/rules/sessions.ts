/** When a rule of sessions (S) is put to the test: what happened must have been able to break it. */

import { entryOf } from '../../../model/entry-of.ts';
import { on, onCommand, onSeen, onWord, probes } from '../probe.ts';
import { hasLiveSubscription, hasOtherClaims, hasPending, isExpiredAtServer, isLeftBehind, isRefusal } from '../reading.ts';

export const sessionRules = probes({
  S1: ['A status callback was told.', onSeen('status', () => true)],
  S2: [
    'Something of a replaced or ended session arrived, or a session was replaced while it had a connection or a call in flight.',
    on('clientHeard', ({ connection }, { own }) => isLeftBehind(own, connection)),
    on('clientHeardClose', ({ connection }, { own }) => isLeftBehind(own, connection)),
    on('refreshAnswered', ({ call }, { own }) => {
      const cycle = own?.session?.cycle;
      return cycle?.at !== 'asking' || cycle.call !== call;
    }),
    onCommand(['startSession'], (_action, { own }) => own?.connection != null || own?.session?.cycle.at === 'asking'),
  ],
  S3: [
    'A call of updateSessionToken settled.',
    onSeen('settled', ({ observation }, { own }) => entryOf(own?.promises, observation.promise)?.of === 'updateSessionToken'),
  ],
  S4: [
    'A token update was accepted on a connection with a live subscription or a write not yet answered.',
    onWord('clientHeard', ['tokenAccepted'], ({ connection }, { own }) => {
      return own?.connection === connection && (hasLiveSubscription(own) || hasPending(own));
    }),
  ],
  S5: [
    'The server closed an accepted connection as expired, or received a write or a subscription when its token had expired already.',
    on('serverClosed', ({ closing }, { ownConnection }) => closing.reason === 'TOKEN_EXPIRED' && ownConnection?.accepted != null),
    onWord('serverReceived', ['write', 'subscribe'], ({ connection }, { before }) => isExpiredAtServer(before, connection)),
  ],
  S6: [
    'A token with other claims came in by an update: its roles were other ones, or it was accepted.',
    on('serverClosed', ({ closing }) => closing.reason === 'ROLES_MISMATCH'),
    onWord('serverSent', ['tokenAccepted'], ({ connection }, moment) => hasOtherClaims(moment, connection)),
  ],
  S7: ['The refresh handler was asked.', onSeen('refreshAsked', () => true)],
  S8: [
    'A close that onSessionError must tell was heard, or a network loss that it must not.',
    on('clientHeardClose', ({ connection, closing }, { own }) => {
      return own?.connection === connection && (!closing.retry || closing.reason === null);
    }),
  ],
  S9: [
    'An attempt began by the reconnect timer, a connection was given up, or a close came that must not lead to an attempt.',
    on('attempted', (_action, { own }) => own?.attemptDue?.byTimer === true),
    on('clientClosed', ({ givenUp }) => givenUp),
    on('serverClosed', ({ givenUp }) => givenUp),
    on('clientHeardClose', ({ connection, closing }, { own }) => own?.connection === connection && !closing.retry),
  ],
  S10: [
    'A session ended that had a connection, a timer, a pending update, a subscription or a write not yet answered.',
    onCommand(['endSession'], (_action, { own }) => {
      if (own === undefined || own.session === null) return false;
      const isWaiting = own.attemptDue !== null || own.session.cycle.at !== 'idle' || own.updates.length > 0;
      return own.connection !== null || isWaiting || Object.keys(own.subscriptions).length > 0 || hasPending(own);
    }),
  ],
  S11: [
    'A token was refused before any data, or the key set was fetched.',
    on('serverClosed', ({ closing }, { ownConnection }) => isRefusal(closing.reason) && ownConnection?.accepted === null),
    onWord('serverSent', ['tokenRefused'], () => true),
    on('keysFetched', () => true),
  ],
});
