/** The judge of `npm run crash`: a round as it should be holds, and each thing that must not happen to acknowledged writes is told. */
import { describe, expect, test } from 'vitest';
import type { TransactionOperation } from '../../model/index.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Call, History, Moment, SeenEntry, Writer } from './history.ts';
import { judge } from './judge.ts';

const collection = 'round 1';
const baseVersion = 40;

const insert = (id: string, by: string): TransactionOperation => ({ do: 'insert', collection, row: { id, by } });
const idOf = (name: string, sequence: number): string => `${name} ${sequence}`;
const operationsOf = (name: string, sequence: number): readonly TransactionOperation[] => [
  insert(idOf(name, sequence), name),
  insert('shared', idOf(name, sequence)),
];
const at = (order: number, servers = 0, writers = 0): Moment => ({ order, servers, writers });

function call(name: string, sequence: number, synced: readonly Moment[], rest: Partial<Call> = {}): Call {
  const operations = operationsOf(name, sequence);
  return { operations, handed: { sequence, id: idOf(name, sequence), operations }, isKept: true, synced, life: 0, ...rest };
}

function writer(name: string, calls: readonly Call[], rest: Partial<Writer> = {}): Writer {
  return { name, clientId: `id of ${name}`, calls, kill: null, pendingWrites: 0, troubles: [], ...rest };
}

const writtenAs = (version: number, name: string, made: number, sequence: number): SeenEntry => ({
  kind: 'write',
  version,
  clientId: `id of ${name}`,
  sequence,
  id: idOf(name, made),
  operations: operationsOf(name, made),
});
const write = (version: number, name: string, sequence: number): SeenEntry => writtenAs(version, name, sequence, sequence);
const incarnation = (version: number, id: string): SeenEntry => ({ kind: 'incarnation', version, id });

/** The server is killed at 30, the process of `b` at 40; `b` had made a third write that its storage did not have yet, and makes a fourth. */
const sound: History = {
  collection,
  baseVersion,
  writers: [
    writer('a', [call('a', 1, [at(10)]), call('a', 2, [at(50, 1)]), call('a', 3, [at(60, 1)])]),
    writer(
      'b',
      [
        call('b', 1, [at(20)]),
        call('b', 2, [at(70, 1, 1)]),
        call('b', 3, [], { handed: null, isKept: false }),
        call('b', 3, [at(80, 1, 1)], { life: 1 }),
      ],
      { kill: { order: 40, outbox: [idOf('b', 2)] } },
    ),
  ],
  log: [
    incarnation(40, 'first'),
    write(41, 'a', 1),
    write(42, 'b', 1),
    write(43, 'a', 2),
    incarnation(43, 'second'),
    write(44, 'b', 2),
    write(45, 'a', 3),
    write(46, 'b', 3),
  ],
  rows: ['a', 'b'].flatMap((by) => [1, 2, 3].map((sequence): Row => ({ id: idOf(by, sequence), by }))).concat({ id: 'shared', by: 'b 3' }),
};

const withLog = (log: readonly SeenEntry[]): History => ({ ...sound, log });
const without = (place: number): readonly SeenEntry[] => sound.log.filter((_entry, index) => index !== place);
/** Entries take the versions that come. */
function renumbered(log: readonly SeenEntry[]): readonly SeenEntry[] {
  let version = baseVersion;
  return log.map((entry) => {
    if (entry.kind !== 'incarnation') version += 1;
    return { ...entry, version };
  });
}
function exchanged(one: number, other: number): readonly SeenEntry[] {
  const log = [...sound.log];
  const [left, right] = [log[one], log[other]];
  if (left !== undefined && right !== undefined) [log[one], log[other]] = [right, left];
  return renumbered(log);
}
const withWriter = (name: string, rest: Partial<Writer>): History => ({
  ...sound,
  writers: sound.writers.map((each) => (each.name === name ? { ...each, ...rest } : each)),
});

describe('a round', () => {
  test('as it should be holds', () => expect(judge(sound)).toBeNull());

  test('in which nobody is killed holds', () => {
    const [a] = sound.writers;
    const calls = a?.calls.map((each, index) => ({ ...each, synced: [at(10 + index)] })) ?? [];
    const log = [incarnation(40, 'first'), write(41, 'a', 1), write(42, 'a', 2), write(43, 'a', 3)];
    const rows = [1, 2, 3].map((sequence): Row => ({ id: idOf('a', sequence), by: 'a' })).concat({ id: 'shared', by: 'a 3' });
    expect(judge({ ...sound, writers: [writer('a', calls)], log, rows })).toBeNull();
  });

  test('in which a killed writer had forgotten a write that it could not tell any more holds', () => {
    const [, b] = sound.writers;
    const calls = b?.calls.map((each, index) => (index === 0 ? { ...each, synced: [] } : each)) ?? [];
    expect(judge(withWriter('b', { calls }))).toBeNull();
  });

  test('in which a killed writer hears once more of a write that its storage had not forgotten holds', () => {
    const [, b] = sound.writers;
    const calls = b?.calls.map((each, index) => (index === 0 ? { ...each, synced: [at(20), at(65, 1, 1)] } : each)) ?? [];
    expect(judge(withWriter('b', { calls, kill: { order: 40, outbox: [idOf('b', 1), idOf('b', 2)] } }))).toBeNull();
  });
});

describe('what must not happen', () => {
  const [a, b] = sound.writers;
  const callsOfA = a?.calls ?? [];
  test.each<[string, History, string]>([
    ['an acknowledged write is not there', withLog(renumbered(without(1))), 'W1'],
    ['the last acknowledged write is not there', { ...withLog(without(7)), rows: sound.rows }, 'W1'],
    ['an acknowledged write is there only since it was sent again', withLog(exchanged(2, 5)), 'W1'],
    ['a write is there twice', withLog(renumbered([...sound.log, write(47, 'a', 3)])), 'W1'],
    ['a write is there twice, under another number', withLog(renumbered([...sound.log, writtenAs(47, 'a', 3, 4)])), 'W1'],
    ['two writes of one client are exchanged', withLog(exchanged(1, 3)), 'W1'],
    [
      'a version is left out',
      withLog(sound.log.map((entry) => (entry.version > 44 ? { ...entry, version: entry.version + 1 } : entry))),
      'W1',
    ],
    [
      'a write is there in part',
      withLog(
        sound.log.map((entry, index) =>
          index === 6 && entry.kind === 'write' ? { ...entry, operations: entry.operations.slice(1) } : entry,
        ),
      ),
      'W4',
    ],
    ['a write of nobody is there', withLog(renumbered([...sound.log, write(47, 'c', 1)])), 'W6'],
    [
      'the server begins elsewhere than its log ends',
      withLog(sound.log.map((entry) => (entry.kind === 'incarnation' && entry.id === 'second' ? { ...entry, version: 42 } : entry))),
      'W2',
    ],
    ['a write was told as synced and is nowhere', withWriter('a', { calls: [...callsOfA, call('a', 4, [at(90, 1)])] }), 'W1'],
    [
      'a write is told as synced twice',
      withWriter('a', { calls: callsOfA.map((each, index) => (index === 2 ? { ...each, synced: [at(60, 1), at(61, 1)] } : each)) }),
      'W1',
    ],
    [
      'a write that storage had kept is gone from it, and not in the log',
      withWriter('b', {
        calls:
          b?.calls.map((each, index) =>
            index === 2 ? { ...each, isKept: true, handed: { sequence: 3, id: 'lost', operations: [] } } : each,
          ) ?? [],
      }),
      'W1',
    ],
    ['a client still waits', withWriter('a', { pendingWrites: 1 }), 'W5'],
    [
      'a client was never told',
      withWriter('a', { calls: callsOfA.map((each, index) => (index === 2 ? { ...each, synced: [] } : each)) }),
      'W5',
    ],
    ['a write was rejected', withWriter('a', { troubles: ['write 2 was rejected'] }), 'W2'],
    ['a reader is shown a row less', { ...sound, rows: sound.rows.slice(1) }, 'Q2'],
    [
      'a reader is shown the loser of two writes',
      { ...sound, rows: sound.rows.map((row) => (row.id === 'shared' ? { ...row, by: 'a 3' } : row)) },
      'Q2',
    ],
  ])('%s', (_what, history, rule) => {
    expect(judge(history)).toMatchObject({ rule });
  });
});
