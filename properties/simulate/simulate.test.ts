import { describe, expect, test } from 'vitest';
import {
  dyingSeed,
  endlessSeed,
  failingSeed,
  flickeringSeed,
  hangingSeed,
  hoardingSeed,
  loopingSeed,
} from './fixtures/fake-workings.test-data.ts';
import { simulateWith } from './fixtures/simulate-fakes.test-data.ts';
import { type SimulationProgress, verdictOf } from './simulation.ts';

describe('a simulation', () => {
  test('adds up the same figures and hash for every number of workers', async () => {
    const [one, three] = await Promise.all([simulateWith({ workers: 1 }), simulateWith({ workers: 3 })]);
    expect(one.traceHash).toBe(three.traceHash);
    expect(one).toMatchObject({ runs: 40, steps: 320, commands: 40, coverage: { 'rule:S1': 40 }, end: 'complete', leftOpen: 0 });
    expect(three).toMatchObject({ runs: 40, steps: 320, failures: [] });
    expect(verdictOf(one)).toBe('held');
  });

  test('groups failures by class and shrinks the lowest run of each', async () => {
    const found = await simulateWith({ seed: failingSeed });
    expect(verdictOf(found)).toBe('failed');
    expect(found.failures.map(({ class: name, firstRun, count }) => [name, firstRun, count])).toEqual([
      ['S2 fake', 4, 4],
      ['S1 fake', 7, 4],
    ]);
    for (const failure of found.failures) {
      expect(failure).toMatchObject({ shrunkFrom: 8, attempts: 8, shrinking: 'oneMinimal' });
      expect(failure.script.steps).toEqual([{ do: 'advance', ms: 3 }]);
    }
  });

  test('failures that were not asked for are counted apart', async () => {
    const found = await simulateWith({ seed: failingSeed, only: ['S1'] });
    expect(found.failures.map((failure) => failure.class)).toEqual(['S1 fake']);
    expect(found).toMatchObject({ failed: 4, leftOut: 4 });
  });

  test('ends after the first failure where that is asked for, and it is the lowest', async () => {
    const found = await simulateWith({ seed: failingSeed, runs: 2000, bail: 1 });
    expect(found).toMatchObject({ runs: 5, end: 'bailed' });
    expect(found.failures.map((failure) => failure.firstRun)).toEqual([4]);
  });

  describe('a run that costs its worker is a failure with a name, and all others are run', () => {
    test.each<[string, number, string, string]>([
      ['ends the process', dyingSeed, 'E3 ended by itself', 'it exited with code 9'],
      ['never comes back', loopingSeed, 'E3 without bound', 'it used 1 s of its CPU, and nothing came to its end'],
      ['allocates without end', hoardingSeed, 'E3 without bound', 'it '],
    ])(
      '%s',
      async (_, seed, name, shown) => {
        const [one, two] = await Promise.all([
          simulateWith({ seed, workers: 1 }, { cpuLimitMs: 1_000 }),
          simulateWith({ seed, workers: 2 }, { cpuLimitMs: 1_000 }),
        ]);
        for (const found of [one, two]) {
          expect(found).toMatchObject({ runs: 40, steps: 39 * 8, failed: 1, undecidedRuns: 0, end: 'complete' });
          expect(verdictOf(found)).toBe('failed');
          expect(found.failures).toHaveLength(1);
          expect(found.failures[0]).toMatchObject({
            class: name,
            firstRun: 11,
            shrunkFrom: 8,
            shrinking: 'oneMinimal',
            failure: { rule: 'E3' },
          });
          expect(found.failures[0]?.failure.shown).toContain(shown);
          expect(found.failures[0]?.script.steps).toEqual([{ do: 'advance', ms: 3 }]);
        }
        expect(one.traceHash).toBe(two.traceHash);
      },
      60_000,
    );
  });

  test('a run that waits by the clock is given up, and nothing is said of it', async () => {
    const found = await simulateWith({ seed: hangingSeed, runs: 16 }, { timeLimitMs: 1_500 });
    expect(found).toMatchObject({ runs: 16, undecidedRuns: 1, failures: [] });
    expect(found.undecided[0]).toMatchObject({ firstRun: 11, why: 'no sign of life for 2 s' });
    expect(verdictOf(found)).toBe('undecided');
  });

  test('the same script with two traces is a failure that names the first event that differs', async () => {
    const found = await simulateWith({ seed: flickeringSeed, runs: 10, twice: true });
    expect(found.failures).toHaveLength(1);
    expect(found.failures[0]).toMatchObject({ class: 'determinism', firstRun: 3, failure: { rule: 'determinism', step: 0 } });
    expect(found.failures[0]?.failure.shown).toContain('the second run: at 5 ms, world: task flicker');
  });

  test('an interruption ends it with the runs that are done', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const found = await simulateWith({}, { signal: interruption.signal });
    expect(found).toMatchObject({ runs: 0, end: 'interrupted' });
    expect(verdictOf(found)).toBe('undecided');
  });

  test('where shrinking is broken off, the failure told is that of the script told', async () => {
    const interruption = new AbortController();
    const onProgress = (progress: () => SimulationProgress): void => {
      if (progress().shrunkTo.length > 0) interruption.abort();
    };
    const found = await simulateWith({ seed: endlessSeed, runs: 5 }, { signal: interruption.signal, onProgress });
    expect(found.failures).toHaveLength(1);
    expect(found.failures[0]).toMatchObject({ shrunkFrom: 8, shrinking: { brokenOff: 'interrupted' }, failure: { step: 2 } });
    expect(found.failures[0]?.script.steps[2]).toEqual({ do: 'advance', ms: 3 });
  });

  test('a bound in minutes ends it', async () => {
    const found = await simulateWith({ runs: null, minutes: 0.005 });
    expect(found.end).toBe('complete');
    expect(found.runs).toBeGreaterThan(0);
  });
});
