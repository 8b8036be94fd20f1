/** When a rule of permissions (P) or of the schema (C) is put to the test. */

import { entryOf } from '../../../model/entry-of.ts';
import { on, onWord, probes } from '../probe.ts';
import { isLetThroughByAFilter, isServed, showsWhatIsHidden, some, someServed, verdictOnAttributes, writeAt } from '../reading.ts';

export const authorityRules = probes({
  P1: [
    'A write was denied, or let through by a filter and not by claims alone.',
    on('refused', ({ error }) => error === 'PermissionDeniedError'),
    on('committed', ({ version }, { before, after }) => isLetThroughByAFilter(before, version, writeAt(after, version))),
  ],
  P2: [
    'An answer or update was sent that permissions, and nothing else, kept a row out of.',
    onWord('serverSent', ['answered', 'updated'], ({ connection, word }, { after }) => {
      const subscription = word.word === 'answered' ? word.subscription : word.subscriptions[0];
      const served = subscription === undefined ? undefined : entryOf(after.connections[connection]?.subscriptions, subscription);
      return served !== undefined && showsWhatIsHidden(after, word.version, served.query, null, served.permit);
    }),
  ],
  C1: [
    'At quiescence a client or the server had a schema, and a subscription, a write or a permission had made use of it.',
    on('quiescent', ({ quiescence }, { before }) =>
      some(
        before.clients,
        ({ schema, subscriptions, writes, name }) =>
          (schema !== null || quiescence.server?.schema != null) &&
          quiescence.statuses[name] === 'OPEN' &&
          (writes.length > 0 || some(subscriptions, () => true)),
      ),
    ),
  ],
  C2: [
    'A schema replaced another one that has other attributes; each verdict on that is a milestone.',
    on('schemaCommitted', (_action, { before, after }) => verdictOnAttributes(before, after) !== null),
  ],
  C3: [
    'A push was refused by the data or accepted over rows, or a write was refused by the schema.',
    on('pushSettled', ({ outcome }) => outcome.outcome === 'refused'),
    on('schemaCommitted', (_action, { before }) => some(before.server.versions.at(-1) ?? {}, () => true)),
    on('refused', ({ error }) => error === 'SchemaViolationError'),
  ],
  C4: [
    'A client with a schema said hello to a server with one, or a connection was closed for its schema.',
    onWord('serverReceived', ['hello'], ({ word }, { before }) => word.schema !== null && before.server.schema !== null),
    onWord('serverReceived', ['schemaSaid'], () => true),
    on('serverClosed', ({ closing }) => closing.reason === 'SCHEMA_MISMATCH'),
  ],
  C5: [
    'A schema was committed while a subscription was live.',
    on('schemaCommitted', (_action, { before }) => some(before.connections, isServed) && someServed(before, () => true)),
  ],
});
