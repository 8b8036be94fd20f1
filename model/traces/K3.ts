/** K3: a client whose storage fails goes on, overwrites nothing, and says so. */
import type { Action } from '../actions.ts';
import {
  attempted,
  clear,
  clientCloses,
  clientGivesUp,
  clientSays,
  idOf,
  insertTodo,
  kept,
  latest,
  observedRejected,
  observedStatus,
  opened,
  quiet,
  serverHeardClose,
  serverSays,
  task,
} from './build.ts';
import { ann } from './cast.ts';
import { connected, connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const client = 'c1';
const milk = { id: 'milk' };

/** The process began again, storage cannot be read, and its socket opens: it is to say who it is, and storage fails again. */
const unread: readonly Action[] = [
  ...connected(client, 1, ann),
  ...task({ kind: 'clientCrashed', client }, { kind: 'loadFailed', client }),
  ...task(serverHeardClose(client, 1)),
  ...connecting(client, 2, ann, { promise: 'start again' }),
  opened(client, 2),
  { kind: 'loadFailed', client },
];

/** Storage failed to clear itself, and the client goes on under a fresh id. */
const uncleared: readonly Action[] = [
  ...connected(client, 1, ann),
  ...task(clear(client), clientCloses(client, 1), attempted(client, 2), observedStatus(client, 'CONNECTING')),
  ...task({ kind: 'clearFailed', client, epoch: 2 }, observedRejected(client, 'clear', 'StorageError')),
  ...task(serverHeardClose(client, 1)),
  ...task(opened(client, 2), ...clientSays(client, 2, { word: 'hello', token: ann.label, clientId: 'another id', schema: null })),
];

export const traces: RuleTraces = {
  rule: 'K3',
  accepts: {
    title: 'it gives the connection up, and a call rejects',
    actions: [
      ...unread,
      ...task(clientGivesUp(client, 2), { kind: 'drew', client, fraction: latest }, observedStatus(client, 'CLOSED')),
      ...task(insertTodo(client, milk), { kind: 'loadFailed', client }, observedRejected(client, 'insert', 'StorageError')),
      ...task(insertTodo(client, milk, 'again'), { kind: 'loadedAtLast', client }),
      ...task(...kept(client, 1, 'again')),
    ],
  },
  rejects: { title: 'it stays connected, and nobody knows who it is', actions: [...unread, { kind: 'taskEnded' }] },
  also: [
    {
      accepts: {
        title: 'it asks its storage again to clear itself when it is accepted',
        actions: [
          ...uncleared,
          ...task(
            ...serverSays(client, 2, { word: 'accepted' }),
            observedStatus(client, 'OPEN'),
            { kind: 'clearBeganAgain', client, epoch: 2 },
            { kind: 'cleared', client, epoch: 2 },
          ),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'it leaves its storage as it is',
        actions: [
          ...uncleared,
          ...task(...serverSays(client, 2, { word: 'accepted' }), observedStatus(client, 'OPEN')),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
    },
    {
      accepts: {
        title: 'it says who it is once its storage was read',
        actions: [
          ...unread.slice(0, -1),
          ...task(
            { kind: 'loadedAtLast', client },
            ...clientSays(client, 2, { word: 'hello', token: ann.label, clientId: idOf(client), schema: null }),
          ),
        ],
      },
      rejects: {
        title: 'it says that it is somebody else, as if its storage were empty',
        actions: [
          ...unread.slice(0, -1),
          ...clientSays(client, 2, { word: 'hello', token: ann.label, clientId: 'another id', schema: null }).slice(0, 1),
        ],
      },
    },
  ],
};
