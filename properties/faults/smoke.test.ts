import { expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { complaintsAbout, mostNewDying, type SmokeResult, smoke, smokeRuns, smokeScripts } from './smoke.ts';

const fault: Fault = { name: 'f', rule: 'S1', file: 'sut/x.ts', find: 'a', replace: 'b' };
const dead = (since?: number): SmokeResult => ({
  fault: since === undefined ? fault : { ...fault, since },
  died: { run: 3, rule: 'S1' },
  undecidedRuns: 0,
});
const times = (count: number, result: SmokeResult): readonly SmokeResult[] => Array.from({ length: count }, () => result);

test('its scripts are of one client and the fair schedule', () => {
  expect(smokeScripts()).toHaveLength(smokeRuns);
  for (const { configuration } of smokeScripts()) {
    expect(configuration.clients).toHaveLength(1);
    expect(configuration.schedule).toBeUndefined();
  }
});

test('old faults may die in the smoke, and a few new ones', () => {
  const results = [...times(30, dead()), ...times(20, dead(2)), ...times(mostNewDying, dead(3))];
  expect(complaintsAbout(results)).toEqual([]);
});

test('one new fault more is too many', () => {
  expect(complaintsAbout(times(mostNewDying + 1, dead(3)))).toEqual(['6 of the new faults die in it, more than 5']);
});

test('what gave no result has not survived, and the sound system must hold', () => {
  expect(complaintsAbout([{ fault, died: null, undecidedRuns: 2 }])).toEqual(['f: 2 runs without a result']);
  expect(complaintsAbout([{ fault: null, died: { run: 1, rule: 'Q2' }, undecidedRuns: 0 }])).toEqual([
    'without any fault run 1 fails (Q2)',
  ]);
});

test('without a fault nothing dies in the smoke', async () => {
  expect(await smoke(null)).toEqual({ fault: null, died: null, undecidedRuns: 0 });
});
