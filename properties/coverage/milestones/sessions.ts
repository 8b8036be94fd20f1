/** What must happen now and then to sessions, tokens and connections. */
import { noting, on, onCommand, onSeen, onWord, type Probe, probe } from '../probe.ts';
import { hasPending, isLeftBehind, isServed, sameClaims } from '../reading.ts';

export const sessionMilestones: readonly Probe[] = [
  probe(
    'session replaced while its socket opens',
    'startSession with another token while the attempt of the last one has not opened yet.',
    onCommand(['startSession'], ({ client, command }, { before }) => {
      const known = before.clients[client];
      if (known?.connection == null || known.session?.token.label === command.token.label) return false;
      return before.connections[known.connection]?.openAtClient === false;
    }),
  ),
  probe(
    'session replaced between hello and acceptance',
    'startSession with another token after hello was said and before the acceptance was heard.',
    onCommand(['startSession'], ({ client, command }, { before }) => {
      const known = before.clients[client];
      if (known?.status !== 'CONNECTING' || known.connection === null) return false;
      return known.session?.token.label !== command.token.label && before.connections[known.connection]?.saidHello === true;
    }),
  ),
  probe(
    'same token keeps a live connection',
    'startSession with the very token of a session that is OPEN.',
    onCommand(['startSession'], ({ client, command }, { before, after }) => {
      const known = before.clients[client];
      if (known?.status !== 'OPEN') return false;
      return known.session?.token.label === command.token.label && after.clients[client]?.connection === known.connection;
    }),
  ),
  probe(
    'late data',
    'An answer or update arrives on a connection that the session has left behind.',
    onWord('clientHeard', ['answered', 'updated'], ({ client, connection }, { before }) =>
      isLeftBehind(before.clients[client], connection),
    ),
  ),
  probe(
    'late acceptance',
    'An acceptance arrives on a connection that the session has left behind.',
    onWord('clientHeard', ['accepted'], ({ client, connection }, { before }) => isLeftBehind(before.clients[client], connection)),
  ),
  probe(
    'late refusal',
    'A close with a reason of the server arrives on a connection that the session has left behind.',
    on(
      'clientHeardClose',
      ({ client, connection, closing }, { before }) =>
        (closing.reason === 'UNAUTHORIZED' || closing.reason === 'TOKEN_EXPIRED') && isLeftBehind(before.clients[client], connection),
    ),
  ),
  probe(
    'handler answers a session that is gone',
    'The refresh handler of a replaced or ended session gives a token.',
    on('refreshAnswered', ({ client, call, token }, { before }) => {
      const cycle = before.clients[client]?.session?.cycle;
      return token !== null && (cycle?.at !== 'asking' || cycle.call !== call);
    }),
  ),
  probe(
    'handler asked while offline',
    'The refresh handler is asked without a connection.',
    onSeen('refreshAsked', ({ client }, { before }) => before.clients[client]?.connection === null),
  ),
  probe(
    'handler asked first',
    'startSession waits for the handler, since its token has expired by the clock of the client.',
    onCommand(['startSession'], ({ client }, { after }) => after.clients[client]?.session?.waitingStart != null),
  ),
  probe(
    'handler reconnects after expiry',
    'A close with TOKEN_EXPIRED, then a token of the handler, then an acceptance.',
    onWord('clientHeard', ['accepted'], ({ client }, { past }) => past.has(`token after expiry ${client}`)),
    noting('clientHeard', ({ client, word }, { past }) => {
      if (word.word === 'accepted') past.forget(`token after expiry ${client}`);
    }),
    noting('refreshAnswered', ({ client, token }, { past }) => {
      if (token !== null && past.has(`expired ${client}`)) past.note(`token after expiry ${client}`);
    }),
    noting('clientHeardClose', ({ client, connection, closing }, { before, past }) => {
      if (before.clients[client]?.connection !== connection) return;
      past.forget(`expired ${client}`);
      past.forget(`token after expiry ${client}`);
      if (closing.reason === 'TOKEN_EXPIRED') past.note(`expired ${client}`);
    }),
  ),
  probe(
    'handler fails and is asked again',
    'The handler gives nothing, and later a token.',
    on('refreshAnswered', ({ client, token }, { past }) => token !== null && past.has(`handler failed ${client}`)),
    noting('refreshAnswered', ({ client, token }, { past }) => {
      if (token === null) past.note(`handler failed ${client}`);
    }),
    noting('command', ({ client, command }, { past }) => {
      if (command.do === 'startSession') past.forget(`handler failed ${client}`);
    }),
  ),
  probe(
    'refused update then a good one',
    'A token update is refused, a later one of the same connection is accepted.',
    onWord('clientHeard', ['tokenAccepted'], ({ connection }, { past }) => past.has(`refused on ${connection}`)),
    noting('clientHeard', ({ connection, word }, { past }) => {
      if (word.word === 'tokenRefused') past.note(`refused on ${connection}`);
    }),
  ),
  probe(
    'token of the handler refused',
    'The server refuses an update that the handler led to.',
    onWord(
      'clientHeard',
      ['tokenRefused'],
      ({ client, connection, word }, { before }) =>
        before.clients[client]?.connection === connection &&
        before.clients[client]?.updates.some(({ request, promise }) => request === word.request && promise === null) === true,
    ),
  ),
  probe(
    'two updates on their way',
    'updateSessionToken while an earlier update has not been answered.',
    onCommand(
      ['updateSessionToken'],
      ({ client }, { before, after }) =>
        (before.clients[client]?.updates.length ?? 0) > 0 &&
        (after.clients[client]?.updates.length ?? 0) > (before.clients[client]?.updates.length ?? 0),
    ),
  ),
  probe(
    'update waits for OPEN',
    'updateSessionToken while CONNECTING.',
    onCommand(['updateSessionToken'], ({ client }, { before, after }) => {
      if (before.clients[client]?.status !== 'CONNECTING') return false;
      return (after.clients[client]?.updates.length ?? 0) > 0;
    }),
  ),
  probe(
    'update stored by a lost connection',
    'A connection is lost while an update has been sent and not answered.',
    on('clientHeardClose', ({ client, connection, closing }, { before }) => {
      const known = before.clients[client];
      return known?.connection === connection && closing.reason === null && known.updates.some(({ request }) => request !== null);
    }),
  ),
  probe(
    'update refused for its roles',
    'A close with ROLES_MISMATCH answers an update.',
    on(
      'clientHeardClose',
      ({ client, connection, closing }, { before }) =>
        closing.reason === 'ROLES_MISMATCH' &&
        before.clients[client]?.connection === connection &&
        (before.clients[client]?.updates.length ?? 0) > 0,
    ),
  ),
  probe(
    'claims change under equal roles',
    'The server accepts an update with other claims.',
    onWord('serverSent', ['tokenAccepted'], ({ connection }, { before, after }) => {
      const old = before.connections[connection]?.accepted;
      const accepted = after.connections[connection]?.accepted;
      return old != null && accepted != null && !sameClaims(old, accepted);
    }),
  ),
  probe(
    'expiry during an append',
    'The server closes a connection as expired while it appends a write of that client.',
    on('serverClosed', ({ client, closing }, { before }) => {
      const { appending } = before.server;
      return closing.reason === 'TOKEN_EXPIRED' && appending?.what === 'write' && appending.client === client;
    }),
  ),
  probe(
    'expiry timer set again',
    'The expiry timer fires before the token has expired, since the wall clock jumped back.',
    on('time', (_action, { before, after }) => {
      if (before.connections === after.connections) return false;
      return Object.entries(after.connections).some(
        ([number, { expiryDueMs }]) => expiryDueMs !== (before.connections[Number(number)]?.expiryDueMs ?? null),
      );
    }),
  ),
  probe(
    'expired token of a clock that is behind',
    'The server refuses a token as expired that the client takes for good.',
    on('serverClosed', ({ client, connection, closing }, { before }) => {
      const present = before.connections[connection];
      if (closing.reason !== 'TOKEN_EXPIRED' || present?.accepted !== null || present.hello?.token.expiresAtMs == null) return false;
      const clientMs = before.configuration.epochMs + before.nowMs + (before.wallOffsetsMs[client] ?? 0);
      return clientMs < present.hello.token.expiresAtMs;
    }),
  ),
  probe(
    'key set fetched anew',
    'The server fetches the key set after the keys were rotated under it.',
    on(
      'keysFetched',
      ({ keys }, { before }) => before.server.heldKeys.length > 0 && keys.some((key) => !before.server.heldKeys.includes(key)),
    ),
  ),
  probe(
    'token of a key that is gone',
    'A sound token is refused, since its key is no longer published.',
    on('serverClosed', ({ connection, closing }, { before }) => {
      const token = before.connections[connection]?.hello?.token;
      return closing.reason === 'UNAUTHORIZED' && token?.flaw === 'none' && token.key !== before.server.publishedKeys.at(-1);
    }),
  ),
  probe(
    'client notices a silent connection',
    'The heartbeat of a client gives a connection up.',
    on('clientClosed', ({ client, connection, givenUp }, { before }) => givenUp && before.clients[client]?.connection === connection),
  ),
  probe(
    'server notices a silent connection',
    'The heartbeat of the server gives a connection up.',
    on('serverClosed', ({ givenUp }) => givenUp),
  ),
  probe(
    'CLOSING ends by its timer',
    'The close of a disconnect is never heard; the client gives up waiting.',
    onSeen('status', ({ client, observation }, { before }) => {
      const closing = before.clients[client]?.closing ?? null;
      return observation.status === 'CLOSED' && closing !== null && before.nowMs > closing.sinceMs;
    }),
  ),
  probe(
    'connect while CLOSING',
    'connect() before the close of disconnect() is heard.',
    onCommand(['connect'], ({ client }, { before }) => before.clients[client]?.status === 'CLOSING'),
  ),
  probe(
    'third failure in a row',
    'An attempt after three failures without an acceptance in between.',
    on('attempted', ({ client }, { before }) => (before.clients[client]?.failuresInARow ?? 0) >= 3),
  ),
  probe(
    'back-off starts over',
    'A network loss after an acceptance that followed failures.',
    on(
      'clientHeardClose',
      ({ client, connection, closing }, { before, past }) =>
        closing.retry && before.clients[client]?.connection === connection && past.has(`recovered ${client}`),
    ),
    noting('clientHeard', ({ client, word }, { before, past }) => {
      if (word.word === 'accepted' && (before.clients[client]?.failuresInARow ?? 0) > 0) past.note(`recovered ${client}`);
    }),
  ),
  probe(
    'outbox goes out under the next session',
    'A write that was pending when a session ended is sent in a later one.',
    onWord('clientSent', ['write'], ({ client, word }, { past }) => past.has(`left in the outbox ${client} ${word.sequence}`)),
    noting('command', ({ client, command }, { before, past }) => {
      if (command.do !== 'endSession' && command.do !== 'startSession') return;
      const known = before.clients[client];
      if (known === undefined || known.session === null || !hasPending(known)) return;
      for (const { sequence, acknowledged } of known.writes) if (!acknowledged) past.note(`left in the outbox ${client} ${sequence}`);
    }),
  ),
  probe(
    'three connections at once',
    'The server accepts a connection while two others are accepted.',
    onWord('serverSent', ['accepted'], (_action, { before }) => Object.values(before.connections).filter(isServed).length >= 2),
  ),
];
