/** What is commonplace must not count as putting a rule to the test: a count that never falls to zero shows nothing. */
import { describe, expect, test } from 'vitest';
import { type Action, initialState, type Schema, type State, type Token } from '../../model/index.ts';
import { createCoverage } from './coverage.ts';
import { milestoneProbes } from './milestones/index.ts';

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
  firstKeys: [],
  epochMs,
  rows: {},
});

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
      cost: { version: 1, groups: [{ group: 'g', touched, changed: false, mustSend: true }], evaluations: {}, encodings: {} },
    });
  expect([true, false].map((touched) => counted('rule:H2', committed, beginning, after(touched)))).toEqual([true, false]);
});

describe('P1: only a write that a filter looked at', () => {
  function isCounted(insert: 'no permissions' | 'everything' | 'own rows', carrier: Token): boolean {
    const schema = schemaOf(['owner'], insert);
    const appending: Server['appending'] = {
      what: 'write',
      client: 'c1',
      epoch: 1,
      clientId: 'i1',
      sequence: 1,
      carriers: [carrier],
      durable: true,
    };
    const before = withServer(beginning, { schema, appending });
    const row = { id: 'n1', owner: 'ann' };
    const write: State['clients'][string]['writes'][number] = {
      sequence: 1,
      changes: [{ kind: 'insert', collection: 'notes', id: 'n1', generation: 'g1', row }],
      stored: true,
      decided: { version: 1, error: null },
      acknowledged: false,
      isRolledBack: false,
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

test('S5: not an append under a token that expires some day', () => {
  const began: Action = { kind: 'appendBegan', client: 'c1', clientId: 'i1', sequence: 1 };
  expect(counted('rule:S5', began, beginning, beginning)).toBe(false);
});

test('every milestone about a push, a filter or the cache is asked for', () => {
  const names = milestoneProbes.map(({ name }) => name);
  for (const name of ['permission change takes a row away', 'permission change brings a row', 'cache shown after a restart']) {
    expect(names).toContain(name);
  }
});
