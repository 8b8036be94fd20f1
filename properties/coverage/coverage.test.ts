/** Cells follow from their alphabets, rules from the specification; counting names what happened; the gate tells what did not. */
import { describe, expect, test } from 'vitest';
import { type Action, initialState, type ModelConfiguration, type State, step } from '../../model/index.ts';
import { scriptOf } from '../generator/generate.ts';
import { rules } from '../rules.ts';
import { runScript } from '../systems/run-script.ts';
import { expectHeld } from '../testing/expect-held.test-tools.ts';
import { cellNames, families } from './cells.ts';
import { createCoverage } from './coverage.ts';
import { milestoneProbes } from './milestones/index.ts';
import { strikeOf } from './pairs.ts';
import { ruleProbes } from './rules/index.ts';
import { judgeCoverage, reachable } from './threshold.ts';
import { unreachable } from './unreachable.ts';

describe('the cells', () => {
  test('have each a name of their own', () => expect(new Set(cellNames).size).toBe(cellNames.length));

  test('hold every rule of the specification, and no other', () => expect(families.rule).toEqual([...rules().keys()]));

  test.each([...ruleProbes, ...milestoneProbes])('$name says in a sentence what counts', ({ name, sentence, triggers }) => {
    expect(sentence).toMatch(/^[A-Za-z].*\.$/u);
    expect(name).not.toContain(',');
    expect(triggers.some(({ role }) => role === 'counts')).toBe(true);
  });

  test('a hold strikes the client that its label is about, or everybody', () => {
    expect(strikeOf({ do: 'hold', label: 'c2→server' })).toEqual({ fault: 'hold', client: 'c2' });
    expect(strikeOf({ do: 'hold', label: 'server append' })).toEqual({ fault: 'hold', client: null });
    expect(strikeOf({ do: 'connect', client: 'c1' })).toBeNull();
  });
});

const configuration: ModelConfiguration = {
  clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
  roles: {},
  sharedSecret: true,
  epochMs: 1_000_000,
  rows: {},
};
const token = {
  label: 'ann',
  user: 'ann',
  role: 'member',
  plan: 'free',
  expiresAtMs: null,
  notBeforeMs: null,
  flaw: 'none',
  key: 'k1',
} as const;
const start: Action = {
  kind: 'command',
  client: 'c1',
  command: { do: 'startSession', promise: 'p1', token, connect: true, refresh: null },
};

/** The counts of one run that the model takes. */
function countsOf(...actions: readonly Action[]): Readonly<Record<string, number>> {
  const coverage = createCoverage();
  let state: State = initialState(configuration);
  for (const action of actions) {
    const taken = step(state, action);
    if (!taken.ok) throw new Error(taken.rejected.message);
    coverage.action(action, state, taken.state);
    state = taken.state;
  }
  coverage.step({ do: 'cut', client: 'c1', how: 'abrupt' }, state);
  coverage.skipped({ do: 'connect', client: 'c1' });
  coverage.callback('results');
  coverage.task('c1 refresh timer', state);
  coverage.task('server append', state);
  coverage.allowed(3);
  return coverage.counts();
}

describe('counting', () => {
  test('names what happened, and nothing else', () => {
    const attempted: Action = { kind: 'attempted', client: 'c1', connection: 1 };
    const status: Action = { kind: 'observed', client: 'c1', observation: { saw: 'status', status: 'CONNECTING' } };
    expect(countsOf(start, attempted, status)).toEqual({
      'allowed:3–4': 1,
      'callback:results': 1,
      'pair:connecting×cut abrupt×none': 1,
      'rule:S1': 1,
      'saw:status': 1,
      'skipped:connect': 1,
      'state:CONNECTING×refresh timer': 1,
      'state:UNINITIALIZED×command startSession': 1,
      'status:CONNECTING': 1,
      'step:cut': 1,
      'task:c refresh timer': 1,
      'task:server append': 1,
    });
  });

  test('a session replaced while its socket opens is a milestone, and puts S2 to the test', () => {
    const attempted: Action = { kind: 'attempted', client: 'c1', connection: 1 };
    const again: Action = {
      kind: 'command',
      client: 'c1',
      command: { do: 'startSession', promise: 'p2', token: { ...token, label: 'bob', user: 'bob' }, connect: true, refresh: null },
    };
    expect(countsOf(start, attempted, again)).toMatchObject({ 'rule:S2': 1, 'milestone:session replaced while its socket opens': 1 });
  });
});

test('a run is counted in known cells alone', async () => {
  for (let run = 0; run < 4; run += 1) {
    const script = scriptOf(4, run);
    const { outcome, coverage } = await runScript(script, { world: 'simulated', keepTrace: false });
    expectHeld(script, { outcome }, { source: `4:${run}` });
    const unknown = Object.keys(coverage).filter(
      (name) => !cellNames.includes(name) && !/^(allowed:|relation:|quiescence$|advance cut short$)/u.test(name),
    );
    expect(unknown).toEqual([]);
    expect(coverage['rule:S1']).toBeGreaterThan(0);
  }
});

describe('the gate', () => {
  const everything = Object.fromEntries(
    Object.entries(reachable).flatMap(([family, names]) => names.map((name) => [`${family}:${name}`, 1] as const)),
  );

  test('holds where all is visited that can be', () => {
    expect(judgeCoverage(everything)).toMatchObject({ unvisited: [], refuted: [], idle: [], large: null });
  });

  test('allows a small share of large sets, and no more', () => {
    const allowing = (large: number): Readonly<Record<string, number>> => ({
      ...everything,
      'allowed:2': 1_000 - large,
      'allowed:more than 8': large,
    });
    expect(judgeCoverage(allowing(15)).large).toBeNull();
    expect(judgeCoverage(allowing(16)).large).toEqual({ share: 0.016, most: 0.015 });
  });

  test('names what was never visited', () => {
    const { 'rule:S4': _left, ...rest } = everything;
    expect(judgeCoverage(rest).unvisited).toEqual(['rule:S4']);
  });

  test('demands that every two of phase and fault and subscription meet', () => {
    const without = (holds: (name: string) => boolean): readonly string[] =>
      judgeCoverage(Object.fromEntries(Object.entries(everything).filter(([name]) => !holds(name)))).unvisited;
    expect(without((name) => name === 'pair:open×cut clean×live')).toEqual([]);
    expect(without((name) => name.startsWith('pair:open×cut clean×'))).toEqual(['pair:open×cut clean×any']);
  });

  test('tells a reason that is wrong', () => {
    const [cell = '', why = ''] = [...unreachable][0] ?? [];
    expect(judgeCoverage({ ...everything, [cell]: 3 }).refuted).toEqual([{ cell, times: 3, why }]);
  });
});
