/** What must happen now and then to writes, to storage, and to processes that die. */

import { canonicalText, windowOf } from '../../../model/index.ts';
import type { Query } from '../../../vocabulary/queries.ts';
import { noting, on, onCommand, onSeen, onWord, type Probe, probe } from '../probe.ts';
import { hasPending, isPending, some, writeAt } from '../reading.ts';

/** The cache goes by queries, not by subscriptions. */
function answeredSinceCrash(client: string, query: Query): string {
  return `answered since a crash ${client} ${canonicalText(query)}`;
}

export const writeMilestones: readonly Probe[] = [
  probe(
    're-sent write is not applied again',
    'The server receives a write that it has decided already.',
    onWord('serverReceived', ['write'], ({ client, connection, word }, { before }) => {
      const id = before.clients[client]?.clientIds[before.connections[connection]?.epoch ?? 0];
      return id !== undefined && word.sequence <= (before.server.lastSequence[id] ?? 0);
    }),
  ),
  probe(
    'dead generation acknowledged',
    'An update or delete of a generation that is dead commits without effect.',
    on('committed', ({ version }, { after }) => {
      const before = after.server.versions[version - 1] ?? {};
      return (
        writeAt(after, version)?.changes.some(
          (change) => change.kind !== 'insert' && before[`${change.collection}/${change.id}`]?.generation !== change.generation,
        ) ?? false
      );
    }),
  ),
  probe(
    'insert over a live row',
    'An insert commits that replaces a row.',
    on('committed', ({ version }, { after }) => {
      const before = after.server.versions[version - 1] ?? {};
      return (
        writeAt(after, version)?.changes.some(
          ({ kind, collection, id }) => kind === 'insert' && before[`${collection}/${id}`] !== undefined,
        ) ?? false
      );
    }),
  ),
  probe(
    'two writes in flight',
    'A write is sent while an earlier one has not been answered.',
    onWord(
      'clientSent',
      ['write'],
      ({ client, word }, { before }) =>
        before.clients[client]?.writes.some((write) => write.sequence < word.sequence && isPending(write)) === true,
    ),
  ),
  probe(
    'a row not held',
    'An update or delete of a row that the client does not hold rejects.',
    onSeen('settled', ({ observation }) => observation.error === 'EntityNotFoundError'),
  ),
  probe(
    'transaction commits whole',
    'A write of several operations commits.',
    on('committed', ({ version }, { after }) => (writeAt(after, version)?.changes.length ?? 0) > 1),
  ),
  probe(
    'transaction with a dead part',
    'A write of several operations commits, one of them without effect.',
    on('committed', ({ version }, { after }) => {
      const before = after.server.versions[version - 1] ?? {};
      const changes = writeAt(after, version)?.changes ?? [];
      const own = new Set<string>();
      return (
        changes.length > 1 &&
        changes.some((change) => {
          const key = `${change.collection}/${change.id}`;
          if (change.kind === 'insert') own.add(change.generation);
          return change.kind !== 'insert' && !own.has(change.generation) && before[key]?.generation !== change.generation;
        })
      );
    }),
  ),
  probe(
    'transaction rejected whole',
    'A write of several operations is rejected.',
    on('refused', ({ version }, { after }) => (writeAt(after, version)?.changes.length ?? 0) > 1),
  ),
  probe(
    'transaction without operations',
    'A transaction resolves that writes nothing.',
    onCommand(['transact'], ({ command }) => command.operations.length === 0),
  ),
  probe(
    'transaction fails locally',
    'A transaction rejects, since one of its operations is about a row not held.',
    onSeen(
      'settled',
      ({ client, observation }, { before }) =>
        observation.error === 'EntityNotFoundError' && before.clients[client]?.promises[observation.promise]?.of === 'transact',
    ),
  ),
  probe(
    'rejected write then an accepted one',
    'The server rejects a write and commits the next one of that client.',
    on('committed', ({ clientId, sequence }, { past }) => past.has(`rejected ${clientId} ${sequence - 1}`)),
    noting('refused', ({ clientId, sequence }, { past }) => past.note(`rejected ${clientId} ${sequence}`)),
  ),
  probe(
    'rollback under later writes',
    'A rejection is heard while later writes of the client are pending.',
    onWord(
      'clientHeard',
      ['rejected'],
      ({ client, connection, word }, { before }) =>
        before.clients[client]?.connection === connection &&
        before.clients[client]?.writes.some((write) => write.sequence > word.sequence && isPending(write)) === true,
    ),
  ),
  probe(
    'rejected again after a re-send',
    'The server tells a rejection of a write that it had rejected before.',
    onWord('serverReceived', ['write'], ({ client, connection, word }, { before, past }) => {
      const id = before.clients[client]?.clientIds[before.connections[connection]?.epoch ?? 0] ?? '';
      return past.has(`rejected ${id} ${word.sequence}`);
    }),
  ),
  probe(
    'update of a row whose insert was rejected',
    'A write about a row commits without effect after the insert of that row was rejected.',
    on('committed', ({ clientId, version }, { after, past }) => {
      const before = after.server.versions[version - 1] ?? {};
      return (
        writeAt(after, version)?.changes.some(
          ({ kind, collection, id }) =>
            kind !== 'insert' && before[`${collection}/${id}`] === undefined && past.has(`insert rejected ${clientId} ${collection}/${id}`),
        ) ?? false
      );
    }),
    noting('refused', ({ clientId, version }, { after, past }) => {
      for (const { kind, collection, id } of writeAt(after, version)?.changes ?? []) {
        if (kind === 'insert') past.note(`insert rejected ${clientId} ${collection}/${id}`);
      }
    }),
  ),
  probe(
    'crash keeps the tail',
    'The server crashes during an append, which turns out durable.',
    on('serverStopped', ({ how, kept }, { before }) => how === 'crash' && kept !== null && before.server.appending?.what === 'write'),
  ),
  probe(
    'crash loses the tail',
    'The server crashes during an append, which is lost.',
    on('serverStopped', ({ how, kept }, { before }) => how === 'crash' && kept === null && before.server.appending?.what === 'write'),
  ),
  probe(
    'restart during an append',
    'The server is closed while it appends.',
    on('serverStopping', (_action, { before }) => before.server.appending !== null),
  ),
  probe(
    'write commits after a restart',
    'A write that was pending when the server stopped commits afterwards.',
    on('committed', ({ clientId, sequence }, { past }) => past.has(`pending over a restart ${clientId} ${sequence}`)),
    noting('serverStopped', (_action, { before, past }) => {
      for (const { clientIds, epoch, writes } of Object.values(before.clients)) {
        for (const write of writes) {
          if (write.decided === null) past.note(`pending over a restart ${clientIds[epoch] ?? ''} ${write.sequence}`);
        }
      }
    }),
  ),
  probe(
    'acknowledgement lost in a restart',
    'The server stops when a write is committed and its client has not heard so.',
    on('serverStopped', (_action, { before }) =>
      some(before.clients, ({ writes }) => writes.some((write) => write.decided !== null && isPending(write))),
    ),
  ),
  probe(
    'failed append that was kept',
    'The storage of the server fails, and holds the entry all the same.',
    on('appendFailed', ({ kept }) => kept !== null),
  ),
  probe(
    'failed append that was lost',
    'The storage of the server fails and does not hold the entry.',
    on('appendFailed', ({ kept }) => kept === null),
  ),
  probe(
    'client storage fails under later writes',
    'Storage fails to keep a write while later ones wait for it.',
    on(
      'notStored',
      ({ client, sequence }, { before }) => before.clients[client]?.writes.some((write) => write.sequence > sequence) === true,
    ),
  ),
  probe(
    'outbox survives a crash',
    'A write that was pending when the client crashed is sent afterwards.',
    onWord('clientSent', ['write'], ({ client, word }, { past }) => past.has(`pending over a crash ${client} ${word.sequence}`)),
    noting('clientCrashed', ({ client }, { after, past }) => {
      for (const write of after.clients[client]?.writes ?? []) {
        if (isPending(write)) past.note(`pending over a crash ${client} ${write.sequence}`);
      }
    }),
  ),
  probe(
    'write lost with its client',
    'A client crashes before its storage kept a write.',
    on(
      'clientCrashed',
      ({ client }, { before, after }) => (after.clients[client]?.writes.length ?? 0) < (before.clients[client]?.writes.length ?? 0),
    ),
  ),
  probe(
    'cache shown after a restart',
    'After a crash a subscription shows a row that the cache kept over it, before the query is answered again.',
    onSeen('results', ({ client, observation }, { before, past }) => {
      if (observation.rows.length === 0 || !past.has(`crashed ${client}`)) return false;
      const shown = before.clients[client]?.subscriptions[observation.subscription];
      if (shown?.held == null || past.has(answeredSinceCrash(client, shown.query))) return false;
      const { query, held } = shown;
      const kept = windowOf(query, held.permit, before.server.versions[held.version] ?? {});
      return observation.rows.some(({ id }) => kept[`${query.collection}/${id}`] !== undefined);
    }),
    noting('clientHeard', ({ client, word }, { before, past }) => {
      const query = word.word === 'answered' ? before.clients[client]?.queries[word.subscription] : undefined;
      if (query !== undefined && past.has(`crashed ${client}`)) past.note(answeredSinceCrash(client, query));
    }),
    noting('clientCrashed', ({ client }, { before, past }) => {
      past.note(`crashed ${client}`);
      for (const query of Object.values(before.clients[client]?.queries ?? {})) past.forget(answeredSinceCrash(client, query));
    }),
  ),
  probe(
    'cache shown by a second subscription',
    'A new subscription shows what an earlier one of the same query held, before the server has answered.',
    onCommand(['subscribe'], ({ client, command }, { after }) => {
      const begun = after.clients[client]?.subscriptions[command.subscription];
      return begun?.held != null && begun.candidates.some(({ rows }) => rows.length > 0);
    }),
  ),
  probe(
    'clear with a write in flight that commits',
    'A write that a clear has discarded commits.',
    on('committed', ({ clientId }, { before }) =>
      some(before.clients, ({ clientIds, epoch }) => clientIds[epoch] !== clientId && Object.values(clientIds).includes(clientId)),
    ),
  ),
  probe(
    'clear discards a write not kept yet',
    'A write rejects, since a clear came before storage kept it.',
    onSeen('settled', ({ observation }) => observation.error === 'WriteDiscardedError'),
  ),
  probe(
    'write after a clear',
    'A write of the fresh client id commits.',
    on('committed', ({ clientId }, { before }) =>
      some(before.clients, ({ clientIds, epoch }) => epoch > 1 && clientIds[epoch] === clientId),
    ),
  ),
  probe(
    'crash brings a clear back',
    'A client crashes before its storage has done a clear, which then has not happened.',
    on('clientCrashed', ({ client }, { before }) => (before.clients[client]?.clears.length ?? 0) > 0),
  ),
  probe(
    'clear while updates are pending',
    'A clear with a token update on its way, which is stored and resolves.',
    onCommand(['clear'], ({ client }, { before }) => (before.clients[client]?.updates.length ?? 0) > 0),
  ),
  probe(
    'writes of two clients in one task order',
    'The server appends a write while a write of another client waits for its turn.',
    on('appendBegan', ({ client }, { before }) =>
      some(before.clients, (other, name) => name !== client && other.connection !== null && hasPending(other) && isReceived(before, other)),
    ),
  ),
];

function isReceived(
  { connections }: Parameters<Parameters<typeof on>[1]>[1]['before'],
  {
    connection,
    writes,
  }: { readonly connection: number | null; readonly writes: readonly { readonly sequence: number; readonly decided: unknown }[] },
): boolean {
  const present = connection === null ? undefined : connections[connection];
  return present !== undefined && writes.some(({ sequence, decided }) => decided === null && present.writesReceived.includes(sequence));
}
