/** What must happen now and then to sessions, tokens and connections. */
import type { Closing, State } from '../../../model/index.ts';
import { noting, notingCommand, notingWord, on, onCommand, onSeen, onWord, probes } from '../probe.ts';
import { hasOtherClaims, hasPending, isLeftBehind, isRefusal, isServed, some } from '../reading.ts';

export const sessionMilestones = probes({
  'session replaced while its socket opens': [
    'startSession with another token while the attempt of the last one has not opened yet.',
    onCommand(['startSession'], ({ command }, { before, own }) => {
      if (own?.connection == null || own.session?.token.label === command.token.label) return false;
      return before.connections[own.connection]?.openAtClient === false;
    }),
  ],
  'session replaced between hello and acceptance': [
    'startSession with another token after hello was said and before the acceptance was heard.',
    onCommand(['startSession'], ({ command }, { before, own }) => {
      if (own?.status !== 'CONNECTING' || own.connection === null) return false;
      return own.session?.token.label !== command.token.label && before.connections[own.connection]?.saidHello === true;
    }),
  ],
  'same token keeps a live connection': [
    'startSession with the very token of a session that is OPEN.',
    onCommand(['startSession'], ({ client, command }, { after, own }) => {
      if (own?.status !== 'OPEN') return false;
      return own.session?.token.label === command.token.label && after.clients[client]?.connection === own.connection;
    }),
  ],
  'late data': [
    'An answer or update arrives on a connection that the session has left behind.',
    onWord('clientHeard', ['answered', 'updated'], ({ connection }, { own }) => isLeftBehind(own, connection)),
  ],
  'late acceptance': [
    'An acceptance arrives on a connection that the session has left behind.',
    onWord('clientHeard', ['accepted'], ({ connection }, { own }) => isLeftBehind(own, connection)),
  ],
  'late refusal': [
    'A close with a reason of the server arrives on a connection that the session has left behind.',
    on('clientHeardClose', ({ connection, closing }, { own }) => isRefusal(closing.reason) && isLeftBehind(own, connection)),
  ],
  'handler answers a session that is gone': [
    'The refresh handler of a replaced or ended session gives a token.',
    on('refreshAnswered', ({ call, token }, { own }) => {
      const cycle = own?.session?.cycle;
      return token !== null && (cycle?.at !== 'asking' || cycle.call !== call);
    }),
  ],
  'handler asked while offline': [
    'The refresh handler is asked without a connection.',
    onSeen('refreshAsked', (_action, { own }) => own?.connection === null),
  ],
  'handler asked first': [
    'startSession waits for the handler, since its token has expired by the clock of the client.',
    onCommand(['startSession'], ({ client }, { after }) => after.clients[client]?.session?.waitingStart != null),
  ],
  'attempt of a back-off waits for the handler': [
    'The handler is asked when the reconnect timer has fired, since the token has expired by then.',
    onSeen('refreshAsked', ({ client }, { own, after }) => {
      return own?.attemptDue?.byTimer === true && after.clients[client]?.session?.attemptWaits === true;
    }),
  ],
  'attempt goes out though the handler failed': [
    'The handler gives nothing while an attempt waits for it.',
    on('refreshAnswered', ({ token }, { own }) => token === null && own?.session?.attemptWaits === true),
  ],
  'accepted token of a clock that is ahead': [
    'The server accepts a token of the handler that the clock of the client calls expired.',
    onWord('clientHeard', ['accepted'], (_action, { own }) => own?.session?.isDisputed === true),
  ],
  'closed by its user while the handler is asked': [
    'disconnect while a call of the handler is in flight.',
    onCommand(['disconnect'], (_action, { own }) => own?.session?.cycle.at === 'asking'),
  ],
  'handler reconnects after expiry': [
    'A close with TOKEN_EXPIRED, then a token of the handler, then an acceptance.',
    onWord('clientHeard', ['accepted'], ({ client }, { past }) => past.has(`token after expiry ${client}`)),
    notingWord('clientHeard', ['accepted'], ({ client }, { past }) => past.forget(`token after expiry ${client}`)),
    noting('refreshAnswered', ({ client, token }, { past }) => {
      if (token !== null && past.has(`expired ${client}`)) past.note(`token after expiry ${client}`);
    }),
    noting('clientHeardClose', ({ client, connection, closing }, { past, own }) => {
      if (own?.connection !== connection) return;
      past.forget(`expired ${client}`);
      past.forget(`token after expiry ${client}`);
      if (closing.reason === 'TOKEN_EXPIRED') past.note(`expired ${client}`);
    }),
  ],
  'handler fails and is asked again': [
    'The handler gives nothing, and later a token.',
    on('refreshAnswered', ({ client, token }, { past }) => token !== null && past.has(`handler failed ${client}`)),
    noting('refreshAnswered', ({ client, token }, { past }) => {
      if (token === null) past.note(`handler failed ${client}`);
    }),
    notingCommand(['startSession'], ({ client }, { past }) => past.forget(`handler failed ${client}`)),
  ],
  'refused update then a good one': [
    'A token update is refused, a later one of the same connection is accepted.',
    onWord('clientHeard', ['tokenAccepted'], ({ connection }, { past }) => past.has(`refused on ${connection}`)),
    notingWord('clientHeard', ['tokenRefused'], ({ connection }, { past }) => past.note(`refused on ${connection}`)),
  ],
  'token of the handler refused': [
    'The server refuses an update that the handler led to.',
    onWord('clientHeard', ['tokenRefused'], ({ connection, word }, { own }) => {
      return own?.connection === connection && own.updates.some(({ request, promise }) => request === word.request && promise === null);
    }),
  ],
  'two updates on their way': [
    'updateSessionToken while an earlier update has not been answered.',
    onCommand(['updateSessionToken'], ({ client }, { after, own }) => {
      const before = own?.updates.length ?? 0;
      return before > 0 && (after.clients[client]?.updates.length ?? 0) > before;
    }),
  ],
  'update waits for OPEN': [
    'updateSessionToken while CONNECTING.',
    onCommand(['updateSessionToken'], ({ client }, { after, own }) => {
      return own?.status === 'CONNECTING' && (after.clients[client]?.updates.length ?? 0) > 0;
    }),
  ],
  'update stored by a lost connection': [
    'A connection is lost while an update has been sent and not answered.',
    on('clientHeardClose', ({ connection, closing }, { own }) => {
      return own?.connection === connection && closing.reason === null && own.updates.some(({ request }) => request !== null);
    }),
  ],
  'update refused for its roles': [
    'A close with ROLES_MISMATCH answers an update.',
    on('clientHeardClose', ({ connection, closing }, { own }) => {
      return closing.reason === 'ROLES_MISMATCH' && own?.connection === connection && own.updates.length > 0;
    }),
  ],
  'claims change under equal roles': [
    'The server accepts an update with other claims.',
    onWord('serverSent', ['tokenAccepted'], ({ connection }, moment) => hasOtherClaims(moment, connection)),
  ],
  'expiry during an append': [
    'The server closes a connection as expired while it appends a write of that client.',
    on('serverClosed', ({ client, closing }, { before }) => {
      const joined = before.server.appending?.joined ?? [];
      return closing.reason === 'TOKEN_EXPIRED' && joined.some((each) => each.what === 'write' && each.client === client);
    }),
  ],
  'expiry timer set again': [
    'The expiry timer fires before the token has expired, since the wall clock jumped back.',
    on('time', (_action, { before, after }) => {
      const was = (number: string): number | null => before.connections[Number(number)]?.expiryDueMs ?? null;
      return before.connections !== after.connections && some(after.connections, ({ expiryDueMs }, number) => expiryDueMs !== was(number));
    }),
  ],
  'expired token of a clock that is behind': [
    'The server refuses a token as expired that the client takes for good.',
    on('serverClosed', ({ client, closing }, { before, ownConnection }) => {
      if (closing.reason !== 'TOKEN_EXPIRED' || ownConnection?.accepted !== null || ownConnection.hello?.token.expiresAtMs == null)
        return false;
      const clientMs = before.configuration.epochMs + before.nowMs + (before.wallOffsetsMs[client] ?? 0);
      return clientMs < ownConnection.hello.token.expiresAtMs;
    }),
  ],
  'key set fetched anew': [
    'The server fetches the key set after the keys were rotated under it.',
    on('keyFetchEnded', ({ keys }, { before: { server } }) => {
      return server.keys.held !== null && keys?.some((key) => !server.keys.held?.names.includes(key)) === true;
    }),
  ],
  'old key set fetched again': [
    'A fetch begins since the key set that is held is too old.',
    on('keyFetchBegan', (_action, { before, after }) => before.server.keys.held !== null && after.server.keys.fetching?.forName === false),
  ],
  'fetch of the key set given up': [
    'The key set has not come in time.',
    on('time', (_action, { before, after }) => before.server.keys.fetching !== null && after.server.keys.fetching === null),
  ],
  'late key set': [
    'A key set comes after its fetch was given up.',
    on('keyFetchEnded', ({ fetch, keys }, { before }) => keys !== null && before.server.keys.fetching?.fetch !== fetch),
  ],
  'unknown name during the cool-down': [
    'A sound token is refused without a fetch, since the key set was fetched for an unknown name just before.',
    on('serverClosed', ({ closing }, { before: { server }, ownConnection }) => {
      const hello = ownConnection?.hello;
      if (closing.reason !== 'UNAUTHORIZED' || hello?.token.flaw !== 'none') return false;
      return server.keys.held?.names.includes(hello.token.key) === false && server.keys.endedWell === hello.wellBefore;
    }),
  ],
  'hello that cannot be judged for want of keys': [
    'The server closes a connection with INTERNAL_ERROR, retry, since the key set cannot be had.',
    on('serverClosed', ({ closing }, moment) => isWant(closing, moment.before) && moment.ownConnection?.accepted === null),
  ],
  'update that cannot be judged for want of keys': [
    'The same on a live connection, whose token was to be replaced.',
    on('serverClosed', ({ closing }, { before, ownConnection }) => {
      return isWant(closing, before) && ownConnection?.accepted != null && ownConnection.updates.length > 0;
    }),
  ],
  'token of a key that is gone': [
    'A sound token is refused, since its key is no longer published.',
    on('serverClosed', ({ closing }, { before, ownConnection }) => {
      const token = ownConnection?.hello?.token;
      return closing.reason === 'UNAUTHORIZED' && token?.flaw === 'none' && before.server.keys.held?.names.includes(token.key) === false;
    }),
  ],
  'client notices a silent connection': [
    'The heartbeat of a client gives a connection up.',
    on('clientClosed', ({ connection, givenUp }, { own }) => givenUp && own?.connection === connection),
  ],
  'server notices a silent connection': [
    'The heartbeat of the server gives a connection up.',
    on('serverClosed', ({ givenUp }) => givenUp),
  ],
  'CLOSING ends by its timer': [
    'The close of a disconnect is never heard; the client gives up waiting.',
    onSeen('status', ({ observation }, { before, own }) => {
      const closing = own?.closing ?? null;
      return observation.status === 'CLOSED' && closing !== null && before.nowMs > closing.sinceMs;
    }),
  ],
  'connect while CLOSING': [
    'connect() before the close of disconnect() is heard.',
    onCommand(['connect'], (_action, { own }) => own?.status === 'CLOSING'),
  ],
  'third failure in a row': [
    'An attempt after three failures without an acceptance in between.',
    on('attempted', (_action, { own }) => (own?.failuresInARow ?? 0) >= 3),
  ],
  'back-off starts over': [
    'A network loss after an acceptance that followed failures.',
    on('clientHeardClose', ({ client, connection, closing }, { past, own }) => {
      return closing.retry && own?.connection === connection && past.has(`recovered ${client}`);
    }),
    notingWord('clientHeard', ['accepted'], ({ client }, { past, own }) => {
      if ((own?.failuresInARow ?? 0) > 0) past.note(`recovered ${client}`);
    }),
  ],
  'outbox goes out under the next session': [
    'A write that was pending when a session ended is sent in a later one.',
    onWord('clientSent', ['write'], ({ client, word }, { past }) => past.has(`left in the outbox ${client} ${word.sequence}`)),
    notingCommand(['endSession', 'startSession'], ({ client }, { past, own }) => {
      if (own === undefined || own.session === null || !hasPending(own)) return;
      for (const { sequence, acknowledged } of own.writes) if (!acknowledged) past.note(`left in the outbox ${client} ${sequence}`);
    }),
  ],
  'three connections at once': [
    'The server accepts a connection while two others are accepted.',
    onWord('serverSent', ['accepted'], (_action, { before }) => Object.values(before.connections).filter(isServed).length >= 2),
  ],
});

function isWant({ reason, retry }: Closing, { server }: State): boolean {
  return reason === 'INTERNAL_ERROR' && retry && server.phase === 'running' && server.keys.failedMs !== null;
}
