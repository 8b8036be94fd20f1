/** When a rule of permissions (P) or of the schema (C) is put to the test. */
import { on, onWord, type Probe, probe } from '../probe.ts';
import { isRestricted, isServed, some, someServed, writeAt } from '../reading.ts';

export const authorityRules: readonly Probe[] = [
  probe(
    'P1',
    'A write was judged by the permissions of a restricted collection: denied, or let through.',
    on('refused', ({ error }) => error === 'PermissionDeniedError'),
    on(
      'committed',
      ({ version }, { after }) => writeAt(after, version)?.changes.some(({ collection }) => isRestricted(after, collection)) ?? false,
    ),
  ),
  probe(
    'P2',
    'An answer or update about a restricted collection was sent while the collection had rows.',
    onWord('serverSent', ['answered', 'updated'], ({ client, word }, { before }) => {
      const subscription = word.word === 'answered' ? word.subscription : word.subscriptions[0];
      const collection = subscription === undefined ? undefined : before.clients[client]?.queries[subscription]?.collection;
      if (collection === undefined || !isRestricted(before, collection)) return false;
      return some(before.server.versions[word.version] ?? {}, (_row, key) => key.startsWith(`${collection}/`));
    }),
  ),
  probe(
    'C1',
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
  ),
  probe(
    'C2',
    'A schema replaced another one.',
    on('schemaCommitted', (_action, { before }) => before.server.schema !== null),
  ),
  probe(
    'C3',
    'A push was refused by the data or accepted over rows, or a write was refused by the schema.',
    on('pushSettled', ({ outcome }) => outcome.outcome === 'refused'),
    on('schemaCommitted', (_action, { before }) => some(before.server.versions.at(-1) ?? {}, () => true)),
    on('refused', ({ error }) => error === 'SchemaViolationError'),
  ),
  probe(
    'C4',
    'A client with a schema said hello to a server with one, or a connection was closed for its schema.',
    onWord('serverReceived', ['hello'], ({ word }, { before }) => word.schema !== null && before.server.schema !== null),
    onWord('serverReceived', ['schemaSaid'], () => true),
    on('serverClosed', ({ closing }) => closing.reason === 'SCHEMA_MISMATCH'),
  ),
  probe(
    'C5',
    'A schema was committed while a subscription was live.',
    on('schemaCommitted', (_action, { before }) => some(before.connections, isServed) && someServed(before, () => true)),
  ),
];
