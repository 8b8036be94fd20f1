/** When a rule of writes (W) is put to the test. */
import { on, onCommand, onSeen, onWord, probes } from '../probe.ts';
import { changesAt, hasPending, isDecided } from '../reading.ts';

export const writeRules = probes({
  W1: [
    'An acknowledgement was heard, or the server received a write that it had decided before.',
    onWord('clientHeard', ['acknowledged'], ({ connection }, { own }) => own?.connection === connection),
    onWord('serverReceived', ['write'], ({ word }, moment) => isDecided(word.sequence, moment)),
  ],
  W2: [
    'The server began again, or an append failed, when something had been answered to a client already.',
    on('recovered', (_action, { before }) =>
      Object.values(before.clients).some(({ writes }) => writes.some(({ acknowledged, isRolledBack }) => acknowledged || isRolledBack)),
    ),
  ],
  W3: [
    'An update, a delete or an insert over a live row was committed, or one of a row not held was rejected at once.',
    on('committed', ({ version }, { after }) => changesAt(after, version).some(({ kind, met }) => kind !== 'insert' || met !== undefined)),
    onSeen('settled', ({ observation }) => observation.error === 'EntityNotFoundError'),
  ],
  W4: [
    'A write of several operations was committed, or a write was rejected.',
    on('committed', ({ version }, { after }) => changesAt(after, version).length > 1),
    on('refused', () => true),
  ],
  W5: [
    'A write was made without an open connection, or the outbox met a clear, a crash or a failure of storage.',
    onCommand(['insert', 'update', 'delete', 'transact'], (_action, { own }) => own?.status !== 'OPEN'),
    onCommand(['clear'], (_action, { own }) => hasPending(own)),
    on('clientCrashed', (_action, { own }) => hasPending(own)),
    on('notStored', () => true),
  ],
  W6: [
    'Somebody borrowed an id, or a client took a fresh one after a clear or a fork.',
    on('strangerHeard', ({ said }) => said === 'borrowedId'),
    on('cleared', () => true),
    on('forkKept', () => true),
  ],
});
