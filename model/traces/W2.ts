/** W2: a write that was acknowledged is there after a crash, and so is one whose append came to an unknown end. */

import type { Action } from '../actions.ts';
import {
  appendBegan,
  attempted,
  clientCloses,
  clientSays,
  commit,
  drew,
  durable,
  idOf,
  insertTodo,
  kept,
  latest,
  observedFailure,
  observedFulfilment,
  observedLocalResults,
  observedResults,
  observedStatus,
  observedSync,
  opened,
  pushed,
  pushSettled,
  quiet,
  sealed,
  serverHeardClose,
  serverSays,
  serverSent,
  task,
  time,
  updateTodo,
} from './build.ts';
import { ann, aunt, everyTodo, milk, rent, seededVersion, undoneOnly } from './cast.ts';
import { accepted, acknowledged, answered, asked, connected, connecting, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
/** The server crashes while it appends; the log holds the entry all the same. */
const crashed: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...task(...clientSays('c1', 1, { word: 'write', sequence: 1 }), appendBegan('c1', 1), sealed('write')),
  ...task(
    { kind: 'serverStopped', how: 'crash', kept: [{ kind: 'write' }] },
    { kind: 'clientHeardClose', client: 'c1', connection: 1, closing: { reason: null, retry: true } },
    drew('c1', latest),
    observedStatus('c1', 'CLOSED'),
  ),
];

const call = { id: 't5', title: 'Call the bank', done: false, priority: 2 };
const shopping = { ...walk, id: 't6' };

interface Greeting {
  readonly clientId: string;
  readonly heard: { readonly incarnation: string; readonly version: number } | null;
}
function greeted(connection: number, { clientId, heard }: Greeting): readonly Action[] {
  return task(
    opened('c1', connection),
    ...clientSays('c1', connection, { word: 'hello', token: ann.label, clientId, schema: null, answered: 0, heard }),
  );
}
const acceptedBy = (incarnation: string, diverged: boolean) => ({ word: 'accepted', incarnation, diverged }) as const;

/** The log is copied; `c1` follows its todos and hears of one more, then the server dies. Meanwhile it makes a todo and ticks off an old one. */
const behind: readonly Action[] = [
  { kind: 'incarnationKept', id: 'first', version: seededVersion },
  { kind: 'logCopied', copy: 'backup' },
  ...connecting('c1', 1, ann),
  ...greeted(1, { clientId: idOf('c1'), heard: null }),
  ...task(...serverSays('c1', 1, acceptedBy('first', false)), observedStatus('c1', 'OPEN')),
  ...asked('c1', 1, 'q1', everyTodo),
  ...answered('c1', 1, 'q1', [milk, rent, aunt]),
  ...connected('c2', 2, ann),
  ...task(insertTodo('c2', walk), ...kept('c2', 1, 'insert')),
  ...written('c2', 2, 1, 4, 'g1'),
  ...task(
    ...serverSays('c1', 1, { word: 'updated', subscriptions: ['q1'], version: 4, rows: [] }),
    observedResults('c1', 'q1', [milk, rent, aunt, walk]),
  ),
  ...task(
    { kind: 'serverStopped', how: 'crash', kept: [] },
    { kind: 'clientHeardClose', client: 'c1', connection: 1, closing: { reason: null, retry: true } },
    drew('c1', latest),
    observedStatus('c1', 'CLOSED'),
    { kind: 'clientHeardClose', client: 'c2', connection: 2, closing: { reason: null, retry: true } },
    drew('c2', latest),
    observedStatus('c2', 'CLOSED'),
  ),
  ...task(
    insertTodo('c1', call),
    observedResults('c1', 'q1', [milk, rent, aunt, walk, call]),
    ...kept('c1', 1, 'insert'),
    updateTodo('c1', 't1', { done: true }),
    observedResults('c1', 'q1', [{ ...milk, done: true }, rent, aunt, walk, call]),
    ...kept('c1', 2, 'update'),
  ),
];
/** The server is back from the copy, and `c2` writes until its log is higher than what `c1` has heard. */
const overtaken: readonly Action[] = [
  ...behind,
  ...task(
    { kind: 'logReplaced', copy: 'backup' },
    { kind: 'incarnationKept', id: 'second', version: 3 },
    { kind: 'recovered', version: 3 },
  ),
  time(250),
  ...task(attempted('c2', 3), observedStatus('c2', 'CONNECTING')),
  ...accepted('c2', 3, ann),
  ...task(...clientSays('c2', 3, { word: 'write', sequence: 1 }), ...committedAgain('c2', 1, 4)),
  ...acknowledged('c2', 3, 1, 4, 't4'),
  ...task(insertTodo('c2', shopping, 'insert again'), ...kept('c2', 2, 'insert again')),
  ...task(...clientSays('c2', 3, { word: 'write', sequence: 2 }), ...committedAgain('c2', 2, 5)),
  ...acknowledged('c2', 3, 2, 5, 't6'),
  ...task(attempted('c1', 4), observedStatus('c1', 'CONNECTING')),
  ...greeted(4, { clientId: idOf('c1'), heard: { incarnation: 'first', version: 4 } }),
];
function committedAgain(client: string, sequence: number, version: number): readonly Action[] {
  const clientId = idOf(client);
  return [{ kind: 'appendBegan', client, clientId, sequence }, ...durable('write'), { kind: 'committed', clientId, sequence, version }];
}
const logReplaced: Action = { kind: 'observed', client: 'c1', observation: { saw: 'logReplaced' } };
const left: readonly Action[] = [
  ...overtaken,
  ...task(
    ...serverSays('c1', 4, acceptedBy('second', true)),
    logReplaced,
    ...observedFailure('c1', 't1', 'LogReplacedError'),
    observedLocalResults('c1', 'q1', [call]),
    clientCloses('c1', 4),
    attempted('c1', 5),
  ),
  ...task(serverHeardClose('c1', 4), { kind: 'cleared', client: 'c1', epoch: 2 }),
  ...greeted(5, { clientId: 'a fresh id', heard: null }),
  ...task(...serverSays('c1', 5, acceptedBy('second', false)), observedStatus('c1', 'OPEN')),
];

const lost = (client: 'c1' | 'c2', connection: number): readonly Action[] => [
  { kind: 'clientHeardClose', client, connection, closing: { reason: null, retry: true } },
  drew(client, latest),
  observedStatus(client, 'CLOSED'),
];
/** Two clients are connected, and a todo of each reaches the server. */
const bothWrote: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...connected('c2', 2, ann),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...task(insertTodo('c2', shopping), ...kept('c2', 1, 'insert')),
  ...task(...clientSays('c1', 1, { word: 'write', sequence: 1 })),
  ...task(...clientSays('c2', 2, { word: 'write', sequence: 1 })),
];
/** Storage is asked to take both. */
const together: readonly Action[] = [...bothWrote, ...task(appendBegan('c1', 1), appendBegan('c2', 1), sealed('write', 'write'))];
/** In one batch a todo, a schema by which members write nothing, and another todo. */
const withPush: readonly Action[] = [
  ...bothWrote,
  ...task(pushed('push1', undoneOnly)),
  ...task(appendBegan('c1', 1), { kind: 'schemaAppendBegan' }, appendBegan('c2', 1), sealed('write', 'schema', 'rejection')),
];
/** Storage has both, and they come about. */
const bothInForce: readonly Action[] = [{ kind: 'appendDurable' }, commit('c1', 1, 4), commit('c2', 1, 5)];
/** Storage is at a snapshot when another todo of `c1` comes. */
const compacting: readonly Action[] = [
  ...together,
  ...task(...bothInForce, { kind: 'compactionBegan', version: 5 }),
  ...acknowledged('c1', 1, 1, 4, 't4'),
  ...acknowledged('c2', 2, 1, 5, 't6'),
  ...task(insertTodo('c1', call), ...kept('c1', 2, 'insert')),
  ...task(...clientSays('c1', 1, { word: 'write', sequence: 2 })),
];
const noSpace: Action = { kind: 'batchUnplaced' };
/** Storage can never take the first of the two; it joins again, as a rejection. */
const secondOnly: readonly Action[] = [...together, { kind: 'batchRefused', index: 0 }, appendBegan('c1', 1), appendBegan('c2', 1)];
const refusedAndKept: readonly Action[] = [
  ...secondOnly,
  { kind: 'batchSealed', entries: [{ kind: 'rejection', error: 'StorageRefusedError' }, { kind: 'write' }] },
  { kind: 'appendDurable' },
];
const pushInForce: readonly Action[] = [{ kind: 'appendDurable' }, commit('c1', 1, 4), { kind: 'schemaCommitted', version: 5 }];

export const traces: RuleTraces = {
  rule: 'W2',
  accepts: {
    title: 'the server goes on from the entry, and the write that is sent again is acknowledged',
    actions: [
      ...crashed,
      ...task({ kind: 'recovered', version: 4 }),
      time(250),
      ...task(attempted('c1', 2), observedStatus('c1', 'CONNECTING')),
      ...accepted('c1', 2, ann),
      ...task(...clientSays('c1', 2, { word: 'write', sequence: 1 })),
      ...acknowledged('c1', 2, 1, 4, 't4'),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'the server goes on without it', actions: [...crashed, { kind: 'recovered', version: 3 }] },
  also: [
    {
      accepts: {
        title: 'two writes that storage takes together come about in order, when it has both',
        actions: [
          ...together,
          ...task({ kind: 'appendDurable' }, commit('c1', 1, 4), commit('c2', 1, 5)),
          ...acknowledged('c1', 1, 1, 4, 't4'),
          ...acknowledged('c2', 2, 1, 5, 't6'),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: { title: 'the first one comes about before storage has both', actions: [...together, commit('c1', 1, 4)] },
    },
    {
      accepts: {
        title: 'a write is judged by the push before it in its batch',
        actions: [
          ...withPush,
          ...task(
            ...pushInForce,
            { kind: 'refused', clientId: idOf('c2'), sequence: 1, version: 6, error: 'PermissionDeniedError' },
            pushSettled('push1', { outcome: 'accepted', compatible: true, issues: [] }),
          ),
          ...acknowledged('c1', 1, 1, 4, 't4'),
        ],
      },
      rejects: {
        title: 'the push overtakes the write before it',
        actions: [...withPush, { kind: 'appendDurable' }, { kind: 'schemaCommitted', version: 4 }],
      },
    },
    {
      accepts: {
        title: 'of two writes under way a crash keeps the first',
        actions: [
          ...together,
          ...task({ kind: 'serverStopped', how: 'crash', kept: [{ kind: 'write' }] }, ...lost('c1', 1), ...lost('c2', 2)),
          ...task({ kind: 'recovered', version: 4 }),
          time(250),
          ...task(attempted('c1', 3), observedStatus('c1', 'CONNECTING'), attempted('c2', 4), observedStatus('c2', 'CONNECTING')),
          ...accepted('c1', 3, ann),
          ...task(...clientSays('c1', 3, { word: 'write', sequence: 1 })),
          ...acknowledged('c1', 3, 1, 4, 't4'),
          ...accepted('c2', 4, ann),
          ...task(...clientSays('c2', 4, { word: 'write', sequence: 1 }), ...committedAgain('c2', 1, 5)),
          ...acknowledged('c2', 4, 1, 5, 't6'),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'of a write and a schema under way a crash keeps the schema alone',
        actions: [...withPush, { kind: 'serverStopped', how: 'crash', kept: [{ kind: 'schema' }] }],
      },
    },
    {
      accepts: {
        title: 'a write for which a snapshot stands is acknowledged as before when it is sent again after a crash',
        actions: [
          ...together,
          ...task(...bothInForce, { kind: 'compactionBegan', version: 5 }),
          ...task({ kind: 'serverStopped', how: 'crash', kept: [] }, ...lost('c1', 1), ...lost('c2', 2)),
          ...task({ kind: 'recovered', version: 5 }),
          time(250),
          ...task(attempted('c1', 3), observedStatus('c1', 'CONNECTING'), attempted('c2', 4), observedStatus('c2', 'CONNECTING')),
          ...accepted('c1', 3, ann),
          ...task(...clientSays('c1', 3, { word: 'write', sequence: 1 })),
          ...acknowledged('c1', 3, 1, 4, 't4'),
          ...accepted('c2', 4, ann),
          ...task(...clientSays('c2', 4, { word: 'write', sequence: 1 })),
          ...acknowledged('c2', 4, 1, 5, 't6'),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'a snapshot stands for one entry less than there are',
        actions: [...together, ...bothInForce, { kind: 'compactionBegan', version: 4 }],
      },
    },
    {
      accepts: {
        title: 'a write waits until storage has the snapshot',
        actions: [
          ...compacting,
          ...task({ kind: 'compacted' }, appendBegan('c1', 2), sealed('write')),
          ...task({ kind: 'appendDurable' }, commit('c1', 2, 6)),
          ...acknowledged('c1', 1, 2, 6, 't5'),
        ],
      },
      rejects: { title: 'a write joins a batch meanwhile', actions: [...compacting, appendBegan('c1', 2)] },
    },
    {
      accepts: {
        title: 'of two writes storage can never take the first: that one is rejected, and the other one is kept',
        actions: [
          ...task(
            ...refusedAndKept,
            { kind: 'refused', clientId: idOf('c1'), sequence: 1, version: 4, error: 'StorageRefusedError' },
            commit('c2', 1, 5),
          ),
          ...task(
            ...serverSays('c1', 1, { word: 'rejected', sequence: 1, error: 'StorageRefusedError' }),
            ...observedFailure('c1', 't4', 'StorageRefusedError'),
          ),
          ...acknowledged('c2', 2, 1, 5, 't6'),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'the one that storage can take is rejected too',
        actions: [
          ...refusedAndKept,
          { kind: 'refused', clientId: idOf('c1'), sequence: 1, version: 4, error: 'StorageRefusedError' },
          { kind: 'refused', clientId: idOf('c2'), sequence: 1, version: 5, error: 'StorageRefusedError' },
        ],
      },
    },
    {
      accepts: {
        title: 'a schema that storage can never take is answered so, and the writes beside it are kept',
        actions: [
          ...withPush,
          ...task({ kind: 'batchRefused', index: 1 }, appendBegan('c1', 1), appendBegan('c2', 1), sealed('write', 'write')),
          ...task(pushSettled('push1', { outcome: 'unstorable' })),
          ...task({ kind: 'appendDurable' }, commit('c1', 1, 4), commit('c2', 1, 5)),
          ...acknowledged('c1', 1, 1, 4, 't4'),
          ...acknowledged('c2', 2, 1, 5, 't6'),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'storage is asked to take that schema again',
        actions: [
          ...withPush,
          { kind: 'batchRefused', index: 1 },
          appendBegan('c1', 1),
          appendBegan('c2', 1),
          sealed('write', 'schema', 'write'),
        ],
      },
    },
    {
      accepts: {
        title: 'storage has no space: writes wait, and it is asked again after a second, then after two',
        actions: [
          ...together,
          ...task(noSpace),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
          time(1_000),
          ...task(appendBegan('c1', 1), appendBegan('c2', 1), sealed('write', 'write'), noSpace),
          time(3_000),
          ...task(appendBegan('c1', 1), appendBegan('c2', 1), ...durable('write', 'write'), commit('c1', 1, 4), commit('c2', 1, 5)),
          ...acknowledged('c1', 1, 1, 4, 't4'),
          ...acknowledged('c2', 2, 1, 5, 't6'),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'it is asked again at once',
        actions: [...together, ...task(noSpace), appendBegan('c1', 1), sealed('write')],
      },
    },
    {
      accepts: {
        title: 'a client that heard of a log that is gone is told so; the row that it made goes on under a fresh id',
        actions: [
          ...left,
          ...task(
            ...clientSays('c1', 5, { word: 'write', sequence: 1 }),
            ...clientSays('c1', 5, { word: 'subscribe', subscription: 'q1' }),
            { kind: 'appendBegan', client: 'c1', clientId: 'a fresh id', sequence: 1 },
            ...durable('write'),
            { kind: 'committed', clientId: 'a fresh id', sequence: 1, version: 6 },
          ),
          ...task(...serverSays('c1', 5, { word: 'acknowledged', sequence: 1, version: 6 }), observedSync('c1', 't5')),
          ...task(
            ...serverSays('c1', 5, { word: 'answered', subscription: 'q1', group: 'g2', version: 6, rows: [] }),
            observedResults('c1', 'q1', [milk, rent, aunt, walk, call, shopping]),
            observedFulfilment('c1', 'q1'),
          ),
          quiet({ c1: ['OPEN', ann], c2: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'it is accepted like any other, since the log is higher than what it heard',
        actions: [...overtaken, serverSent('c1', 4, acceptedBy('second', false))],
      },
    },
    {
      accepts: { title: 'what it ticked off is told as lost, and what goes on is shown', actions: left },
      rejects: {
        title: 'its user is told so twice',
        actions: [...overtaken, ...serverSays('c1', 4, acceptedBy('second', true)), logReplaced, logReplaced],
      },
    },
  ],
};
