/** Q2: what is shown is one version, whole. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import {
  insertTodo,
  kept,
  observedLocalResults,
  observedResults,
  observedSubscriptionError,
  quiet,
  serverHeardClose,
  serverSays,
  subscribe,
  task,
  updateTodo,
} from './build.ts';
import { ann, aunt, bob, everyTodo, milk, rent, todosSchema } from './cast.ts';
import { acknowledged, asked, connected, subscribed, written } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const oat = { ...milk, title: 'Buy oat milk' };
const half = { ...rent, title: 'Pay half the rent' };
/** `c2` changes two rows, one commit after the other; `c1` has heard of both and shown neither. */
const changedTwice = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', everyTodo, [milk, rent, aunt]),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'a', everyTodo, [milk, rent, aunt]),
  ...task(updateTodo('c2', 't1', { title: oat.title }), observedResults('c2', 'a', [oat, rent, aunt]), ...kept('c2', 1, 'update')),
  ...written('c2', 2, 1, 4, 'g1'),
  ...acknowledged('c2', 2, 1, 4, 't1'),
  ...task(...serverSays('c2', 2, { word: 'updated', subscriptions: ['a'], version: 4, rows: [] })),
  ...task(updateTodo('c2', 't2', { title: half.title }), observedResults('c2', 'a', [oat, half, aunt]), ...kept('c2', 2, 'update')),
  ...written('c2', 2, 2, 5, 'g1'),
  ...acknowledged('c2', 2, 2, 5, 't2'),
  ...task(...serverSays('c2', 2, { word: 'updated', subscriptions: ['a'], version: 5, rows: [] })),
  ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: [] }),
  ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 5, rows: [] }),
];

const schema = todosSchema(null);
/** Its application was upgraded: a priority is a text now. */
const priorityIsText: Schema = changed(schema, { priority: { type: 'string', items: null, nullable: false, optional: false, enum: null } });
const upgraded = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', everyTodo, [milk, rent, aunt]),
  ...task({ kind: 'clientCrashed', client: 'c1', schema: priorityIsText }),
  ...task(serverHeardClose('c1', 1)),
  subscribe('c1', 'b', everyTodo),
];

const madeBefore = [
  ...task(insertTodo('c1', milk), ...kept('c1', 1, 'insert')),
  ...task({ kind: 'clientCrashed', client: 'c1', schema: priorityIsText }),
  subscribe('c1', 'b', everyTodo),
];

function changed({ collections, roles }: Schema, attributes: Schema['collections'][string]['attributes']): Schema {
  const known = collections.todos?.attributes;
  return { collections: { ...collections, todos: { attributes: { ...known, ...attributes }, permissions: null } }, roles };
}

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
/** More statements than the server takes. */
const long: Query = {
  collection: 'todos',
  where: [
    ['done', '=', false],
    ['priority', '>', 0],
  ],
  order: [],
};
/** The server does not follow the only subscription, and acknowledges a write. */
const failedThenWritten = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', long),
  ...task(
    ...serverSays('c1', 1, { word: 'subscriptionFailed', subscription: 'a', error: 'LimitExceededError' }),
    observedSubscriptionError('c1', 'a', 'LimitExceededError'),
  ),
  ...task(insertTodo('c1', walk), observedLocalResults('c1', 'a', [walk]), ...kept('c1', 1, 'insert')),
  ...written('c1', 1, 1, 4),
  ...acknowledged('c1', 1, 1, 4, 't4'),
];
const holding = (held: number) => quiet({ c1: ['OPEN', ann] }, null, null, { c1: { shown: 0, told: 0, held } });
const heldForNobody: TracePair = {
  accepts: {
    title: 'what is acknowledged becomes part of what a subscription that failed shows: the client holds no write for it',
    actions: [...failedThenWritten, holding(0)],
  },
  rejects: {
    title: 'it holds the write, as it would every later one',
    actions: [...failedThenWritten, holding(1)],
  },
};

export const traces: RuleTraces = {
  rule: 'Q2',
  bounds: { filterNodesMax: 1 },
  accepts: {
    title: 'own pending writes are shown at once; of the others an intermediate version may be skipped',
    actions: [...changedTwice, ...task(observedResults('c1', 'a', [oat, half, aunt])), quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] })],
  },
  rejects: {
    title: 'a torn result: the second change without the first',
    actions: [...changedTwice, observedResults('c1', 'a', [milk, half, aunt])],
  },
  also: [
    heldForNobody,
    {
      accepts: {
        title: 'a write that waits since before the upgrade has a value of another type: it is not seen (K2)',
        actions: [...madeBefore, ...task(observedLocalResults('c1', 'b', []))],
      },
      rejects: {
        title: 'it is shown as it was written, typed by the new schema',
        actions: [...madeBefore, observedLocalResults('c1', 'b', [milk])],
      },
    },
    {
      accepts: {
        title: 'what the cache holds of another schema is not found (K2)',
        actions: [...upgraded, ...task(observedLocalResults('c1', 'b', [])), quiet({}, null, priorityIsText)],
      },
      rejects: {
        title: 'rows of the former schema, typed by the new one',
        actions: [...upgraded, observedLocalResults('c1', 'b', [milk, rent, aunt])],
      },
    },
  ],
};
