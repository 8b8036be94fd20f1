import { expect, test } from 'vitest';
import type { Fault } from '../../properties/faults/fault.ts';
import { mostNewDying, type SmokeResult } from '../../properties/faults/smoke.ts';
import { smokeText } from './smoke-report.ts';

const fault: Fault = { name: 'f', rule: 'S1', file: 'sut/x.ts', find: 'a', replace: 'b' };
const dead = (since?: number): SmokeResult => ({
  fault: since === undefined ? fault : { ...fault, since },
  died: { run: 3, rule: 'S1' },
  undecidedRuns: 0,
});

test('the table counts the faults that die, the new ones apart', () => {
  const old = Array.from({ length: 50 }, () => dead());
  const fresh = Array.from({ length: mostNewDying }, () => dead(3));
  expect(smokeText([...old, ...fresh])).toContain(`${50 + mostNewDying} of ${50 + mostNewDying} faults die`);
});
