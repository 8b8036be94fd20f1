import { expect, test } from 'vitest';
import { type ScheduleSpec, type Script, type Step, scriptVersion } from '../scripts/script.ts';
import type { FoundFailure } from './simulation.ts';
import { smallestFirst } from './smallest-first.ts';

const start: Step = { do: 'connect', client: 'c1' };
const end: Step = { do: 'endSession', client: 'c1' };
const wait: Step = { do: 'advance', ms: 10 };

function script(steps: readonly Step[], clients: readonly string[] = ['c1'], schedule: ScheduleSpec = { kind: 'fair' }): Script {
  return {
    version: scriptVersion,
    profile: '',
    configuration: {
      clients: clients.map((name) => ({ name, knowsRoles: true, wallClockSkewMs: 0 })),
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
      schedule,
    },
    steps,
  };
}

function found(name: string, of: Script, shrinking: FoundFailure['shrinking'] = 'oneMinimal'): FoundFailure {
  return {
    class: name,
    failure: { class: name, rule: 'S1', property: 'lockstep', message: '', allowed: [], shown: '', step: 0 },
    firstRun: 0,
    shrunkRun: 0,
    count: 1,
    corpusEntries: [],
    script: of,
    shrunkFrom: 9,
    attempts: 1,
    shrinking,
    sameCauseAs: null,
  };
}

const told = (failures: readonly FoundFailure[]): readonly unknown[] =>
  smallestFirst(failures).map(({ class: name, sameCauseAs }) => [name, sameCauseAs]);

test('the smallest script is first, whatever the order in which they were found', () => {
  const failures = [found('c', script([start, wait, wait])), found('b', script([end])), found('a', script([wait, end]))];
  expect(smallestFirst(failures).map((failure) => failure.class)).toEqual(['b', 'a', 'c']);
  expect(told([...failures].reverse())).toEqual(told(failures));
});

test('a script that holds all steps of a smaller one in their order has probably the same cause', () => {
  expect(told([found('a', script([start, end])), found('b', script([start, wait, end])), found('c', script([end, wait, start]))])).toEqual([
    ['a', null],
    ['b', 'a'],
    ['c', null],
  ]);
});

test('so have equal scripts, and those with more clients or another order of tasks', () => {
  const more = script([start, end], ['c1', 'c2']);
  const other = script([start, end], ['c1'], { kind: 'priorities', seed: 1, changePoints: [] });
  expect(told([found('a', script([start, end])), found('b', more), found('c', other), found('d', script([start, end]))])).toEqual(
    expect.arrayContaining([
      ['a', null],
      ['b', 'a'],
      ['c', 'a'],
      ['d', 'a'],
    ]),
  );
});

test('what was not shrunk may hold any steps, and says nothing', () => {
  expect(told([found('a', script([start])), found('b', script([start, end]), { brokenOff: 'interrupted' })])).toEqual([
    ['a', null],
    ['b', null],
  ]);
  expect(told([found('a', script([start]), { brokenOff: 'interrupted' }), found('b', script([start, end]))])).toEqual([
    ['a', null],
    ['b', null],
  ]);
});
