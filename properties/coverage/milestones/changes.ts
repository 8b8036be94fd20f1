/** What must happen now and then to permissions, to schemas, and with bad input. */

import { entryOf } from '../../../model/entry-of.ts';
import type { Action } from '../../../model/index.ts';
import { type Moment, noting, notingWord, on, onWord, probes, type Trigger } from '../probe.ts';
import {
  countRows,
  hasWaiting,
  isJoined,
  isLetThroughByAFilter,
  isRefusal,
  isServed,
  showsWhatIsHidden,
  some,
  verdictOnAttributes,
  writeAt,
} from '../reading.ts';

/** What a push does to the rows of a subscription by its permissions, not by what was written meanwhile. */
type ByPermissions = 'takes' | 'brings';

function nameOf(does: ByPermissions, connection: number, subscription: string, version: number): string {
  return `push ${does} a row: ${connection} ${subscription} ${version}`;
}

/** Of answers that are owed for a push, and not for other claims. Both permits look at the same version. */
function notePush(
  does: ByPermissions,
  { connection, word }: Extract<Action, { readonly kind: 'serverSent' }>,
  { before, after, past }: Moment,
): void {
  if (word.word !== 'answered') return;
  const old = entryOf(before.connections[connection]?.subscriptions, word.subscription);
  const present = entryOf(after.connections[connection]?.subscriptions, word.subscription);
  if (old?.stale !== 'C5' || present === undefined) return;
  const [shown, hidden] = does === 'takes' ? [old.permit, present.permit] : [present.permit, old.permit];
  if (showsWhatIsHidden(after, word.version, present.query, shown, hidden)) {
    past.note(nameOf(does, connection, word.subscription, word.version));
  }
}

function heardAfterAPush(does: ByPermissions): Trigger {
  return onWord('clientHeard', ['answered'], ({ connection, word }, { past, own }) => {
    if (own?.connection !== connection || entryOf(own.subscriptions, word.subscription) === undefined) return false;
    return past.has(nameOf(does, connection, word.subscription, word.version));
  });
}

export const changeMilestones = probes({
  'write denied': ['A write is rejected for want of permission.', on('refused', ({ error }) => error === 'PermissionDeniedError')],
  'write let through by a filter': [
    'A write commits that was allowed by what its rows are, and not by claims alone.',
    on('committed', ({ version }, { before, after }) => isLetThroughByAFilter(before, version, writeAt(after, version))),
  ],
  'write against the schema': [
    'A write is rejected that the schema forbids.',
    on('refused', ({ error }) => error === 'SchemaViolationError'),
  ],
  'rows held back': [
    'An answer leaves out rows for want of permission.',
    onWord('serverSent', ['answered'], ({ connection, word }, { after }) => {
      const served = entryOf(after.connections[connection]?.subscriptions, word.subscription);
      if (served?.permit == null || served.query.where.length > 0 || served.query.limit !== undefined) return false;
      return word.rows.length < countRows(after, word.version, served.query.collection);
    }),
  ],
  'secret token passes': [
    'A secret token is accepted while the schema restricts a collection.',
    onWord('serverSent', ['accepted', 'tokenAccepted'], ({ connection }, { before, after }) => {
      if (after.connections[connection]?.accepted?.secret !== true) return false;
      return some(before.server.schema?.collections ?? {}, ({ permissions }) => permissions != null);
    }),
  ],
  'permission change takes a row away': [
    'A client hears the answer after a push, without a row that it would hold by the permissions before.',
    heardAfterAPush('takes'),
    noting('serverSent', (action, moment) => notePush('takes', action, moment)),
  ],
  'permission change brings a row': [
    'A client hears the answer after a push, with a row that it would not hold by the permissions before.',
    heardAfterAPush('brings'),
    noting('serverSent', (action, moment) => notePush('brings', action, moment)),
  ],
  'incompatible schema over another': [
    'A schema is committed that breaks the clients of the one before.',
    on('schemaCommitted', (_action, { before, after }) => verdictOnAttributes(before, after) === 'incompatible'),
  ],
  'compatible schema over another': [
    'A schema with other attributes is committed that breaks no client of the one before.',
    on('schemaCommitted', (_action, { before, after }) => verdictOnAttributes(before, after) === 'compatible'),
  ],
  'schema asked for': ['The server does not know a hash and asks.', onWord('serverSent', ['schemaAsked'], () => true)],
  'accepted after its schema': [
    'A client is accepted that was asked for its schema.',
    onWord('serverSent', ['accepted'], (_action, { ownConnection }) => ownConnection?.schema === 'received'),
  ],
  'refused for its schema': [
    'A client that has not been accepted is closed with SCHEMA_MISMATCH.',
    on('serverClosed', ({ closing }, { ownConnection }) => closing.reason === 'SCHEMA_MISMATCH' && ownConnection?.accepted === null),
  ],
  'token goes bad while its schema is asked for': [
    'A client is refused as UNAUTHORIZED or expired after it was asked for its schema.',
    on('serverClosed', ({ closing }, { ownConnection }) => {
      return isRefusal(closing.reason) && ownConnection?.accepted === null && ownConnection.schema !== 'unasked';
    }),
  ],
  'push refused by data': [
    'A push is refused, since rows of the current version violate it.',
    on('pushSettled', ({ outcome }) => outcome.outcome === 'refused'),
  ],
  'push breaks one client and not another': [
    'An accepted client is closed with SCHEMA_MISMATCH while another one with a schema lives on.',
    on('serverClosed', ({ connection, closing }, { before, ownConnection }) => {
      if (closing.reason !== 'SCHEMA_MISMATCH' || ownConnection?.accepted == null) return false;
      return some(
        before.connections,
        (other, number) => Number(number) !== connection && isServed(other) && other.mustClose === null && other.hello?.schema != null,
      );
    }),
  ],
  'compatible push over live subscriptions': [
    'A schema is committed, and a connected client with a schema lives on.',
    on('schemaCommitted', (_action, { before, after }) =>
      some(
        after.connections,
        (connection, number) =>
          isServed(connection) &&
          connection.mustClose === null &&
          connection.hello?.schema != null &&
          before.connections[Number(number)]?.accepted != null,
      ),
    ),
  ],
  'push waits for a write': [
    'A push is called for while a write is being appended.',
    on('schemaPushed', (_action, { before }) => isJoined(before, 'write')),
  ],
  'write waits for a push': [
    'A write reaches the server while a schema is being appended.',
    onWord('serverReceived', ['write'], (_action, { before }) => isJoined(before, 'schema')),
  ],
  'push waits for a push': [
    'A push is called for while another one is not decided.',
    on('schemaPushed', (_action, { before }) => isJoined(before, 'schema') || before.server.pushes.length > 0),
  ],
  'push refused in a batch': [
    'A push is refused behind entries that are not durable yet.',
    on('schemaRefused', (_action, { before }) => before.server.appending !== null),
  ],
  'push fails with its server': [
    'overrideSchema rejects: storage failed, or the server was closed.',
    on('pushSettled', ({ outcome }) => outcome.outcome === 'failed'),
  ],
  'first schema': [
    'A schema is committed where there was none.',
    on('schemaCommitted', (_action, { before }) => before.server.schema === null),
  ],
  'schema outlives a restart': [
    'The server begins again with a schema that was pushed.',
    on('recovered', (_action, { after }) => after.server.schema !== null && after.server.schemaVersion > 0),
  ],
  'nonsense beside a sound connection': [
    'A frame of nonsense arrives at the server while another client is connected.',
    onWord('serverReceived', ['nonsense'], ({ connection }, { before }) =>
      some(before.connections, (other, number) => Number(number) !== connection && isServed(other)),
    ),
  ],
  'nonsense behind a write': [
    'A frame of nonsense arrives while a write of the same connection is not decided: what came before it is handled first.',
    onWord('serverReceived', ['nonsense'], (_action, { own, ownConnection }) => hasWaiting(own, ownConnection)),
  ],
  'client hears nonsense and comes back': [
    'A client gives up a connection on which it heard nonsense, and is accepted again.',
    onWord('clientHeard', ['accepted'], ({ client }, { past }) => past.has(`heard nonsense ${client}`)),
    notingWord('clientHeard', ['nonsense'], ({ client, connection }, { past, own }) => {
      if (own?.connection === connection) past.note(`heard nonsense ${client}`);
    }),
  ],
  'stranger beside a client': [
    'A stranger says something while a client is connected.',
    on('strangerHeard', (_action, { before }) => some(before.connections, isServed)),
  ],
});
