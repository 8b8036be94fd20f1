/** What is commonplace must not count as putting a rule to the test: a count that never falls to zero shows nothing. */

import { describe, expect, test } from 'vitest';
import { type Action, initialState, type State, type Token } from '../../model/index.ts';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import { createCoverage } from './coverage.ts';

type Server = State['server'];

const epochMs = 1_000_000;
const token: Token = {
  label: 'ann',
  user: 'ann',
  role: 'member',
  plan: 'free',
  expiresAtMs: epochMs,
  notBeforeMs: null,
  flaw: 'none',
  key: 'k1',
};
const committed: Action = { kind: 'committed', clientId: 'i1', sequence: 1, version: 1 };
const schemaCommitted: Action = { kind: 'schemaCommitted', version: 1 };

const text = { type: 'string', items: null, nullable: false, optional: true, enum: null } as const;

/** A schema of one collection, whose rows may be inserted by what the filter says. */
function schemaOf(attributes: readonly string[], insert: 'no permissions' | 'everything' | 'own rows'): Schema {
  const filter = insert === 'everything' ? [] : [['owner', '=', 'ann'] as const];
  const permissions = insert === 'no permissions' ? null : { member: { insert: { filter } } };
  return {
    collections: { notes: { attributes: Object.fromEntries(attributes.map((name) => [name, text])), permissions } },
    roles: { member: { match: { role: 'member' } } },
  };
}

const beginning = initialState({
  clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
  roles: {},
  sharedSecret: true,
  epochMs,
  rows: {},
});

const connected: State['connections'][number] = {
  client: 'c1',
  openAtServer: true,
  openAtClient: true,
  hello: null,
  epoch: 1,
  clientSchema: null,
  attemptedWith: 'ann',
  schema: 'unasked',
  broken: null,
  isPaused: false,
  mustGiveUp: null,
  pingedMs: null,
  heardSincePing: false,
  unansweredPingMs: null,
  attemptedMs: 0,
  mustClose: null,
  accepted: token,
  incarnation: null,
  expiryDueMs: null,
  updates: [],
  subscriptions: {},
  answering: null,
  answersUnderWay: [],
  unsubscribed: [],
  left: [],
  writesSent: {},
  writesReceived: [],
  forked: false,
  acknowledged: [],
  sentSubscriptions: [],
  saidHello: true,
  cutOff: false,
  lastWriteSent: 0,
  clientSentMs: 0,
  openedMs: 0,
  openedAtServerMs: 0,
  acceptedMs: 0,
  clientHeardMs: 0,
  serverHeardMs: 0,
  serverClosing: null,
  queue: [],
  behind: null,
  waiting: [],
  isInHand: false,
  turn: null,
};

function withServer(state: State, change: Partial<Server>): State {
  return { ...state, server: { ...state.server, ...change } };
}

function counted(name: string, action: Action, before: State, after: State): boolean {
  const coverage = createCoverage();
  coverage.action(action, before, after);
  return coverage.counts()[name] !== undefined;
}

test('H2: only a commit that touched a group', () => {
  const after = (touched: boolean): State =>
    withServer(beginning, {
      cost: {
        version: 1,
        groups: [{ group: 'g', touched, changed: false, tooLong: false, listeners: [1], like: { query, permit: null } }],
        most: { comparisons: 0, unitsEncoded: 0, attributesCopied: 0 },
        evaluations: {},
        encodings: {},
        isSpentTold: false,
      },
    });
  expect([true, false].map((touched) => counted('rule:H2', committed, beginning, after(touched)))).toEqual([true, false]);
});

describe('P1: only a write that a filter looked at', () => {
  function isCounted(insert: 'no permissions' | 'everything' | 'own rows', carrier: Token): boolean {
    const schema = schemaOf(['owner'], insert);
    const joined: NonNullable<Server['appending']>['joined'] = [
      {
        what: 'write',
        client: 'c1',
        epoch: 1,
        clientId: 'i1',
        sequence: 1,
        sent: { key: 'c1:1', sequence: 1, changes: [], id: null, resent: false, answered: 0 },
        carriers: [carrier],
        isRefused: false,
      },
    ];
    const appending: Server['appending'] = { phase: 'durable', joined };
    const before = withServer(beginning, { schema, appending });
    const row = { id: 'n1', owner: 'ann' };
    const write: State['clients'][string]['writes'][number] = {
      key: 'c1:1',
      epoch: 1,
      sequence: 1,
      id: null,
      sent: true,
      changes: [{ kind: 'insert', collection: 'notes', id: 'n1', generation: 'g1', row }],
      stored: true,
      decided: { log: 1, version: 1, error: null },
      acknowledged: false,
      isRolledBack: false,
      lingers: null,
      waitsAgain: false,
      isUnseen: false,
    };
    const [name, client] = Object.entries(before.clients)[0] ?? [];
    if (name === undefined || client === undefined) throw new Error('there is no client');
    const after = { ...withServer(before, { appending: null }), clients: { [name]: { ...client, writes: [write] } } };
    return counted('rule:P1', committed, before, after);
  }

  test('not one to a collection open to all', () => expect(isCounted('no permissions', token)).toBe(false));
  test('not one that an empty filter let through', () => expect(isCounted('everything', token)).toBe(false));
  test('not one under a secret token', () => expect(isCounted('own rows', { ...token, secret: true })).toBe(false));
  test('but one that passed a filter', () => expect(isCounted('own rows', token)).toBe(true));
});

describe('C2: only a schema with other attributes, by verdict', () => {
  function cellsOf(old: Schema | null, present: Schema): readonly string[] {
    const names = ['rule:C2', 'milestone:incompatible schema over another', 'milestone:compatible schema over another'];
    const before = withServer(beginning, { schema: old });
    return names.filter((name) => counted(name, schemaCommitted, before, withServer(before, { schema: present })));
  }
  const one = schemaOf(['owner'], 'everything');
  const two = schemaOf(['owner', 'title'], 'everything');

  test('not the first', () => expect(cellsOf(null, one)).toEqual([]));
  test('not other permissions', () => expect(cellsOf(one, schemaOf(['owner'], 'own rows'))).toEqual([]));
  test('what adds', () => expect(cellsOf(one, two)).toEqual(['rule:C2', 'milestone:compatible schema over another']));
  test('what removes', () => expect(cellsOf(two, one)).toEqual(['rule:C2', 'milestone:incompatible schema over another']));
});

describe('S5: only where a token has expired', () => {
  const began: Action = { kind: 'appendBegan', client: 'c1', clientId: 'i1', sequence: 1 };
  const received: Action = { kind: 'serverReceived', client: 'c1', connection: 1, word: { word: 'write', sequence: 1 } };
  const under = (expiresAtMs: number): State => ({
    ...beginning,
    connections: { 1: { ...connected, accepted: { ...token, expiresAtMs } } },
  });

  test('not an append under one that expires some day', () =>
    expect(counted('rule:S5', began, under(epochMs + 1), under(epochMs + 1))).toBe(false));
  test.each([
    { distanceMs: 1, isCounted: false },
    { distanceMs: 0, isCounted: true },
  ])('a write, $distanceMs ms before: $isCounted', ({ distanceMs, isCounted }) =>
    expect(counted('rule:S5', received, under(epochMs + distanceMs), beginning)).toBe(isCounted),
  );
});

/** A run of actions, each between two states. */
function countsOf(...moments: readonly (readonly [Action, State, State])[]): Readonly<Record<string, number>> {
  const coverage = createCoverage();
  for (const [action, before, after] of moments) coverage.action(action, before, after);
  return coverage.counts();
}

const query: Query = { collection: 'notes', where: [], order: [] };
const noted = withServer(beginning, { versions: [{ 'notes/n1': { generation: 'g1', row: { id: 'n1', owner: 'ann' } } }] });

function following(change: Partial<State['clients'][string]['subscriptions'][string]>, connection: number | null): State {
  const [client] = Object.values(noted.clients);
  if (client === undefined) throw new Error('there is no client');
  const subscription = {
    query,
    held: null,
    ignoredWrites: [],
    fulfilled: false,
    answeredOn: null,
    failedOn: null,
    shown: null,
    candidates: [],
    expectedFulfilments: 0,
    ...change,
  };
  return { ...noted, clients: { c1: { ...client, connection, subscriptions: { s1: subscription }, queries: { s1: query } } } };
}

describe('the cache shown after a restart', () => {
  const name = 'milestone:cache shown after a restart';
  const rows = [{ id: 'n1', owner: 'ann' }];
  const results: Action = { kind: 'observed', client: 'c1', observation: { saw: 'results', subscription: 's1', rows, fulfilled: false } };
  const answered: Action = {
    kind: 'clientHeard',
    client: 'c1',
    connection: 1,
    word: { word: 'answered', subscription: 's1', group: 'g', version: 0, rows },
  };
  const crashed: Action = { kind: 'clientCrashed', client: 'c1' };
  const held = { log: 1, version: 0, permit: null };
  const withCache = following({ held }, 1);
  const withoutCache = following({}, 1);

  test('is one', () => expect(countsOf([crashed, noted, noted], [results, withCache, withCache])[name]).toBe(1));
  test('is none without a crash', () => expect(countsOf([results, withCache, withCache])[name]).toBeUndefined());
  test('is none where only own writes are shown', () =>
    expect(countsOf([crashed, noted, noted], [results, withoutCache, withoutCache])[name]).toBeUndefined());
  test('is none once the query was answered again', () =>
    expect(countsOf([crashed, noted, noted], [answered, withCache, withCache], [results, withCache, withCache])[name]).toBeUndefined());
});

describe('the answer after a push', () => {
  const takes = 'milestone:permission change takes a row away';
  const brings = 'milestone:permission change brings a row';
  const nothing: Filter = { mod: 'or', filters: [] };

  /** What is counted where the answer to `s1` is owed for that rule, and the permit changes. */
  function cellsOf(stale: 'C5' | 'S6', old: Filter | null, present: Filter | null): readonly string[] {
    const at = (permit: Filter | null, owedFor: 'C5' | 'S6' | null): State => ({
      ...following({ answeredOn: 1, fulfilled: true }, 1),
      connections: {
        1: {
          ...connected,
          subscriptions: {
            s1: { query, answered: owedFor === null, group: null, form: null, permit, stale: owedFor, ahead: [], failure: null },
          },
        },
      },
    });
    const word = { word: 'answered', subscription: 's1', group: 'g', version: 0, rows: [] } as const;
    const [before, after] = [at(old, stale), at(present, null)];
    const counts = countsOf(
      [{ kind: 'serverSent', client: 'c1', connection: 1, word }, before, after],
      [{ kind: 'clientHeard', client: 'c1', connection: 1, word }, after, after],
    );
    return [takes, brings].filter((name) => counts[name] !== undefined);
  }

  test('takes a row away', () => expect(cellsOf('C5', null, nothing)).toEqual([takes]));
  test('brings a row', () => expect(cellsOf('C5', nothing, null)).toEqual([brings]));
  test('does neither where the permissions let the same through', () => expect(cellsOf('C5', null, null)).toEqual([]));
  test('is not the answer after other claims', () => expect(cellsOf('S6', null, nothing)).toEqual([]));
});
