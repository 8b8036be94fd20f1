/** When a rule of writes (W) is put to the test. */
import { on, onCommand, onSeen, onWord, type Probe, probe } from '../probe.ts';
import { hasPending, writeAt } from '../reading.ts';

export const writeRules: readonly Probe[] = [
  probe(
    'W1',
    'An acknowledgement was heard, or the server received a write that it had decided before.',
    onWord('clientHeard', ['acknowledged'], ({ client, connection }, { before }) => before.clients[client]?.connection === connection),
    onWord('serverReceived', ['write'], ({ client, connection, word }, { before }) => {
      const epoch = before.connections[connection]?.epoch ?? 0;
      const id = before.clients[client]?.clientIds[epoch];
      return id !== undefined && word.sequence <= (before.server.lastSequence[id] ?? 0);
    }),
  ),
  probe(
    'W2',
    'The server began again, or an append failed, when something had been answered to a client already.',
    on('recovered', (_action, { before }) =>
      Object.values(before.clients).some(({ writes }) => writes.some(({ acknowledged, isRolledBack }) => acknowledged || isRolledBack)),
    ),
  ),
  probe(
    'W3',
    'An update, a delete or an insert over a live row was committed, or one of a row not held was rejected at once.',
    on('committed', ({ version }, { after }) => {
      const before = after.server.versions[version - 1] ?? {};
      return (
        writeAt(after, version)?.changes.some(
          ({ kind, collection, id }) => kind !== 'insert' || before[`${collection}/${id}`] !== undefined,
        ) ?? false
      );
    }),
    onSeen('settled', ({ observation }) => observation.error === 'EntityNotFoundError'),
  ),
  probe(
    'W4',
    'A write of several operations was committed, or a write was rejected.',
    on('committed', ({ version }, { after }) => (writeAt(after, version)?.changes.length ?? 0) > 1),
    on('refused', () => true),
  ),
  probe(
    'W5',
    'A write was made without an open connection, or the outbox met a clear, a crash or a failure of storage.',
    onCommand(['insert', 'update', 'delete', 'transact'], ({ client }, { before }) => before.clients[client]?.status !== 'OPEN'),
    onCommand(['clear'], ({ client }, { before }) => hasPending(before.clients[client])),
    on('clientCrashed', ({ client }, { before }) => hasPending(before.clients[client])),
    on('notStored', () => true),
  ),
];
