/** Exhaustion finds what is planted, counts truly, and merging states loses nothing. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { readFault } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { parseScript } from '../scripts/parse.ts';
import type { Step } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import { expectHeld } from '../testing/expect-held.test-tools.ts';
import { exhaust, verdictOf } from './exhaust.ts';
import { explore } from './explore.ts';
import type { Exhausted, ExhaustJob } from './jobs.ts';
import { todosSchema } from './schemas.ts';
import { add, milk, type Scope, startSession, tokenOf } from './scope.ts';
import { scopes } from './scopes/index.ts';

const all = { budgetRuns: 10_000, merge: true, stopAtFirstFailure: false };

async function explored(scope: string, fault: string, options: Partial<ExhaustJob> = {}): Promise<Exhausted> {
  const path = join(repositoryRoot(), 'properties', 'faults', `${fault}.json`);
  const bundle = await bundleWorker({ fault: readFault(path), entry: 'properties/exhaust/worker.ts' });
  const [end] = await exhaust([{ scope, shrink: false, ...all, ...options }], { bundle, workers: 1 });
  if (end === undefined || end.result === null) throw new Error(`no result: ${JSON.stringify(end)}`);
  return end.result;
}

function scopeNamed(wanted: string): Scope {
  const found = scopes.find(({ name }) => name === wanted);
  if (found === undefined) throw new RangeError(`there is no scope ${wanted}`);
  return found;
}
const endSession = scopeNamed('end-session');
const expiryAndWrite = scopeNamed('expiry-and-write');

const classesOf = ({ failures }: Pick<Exhausted, 'failures'>): readonly string[] => failures.map(({ failure }) => failure.class).sort();

describe('on the sound system', () => {
  test('every schedule is counted: merged states tell as many as there are runs without merging', async () => {
    const merged = await explore(endSession, runScript, all);
    const single = await explore(endSession, runScript, { ...all, merge: false });
    expect(merged).toMatchObject({ exhausted: true, failures: [], undecided: [] });
    expect(single).toMatchObject({ exhausted: true, failures: [], undecided: [], merged: 0, runs: single.schedules });
    expect(merged.schedules).toBe(single.runs);
    expect(merged.runs).toBeLessThan(single.runs);
  });

  const one: Scope = {
    name: 'one',
    sentence: 'one client writes',
    tooth: '',
    rules: ['W1'],
    rows: milk,
    clients: ['c1'],
    setup: [startSession('c1', tokenOf('ann'))],
    threads: [[add('c1', 'rent')]],
  };
  const faults: readonly Step[] = [
    { do: 'cut', client: 'c1', how: 'abrupt' },
    { do: 'pushSchema', schema: todosSchema() },
    { do: 'failStorage', process: 'server', keepsTail: false },
    { do: 'failStorage', process: 'c1', keepsTail: false },
    { do: 'restartClient', client: 'c1', keepsTail: false },
    { do: 'restartServer', how: 'crash', keepsTail: true },
  ];
  test.each(faults)('whatever a fault concerns, no schedule is lost: $do', async (fault) => {
    const merged = await explore({ ...one, fault }, runScript, all);
    const single = await explore({ ...one, fault }, runScript, { ...all, merge: false });
    for (const explored of [merged, single]) expect(explored).toMatchObject({ exhausted: true, failures: [], undecided: [] });
    expect(merged.schedules).toBe(single.runs);
  });

  test('exploring is deterministic', async () => {
    const some = { ...all, budgetRuns: 10 };
    const once = await explore(expiryAndWrite, runScript, some);
    expect(await explore(expiryAndWrite, runScript, some)).toEqual(once);
  });

  test('a budget that is hit leaves it undecided', async () => {
    const cut = await explore(expiryAndWrite, runScript, { ...all, budgetRuns: 5 });
    expect(cut).toMatchObject({ runs: 5, exhausted: false, failures: [] });
    const result = { ...cut, failures: [], scope: 'expiry-and-write', seconds: 0 };
    expect(verdictOf([{ scope: 'expiry-and-write', result }])).toBe('undecided');
    expect(verdictOf([{ scope: 'expiry-and-write', result: { ...result, exhausted: true } }])).toBe('held');
    expect(verdictOf([{ scope: 'expiry-and-write', result: null, why: 'it was interrupted' }])).toBe('undecided');
    expect(verdictOf([])).toBe('undecided');
  });
});

describe('on a broken system', () => {
  test.each(['refresh-timer-survives-session', 'ended-connection-left-open'])(
    'merging loses no failure: %s',
    async (fault) => {
      const merged = await explored('end-session', fault);
      const single = await explored('end-session', fault, { merge: false });
      expect(classesOf(merged)).not.toEqual([]);
      expect(classesOf(merged)).toEqual(classesOf(single));
      expect(merged.schedules).toBe(single.runs);
    },
    60_000,
  );

  test('a failing schedule is a script, and shrinks as one', async () => {
    const { failures } = await explored('replaced-while-opening', 'late-close-hits-new-session', {
      stopAtFirstFailure: true,
      shrink: true,
    });
    const [found] = failures;
    expect(found?.failure.rule).toBe('S2');
    expect(found?.script.steps.length).toBeLessThan(found?.shrunkFrom ?? 0);
    expect(found?.oneMinimal).toBe(true);
    for (const script of [found?.script, found?.found]) {
      const parsed = parseScript(JSON.stringify(script));
      expectHeld(parsed, await runScript(parsed, { world: 'simulated', keepTrace: false }));
    }
  }, 60_000);
});
