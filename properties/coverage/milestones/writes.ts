/** What must happen now and then to writes, to storage, and to processes that die. */

import { entryOf } from '../../../model/entry-of.ts';
import { canonicalText, type ServerWord, type State, windowOf } from '../../../model/index.ts';
import type { Query } from '../../../vocabulary/queries.ts';
import { noting, on, onCommand, onSeen, onWord, probes } from '../probe.ts';
import { changesAt, clientIdOf, hasWaiting, isDead, isDecided, isJoined, isPending, some } from '../reading.ts';

/** The cache goes by queries, not by subscriptions. */
function answeredSinceCrash(client: string, query: Query): string {
  return `answered since a crash ${client} ${canonicalText(query)}`;
}

/** The client hears it on the connection that counts. */
function isDivergence(connection: number, word: ServerWord, own: State['clients'][string] | undefined): boolean {
  return word.word === 'accepted' && word.diverged === true && own?.connection === connection;
}

function isPartOf({ server }: State, kept: number): boolean {
  const entries = server.appending?.joined.filter(({ what }) => what !== 'refusal') ?? [];
  return kept > 0 && kept < entries.length;
}

function isInsert({ kind }: { readonly kind: string }): boolean {
  return kind === 'insert';
}

export const writeMilestones = probes({
  're-sent write is not applied again': [
    'The server receives a write that it has decided already.',
    onWord('serverReceived', ['write'], ({ word }, moment) => isDecided(word.sequence, moment)),
  ],
  'dead generation acknowledged': [
    'An update or delete of a generation that is dead commits without effect.',
    on('committed', ({ version }, { after }) => changesAt(after, version).some(isDead)),
  ],
  'insert over a live row': [
    'An insert commits that replaces a row.',
    on('committed', ({ version }, { after }) => changesAt(after, version).some(({ kind, met }) => kind === 'insert' && met !== undefined)),
  ],
  'two writes in flight': [
    'A write is sent while an earlier one has not been answered.',
    onWord('clientSent', ['write'], ({ word }, { own }) => {
      return own?.writes.some((write) => write.sequence < word.sequence && isPending(write)) === true;
    }),
  ],
  'a row not held': [
    'An update or delete of a row that the client does not hold rejects.',
    onSeen('settled', ({ observation }) => observation.error === 'EntityNotFoundError'),
  ],
  'transaction commits whole': [
    'A write of several operations commits.',
    on('committed', ({ version }, { after }) => changesAt(after, version).length > 1),
  ],
  'transaction with a dead part': [
    'A write of several operations commits, one of them without effect.',
    on('committed', ({ version }, { after }) => {
      const changes = changesAt(after, version);
      const own = changes.flatMap(({ kind, generation }) => (kind === 'insert' ? [generation] : []));
      return changes.length > 1 && changes.some((change) => isDead(change) && !own.includes(change.generation));
    }),
  ],
  'transaction rejected whole': [
    'A write of several operations is rejected.',
    on('refused', ({ version }, { after }) => changesAt(after, version).length > 1),
  ],
  'transaction without operations': [
    'A transaction resolves that writes nothing.',
    onCommand(['transact'], ({ command }) => command.operations.length === 0),
  ],
  'transaction fails locally': [
    'A transaction rejects, since one of its operations is about a row not held.',
    onSeen('settled', ({ observation }, { own }) => {
      return observation.error === 'EntityNotFoundError' && entryOf(own?.promises, observation.promise)?.of === 'transact';
    }),
  ],
  'rejected write then an accepted one': [
    'The server rejects a write and commits the next one of that client.',
    on('committed', ({ clientId, sequence }, { past }) => past.has(`rejected ${clientId} ${sequence - 1}`)),
    noting('refused', ({ clientId, sequence }, { past }) => past.note(`rejected ${clientId} ${sequence}`)),
  ],
  'rollback under later writes': [
    'A rejection is heard while later writes of the client are pending.',
    onWord('clientHeard', ['rejected'], ({ connection, word }, { own }) => {
      return own?.connection === connection && own?.writes.some((write) => write.sequence > word.sequence && isPending(write)) === true;
    }),
  ],
  'rejected again after a re-send': [
    'The server tells a rejection of a write that it had rejected before.',
    onWord('serverReceived', ['write'], ({ word }, moment) => moment.past.has(`rejected ${clientIdOf(moment) ?? ''} ${word.sequence}`)),
  ],
  'update of a row whose insert was rejected': [
    'A write about a row commits without effect after the insert of that row was rejected.',
    on('committed', ({ clientId, version }, { after, past }) =>
      changesAt(after, version).some(
        ({ kind, collection, id, met }) =>
          kind !== 'insert' && met === undefined && past.has(`insert rejected ${clientId} ${collection}/${id}`),
      ),
    ),
    noting('refused', ({ clientId, version }, { after, past }) => {
      for (const { kind, collection, id } of changesAt(after, version)) {
        if (kind === 'insert') past.note(`insert rejected ${clientId} ${collection}/${id}`);
      }
    }),
  ],
  'crash keeps the tail': [
    'The server crashes during an append, which turns out durable.',
    on('serverStopped', ({ how, kept }, { before }) => how === 'crash' && kept.length > 0 && isJoined(before, 'write')),
  ],
  'crash loses the tail': [
    'The server crashes during an append, which is lost.',
    on('serverStopped', ({ how, kept }, { before }) => how === 'crash' && kept.length === 0 && isJoined(before, 'write')),
  ],
  'batch of several': ['Storage is asked to take several entries together.', on('batchSealed', ({ entries }) => entries.length > 1)],
  'write behind a push in its batch': [
    'Storage is asked to take a schema, and behind it a write, together.',
    on('batchSealed', ({ entries }) => entries.slice(0, -1).some(({ kind }) => kind === 'schema') && entries.at(-1)?.kind !== 'schema'),
  ],
  'crash keeps the first of a batch': [
    'The server crashes, and of the batch under way some entries are in the log, and not all.',
    on('serverStopped', ({ kept }, { before }) => isPartOf(before, kept.length)),
  ],
  'failure keeps the first of a batch': [
    'The storage of the server fails, and holds some entries of the batch, and not all.',
    on('appendFailed', ({ kept }, { before }) => isPartOf(before, kept.length)),
  ],
  'crash during a compaction': [
    'The server crashes while its storage is at a snapshot.',
    on('serverStopped', ({ how }, { before }) => how === 'crash' && before.server.isCompacting),
  ],
  'failed compaction': ['The storage of the server fails at a snapshot.', on('compactionFailed', () => true)],
  'restart behind a snapshot': [
    'The server begins from a snapshot.',
    on('recovered', (_action, { past }) => past.has('compacted')),
    noting('compacted', (_action, { past }) => past.note('compacted')),
  ],
  'storage refuses an entry among others': [
    'Storage refuses an entry of a batch that holds others too, and nothing of it is kept.',
    on('batchRefused', (_action, { before }) => (before.server.appending?.joined.length ?? 0) > 1),
  ],
  'write that storage refused is rejected': [
    'A write is rejected since storage can never take it.',
    on('refused', ({ error }) => error === 'StorageRefusedError'),
  ],
  'write finds space at last': [
    'A write takes effect for which there was no space before.',
    on('appendDurable', (_action, { before }) => before.server.full !== null),
  ],
  'storage is full twice in a row': [
    'There is no space for a batch, and none when storage is asked again.',
    on('batchUnplaced', (_action, { before }) => before.server.full !== null),
  ],
  'restart during an append': [
    'The server is closed while it appends.',
    on('serverStopping', (_action, { before }) => before.server.appending !== null),
  ],
  'write commits after a restart': [
    'A write that was pending when the server stopped commits afterwards.',
    on('committed', ({ clientId, sequence }, { past }) => past.has(`pending over a restart ${clientId} ${sequence}`)),
    noting('serverStopped', (_action, { before, past }) => {
      for (const { clientIds, epoch, writes } of Object.values(before.clients)) {
        for (const write of writes) {
          if (write.decided === null) past.note(`pending over a restart ${clientIds[epoch] ?? ''} ${write.sequence}`);
        }
      }
    }),
  ],
  'acknowledgement lost in a restart': [
    'The server stops when a write is committed and its client has not heard so.',
    on('serverStopped', (_action, { before }) =>
      some(before.clients, ({ writes }) => writes.some((write) => write.decided !== null && isPending(write))),
    ),
  ],
  'failed append that was kept': [
    'The storage of the server fails, and holds the entry all the same.',
    on('appendFailed', ({ kept }) => kept.length > 0),
  ],
  'failed append that was lost': [
    'The storage of the server fails and does not hold the entry.',
    on('appendFailed', ({ kept }) => kept.length === 0),
  ],
  'client storage fails under later writes': [
    'Storage fails to keep a write while later ones wait for it.',
    on('notStored', ({ sequence }, { own }) => own?.writes.some((write) => write.sequence > sequence) === true),
  ],
  'outbox survives a crash': [
    'A write that was pending when the client crashed is sent afterwards.',
    onWord('clientSent', ['write'], ({ client, word }, { past }) => past.has(`pending over a crash ${client} ${word.sequence}`)),
    noting('clientCrashed', ({ client }, { after, past }) => {
      for (const write of after.clients[client]?.writes ?? []) {
        if (isPending(write)) past.note(`pending over a crash ${client} ${write.sequence}`);
      }
    }),
  ],
  'write lost with its client': [
    'A client crashes before its storage kept a write.',
    on('clientCrashed', ({ client }, { after, own }) => (after.clients[client]?.writes.length ?? 0) < (own?.writes.length ?? 0)),
  ],
  'cache shown after a restart': [
    'After a crash a subscription shows a row that the cache kept over it, before the query is answered again.',
    onSeen('results', ({ client, observation }, { before, past, own }) => {
      if (observation.rows.length === 0 || !past.has(`crashed ${client}`)) return false;
      const shown = entryOf(own?.subscriptions, observation.subscription);
      if (shown?.held == null || past.has(answeredSinceCrash(client, shown.query))) return false;
      const { query, held } = shown;
      const kept = windowOf(query, held.permit, before.server.versions[held.version] ?? {});
      return observation.rows.some(({ id }) => kept[`${query.collection}/${id}`] !== undefined);
    }),
    noting('clientHeard', ({ client, word }, { past, own }) => {
      const query = word.word === 'answered' ? entryOf(own?.queries, word.subscription) : undefined;
      if (query !== undefined && past.has(`crashed ${client}`)) past.note(answeredSinceCrash(client, query));
    }),
    noting('clientCrashed', ({ client }, { past, own }) => {
      past.note(`crashed ${client}`);
      for (const query of Object.values(own?.queries ?? {})) past.forget(answeredSinceCrash(client, query));
    }),
  ],
  'cache shown by a second subscription': [
    'A new subscription shows what an earlier one of the same query held, before the server has answered.',
    onCommand(['subscribe'], ({ client, command }, { after }) => {
      const begun = entryOf(after.clients[client]?.subscriptions, command.subscription);
      return begun?.held != null && begun.candidates.some(({ rows }) => rows.length > 0);
    }),
  ],
  'clear with a write in flight that commits': [
    'A write that a clear has discarded commits.',
    on('committed', ({ clientId }, { before }) =>
      some(before.clients, ({ clientIds, epoch }) => clientIds[epoch] !== clientId && Object.values(clientIds).includes(clientId)),
    ),
  ],
  'clear discards a write not kept yet': [
    'A write rejects, since a clear came before storage kept it.',
    onSeen('settled', ({ observation }) => observation.error === 'WriteDiscardedError'),
  ],
  'write after a clear': [
    'A write of the fresh client id commits.',
    on('committed', ({ clientId }, { before }) =>
      some(before.clients, ({ clientIds, epoch }) => epoch > 1 && clientIds[epoch] === clientId),
    ),
  ],
  'crash brings a clear back': [
    'A client crashes before its storage has done a clear, which then has not happened.',
    on('clientCrashed', (_action, { own }) => (own?.clears.length ?? 0) > 0),
  ],
  'clear while updates are pending': [
    'A clear with a token update on its way, which is stored and resolves.',
    onCommand(['clear'], (_action, { own }) => (own?.updates.length ?? 0) > 0),
  ],
  'diverged with a waiting insert': [
    'A client hears that the log was replaced while an insert waits, which goes on under a fresh id.',
    onWord('clientHeard', ['accepted'], ({ connection, word }, { own }) => {
      return isDivergence(connection, word, own) && own?.writes.some((write) => isPending(write) && write.changes.every(isInsert)) === true;
    }),
  ],
  'diverged with a waiting update that is lost': [
    'A client reports a waiting write with LogReplacedError.',
    onSeen('syncFailed', ({ observation }) => observation.error === 'LogReplacedError'),
  ],
  'diverged with a write that storage had not kept': [
    'A client hears that the log was replaced before its storage has kept a write.',
    onWord('clientHeard', ['accepted'], ({ connection, word }, { own }) => {
      return isDivergence(connection, word, own) && own?.writes.some((write) => isPending(write) && !write.stored) === true;
    }),
  ],
  'writes of two clients in one task order': [
    'The server appends a write while a write of another client waits for its turn.',
    on('appendBegan', ({ client }, { before }) =>
      some(before.clients, (other, name) => name !== client && hasWaiting(other, before.connections[other.connection ?? -1])),
    ),
  ],
});
