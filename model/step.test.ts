/**
 * The laws of the model's one function: `step` is total (it answers, whatever it is told) and pure (it changes nothing
 * that it was given, and answers the same again). Told on traces that were cut, shuffled and salted with nonsense.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schema } from '../vocabulary/schemas.ts';
import type { Action, ClientWord, Command, Observation, Quiescence, ServerWord, Status } from './actions.ts';
import { initialState } from './beginning.ts';
import { allowedSequences } from './observe.ts';
import { owedInTheEnd } from './pending.ts';
import { step } from './step.ts';
import { idOf } from './traces/build.ts';
import { ann, annForged, annForOneMinute, bob, configuration, everyTodo, milk, openTodos, seededVersion } from './traces/cast.ts';
import { everyTrace } from './traces/index.ts';

/** Names of nobody and numbers of nothing are among them. */
const client = fc.constantFrom('c1', 'c2', 'nobody');
const connection = fc.integer({ min: 0, max: 4 });
const token = fc.constantFrom(ann, bob, annForged, annForOneMinute);
const label = fc.constantFrom('ann', 'bob', 'ann forged', 'a token of nobody');
const subscription = fc.constantFrom('a', 'b', 'none');
const promise = fc.constantFrom('start', 'token', 'insert', 'none');
const group = fc.constantFrom('g1', 'g2');
const version = fc.integer({ min: -1, max: seededVersion + 3 });
const sequence = fc.integer({ min: 0, max: 3 });
const id = fc.constantFrom('t1', 't2', 't4');
const collection = fc.constantFrom('todos', 'lists');
const status = fc.constantFrom<Status>('UNINITIALIZED', 'CONNECTING', 'OPEN', 'CLOSING', 'CLOSED');
const query = fc.constantFrom(openTodos, everyTodo, { ...everyTodo, collection: 'lists' });
const closing = fc.constantFrom(
  { reason: 'UNAUTHORIZED', retry: false } as const,
  { reason: 'TOKEN_EXPIRED', retry: false } as const,
  { reason: 'ROLES_MISMATCH', retry: false } as const,
  { reason: 'INTERNAL_ERROR', retry: true } as const,
  { reason: null, retry: true } as const,
);
const is = <const Only>(only: Only) => fc.constant(only);
const clientId = fc.constantFrom('id', 'other id', idOf('c1'));
const attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null } as const;
const closed: Schema = { collections: { todos: { attributes: {}, permissions: {} } }, roles: {} };
const unfit: Schema = { collections: { todos: { attributes: { other: attribute }, permissions: null } }, roles: {} };

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    do: is('startSession'),
    promise,
    token,
    connect: fc.boolean(),
    refresh: fc.constantFrom(null, { intervalMs: null }, { intervalMs: 5_000 }),
  }),
  fc.record({ do: is('updateSessionToken'), promise, token }),
  fc.record({ do: is('endSession'), promise }),
  fc.record({ do: is('connect') }),
  fc.record({ do: is('disconnect') }),
  fc.record({ do: is('subscribe'), subscription, query }),
  fc.record({ do: is('unsubscribe'), subscription }),
  fc.record({ do: is('insert'), promise, collection, row: fc.constant(milk) }),
  fc.record({ do: is('update'), promise, collection, id, changes: fc.constant({ done: true }) }),
  fc.record({ do: is('delete'), promise, collection, id }),
  fc.record({ do: is('transact'), promise, operations: is([{ do: 'insert', collection: 'todos', row: milk }]) }),
  fc.record({ do: is('clear'), promise }),
);
const clientWord: fc.Arbitrary<ClientWord> = fc.oneof(
  fc.record({ word: is('hello'), token: label, clientId, schema: fc.constantFrom(null, 'hash') }),
  fc.record({ word: is('schemaSaid') }),
  fc.record({ word: is('nonsense'), nonsense: is('notJson') }),
  fc.record({ word: is('updateToken'), request: sequence, token: label }),
  fc.record({ word: is('subscribe'), subscription }),
  fc.record({ word: is('unsubscribe'), subscription }),
  fc.record({ word: is('write'), sequence }),
  fc.record({ word: is('ping') }),
);
const serverWord: fc.Arbitrary<ServerWord> = fc.oneof(
  fc.record({ word: is('accepted') }),
  fc.record({ word: is('tokenAccepted'), request: sequence }),
  fc.record({ word: is('tokenRefused'), request: sequence, reason: fc.constantFrom('UNAUTHORIZED', 'TOKEN_EXPIRED') }),
  fc.record({ word: is('answered'), subscription, group, version, rows: fc.constantFrom([], [milk]) }),
  fc.record({ word: is('rejected'), sequence, error: is('PermissionDeniedError') }),
  fc.record({ word: is('schemaAsked') }),
  fc.record({ word: is('updated'), subscriptions: fc.subarray(['a', 'b', 'none']), version, rows: fc.constantFrom([], [milk]) }),
  fc.record({ word: is('acknowledged'), sequence, version }),
  fc.record({ word: is('progressed'), version }),
  fc.record({ word: is('pong') }),
);
const observation: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({ saw: is('status'), status }),
  fc.record({ saw: is('sessionError'), type: fc.constantFrom('UNAUTHORIZED', 'UNKNOWN') }),
  fc.record({ saw: is('settled'), promise, error: fc.constantFrom(null, 'TokenRefusedError') }),
  fc.record({ saw: is('results'), subscription, rows: fc.constantFrom([], [milk]), fulfilled: fc.boolean() }),
  fc.record({ saw: is('remoteFulfilled'), subscription }),
  fc.record({ saw: is('subscriptionError'), subscription, error: is('Error') }),
  fc.record({ saw: is('refreshAsked'), call: sequence }),
  fc.record({ saw: is('synced'), collection, id }),
);
const quiescence: fc.Arbitrary<Quiescence> = fc.record({
  blocked: fc.subarray(['c1→server', 'c1 store', 'server append']),
  halfOpen: fc.subarray(['c1', 'c2']),
  statuses: fc.record({ c1: status, c2: status }),
  tokens: fc.record({ c1: fc.option(label), c2: fc.option(label) }),
  pendingWrites: fc.record({ c1: fc.record({ shown: fc.option(sequence), told: fc.option(sequence) }) }, { requiredKeys: [] }),
  schemas: fc.constant({ c1: null, c2: null }),
  server: fc.constantFrom(null, { version: seededVersion, schema: null, connections: [], groups: [] }),
});
const entries = fc.array(fc.record({ kind: fc.constantFrom('write' as const, 'schema' as const) }), { maxLength: 2 });
const nonsense: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: is('command'), client, command }) },
  { weight: 2, arbitrary: fc.record({ kind: is('clientSent'), client, connection, word: clientWord }) },
  { weight: 2, arbitrary: fc.record({ kind: is('serverReceived'), client, connection, word: clientWord }) },
  { weight: 2, arbitrary: fc.record({ kind: is('serverSent'), client, connection, word: serverWord }) },
  { weight: 2, arbitrary: fc.record({ kind: is('clientHeard'), client, connection, word: serverWord }) },
  { weight: 2, arbitrary: fc.record({ kind: is('observed'), client, observation }) },
  fc.record({ kind: is('refreshAnswered'), client, call: sequence, token: fc.option(token) }),
  fc.record({ kind: is('attempted'), client, connection }),
  fc.record({ kind: is('opened'), client, connection }),
  fc.record({ kind: is('clientClosed'), client, connection, givenUp: fc.boolean() }),
  fc.record({ kind: is('serverClosed'), client, connection, closing, givenUp: fc.boolean() }),
  fc.record({ kind: is('clientHeardClose'), client, connection, closing }),
  fc.record({ kind: is('serverHeardClose'), client, connection }),
  fc.record({ kind: is('readingPaused'), client, connection }),
  fc.record({ kind: is('readingResumed'), client, connection }),
  fc.record({ kind: is('appendBegan'), client, clientId, sequence }),
  fc.record({ kind: is('committed'), clientId, sequence, version }),
  fc.record({ kind: is('refused'), clientId, sequence, version, error: is('PermissionDeniedError') }),
  fc.record({ kind: is('stored'), client, epoch: fc.constantFrom(1, 2), sequence }),
  fc.record({ kind: is('notStored'), client, epoch: fc.constantFrom(1, 2), sequence }),
  fc.record({ kind: is('cleared'), client, epoch: fc.constantFrom(1, 2) }),
  fc.record({ kind: is('schemaPushed'), push: fc.constantFrom('push1', 'push2'), schema: fc.constantFrom(closed, unfit) }),
  fc.record({ kind: is('schemaAppendBegan') }),
  fc.record({ kind: is('schemaCommitted'), version }),
  fc.record({ kind: is('pushSettled'), push: fc.constantFrom('push1', 'push2'), outcome: is({ outcome: 'failed' }) }),
  fc.record({ kind: is('schemaRefused') }),
  fc.record({ kind: is('batchSealed'), entries }),
  fc.record({ kind: is('appendFailed'), kept: entries }),
  fc.record({ kind: is('appendDurable') }),
  fc.record({ kind: is('compactionBegan'), version }),
  fc.record({ kind: is('compacted') }),
  fc.record({ kind: is('compactionFailed') }),
  fc.record({ kind: is('batchRefused'), index: fc.constantFrom(0, 1, 2) }),
  fc.record({ kind: is('batchUnplaced') }),
  fc.record({ kind: is('fellSilent'), client }),
  fc.record({ kind: is('recoveryBegan') }),
  fc.record({ kind: is('serverStopping') }),
  fc.record({
    kind: is('serverStopped'),
    how: fc.constantFrom('graceful', 'crash'),
    kept: entries,
  }),
  fc.record({ kind: is('recovered'), version }),
  fc.record({ kind: is('clientCrashed'), client }),
  fc.record({ kind: is('strangerHeard'), said: is('notJson'), closing: is(null) }),
  fc.record({ kind: is('evaluated'), group, version }),
  fc.record({ kind: is('encoded'), group, version }),
  fc.record({ kind: is('keyFetchBegan'), fetch: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: is('keyFetchEnded'), fetch: fc.integer({ min: 1, max: 3 }), keys: fc.option(fc.subarray(['secret', 'other'])) }),
  fc.record({ kind: is('keysFetched'), keys: fc.subarray(['secret', 'other']) }),
  fc.record({ kind: is('time'), nowMs: fc.constantFrom(0, 250, 59_000, 60_000, 3_000_000_000) }),
  fc.record({ kind: is('wallJumped'), process: fc.constantFrom('c1', 'server'), byMs: fc.constantFrom(-60_000, 60_000) }),
  fc.record({ kind: is('fellAsleep'), client }),
  fc.record({ kind: is('wokeUp'), client, stoodMs: fc.constantFrom(0, 60_000) }),
  fc.record({ kind: is('throttled'), client, isThrottled: fc.boolean() }),
  fc.record({ kind: is('keysRotated'), key: is('other') }),
  fc.record({ kind: is('taskEnded') }),
  fc.record({ kind: is('quiescent'), quiescence }),
  fc.record({ kind: is('over'), awaited: fc.subarray(['the close of the server']) }),
  fc.record({ kind: is('rejectionLost'), error: is('TypeError'), shown: is('TypeError: x') }),
  fc.record({ kind: is('processLost'), how: fc.constantFrom('without bound', 'without rest', 'by itself'), shown: is('gone') }),
);
/** A trace that leads somewhere, parts of it left out, with nonsense strewn in. */
const history: fc.Arbitrary<readonly Action[]> = fc
  .tuple(
    fc.constantFrom(...everyTrace.flatMap(({ accepts, rejects }) => [accepts.actions, rejects.actions])),
    fc.array(fc.tuple(fc.nat({ max: 99 }), fc.boolean(), nonsense), { maxLength: 12 }),
  )
  .map(([actions, changes]) =>
    changes.reduce((before, [at, replaces, action]) => before.toSpliced(at % (before.length + 1), replaces ? 1 : 0, action), actions),
  );

/** Freezes what is new; what a former step left is frozen already. */
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}

test('step is total and pure: it never throws, never mutates, and answers the same again', () => {
  const beginning = initialState(configuration);
  deepFreeze(beginning);
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(history, (actions) => {
      let state = beginning;
      for (const action of actions) {
        deepFreeze(action);
        const answer = step(state, action);
        deepFreeze(answer);
        expect(JSON.stringify(step(state, action))).toBe(JSON.stringify(answer));
        if (answer.ok) taken += 1;
        else refused += 1;
        if (answer.ok) state = answer.state;
      }
      owedInTheEnd(state);
      for (const known of Object.values(state.clients)) expect(allowedSequences(known)).toBeGreaterThanOrEqual(1);
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(taken, 'most of it leads somewhere').toBeGreaterThan(refused);
});
