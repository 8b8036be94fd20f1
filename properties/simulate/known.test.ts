import { describe, expect, test } from 'vitest';
import type { CorpusEntry } from '../corpus/entry.ts';
import { fakeWorkings, holdingSeed, knownSeed } from './fixtures/fake-workings.test-data.ts';
import { simulateWith } from './fixtures/simulate-fakes.test-data.ts';
import { verdictOf } from './simulation.ts';

/** The run of that number, in which only the odd ones are known. */
function scriptOf(name: string, seed: number, number: number): CorpusEntry {
  return { name, rule: 'S1', class: null, cause: 'x', fault: null, script: fakeWorkings.scriptOf({ seed, run: number }) };
}
const listed = ['odd-runs', 'gone', 'else', 'unheard'].map((name) => ({ name, rule: 'S1', title: `about ${name}` }));
const corpus = [scriptOf('odd-runs', knownSeed, 7), scriptOf('gone', holdingSeed, 1), scriptOf('else', knownSeed, 17)];

describe('known deviations in a simulation', () => {
  test('fail nothing, and end nothing early', async () => {
    const found = await simulateWith({ seed: knownSeed, runs: 10, corpus: corpus.slice(0, 2), deviations: listed });
    expect(found).toMatchObject({ runs: 10, failed: 0, knownRuns: 1, corpus: { failed: 0 } });
    expect(verdictOf(found)).toBe('held');
    const early = await simulateWith({ seed: knownSeed, bail: 1 });
    expect(early).toMatchObject({ runs: 15, failed: 1, knownRuns: 1, end: 'bailed' });
  });

  test('are told after what failed, each with how often it showed and what its own script says', async () => {
    const found = await simulateWith({ seed: knownSeed, corpus, deviations: listed });
    expect(verdictOf(found)).toBe('failed');
    expect(found).toMatchObject({ failed: 3, knownRuns: 4 });
    expect(found.failures.map(({ class: name, count, shrinking }) => [name, count, shrinking])).toEqual([
      ['S2 fake', 3, 'oneMinimal'],
      ['S1 fake [odd-runs]', 4, 'asInCorpus'],
    ]);
    expect(found.deviations?.map(({ name, shows, ownScript, runs }) => [name, shows, ownScript, runs])).toEqual([
      ['odd-runs', true, 'shows', 4],
      ['gone', false, 'holds', 0],
      ['else', null, 'failsOtherwise', 0],
      ['unheard', null, null, 0],
    ]);
    expect((await simulateWith({ seed: knownSeed })).deviations).toBeNull();
  });

  test('are shrunk only where that is asked for', async () => {
    const [left, shrunk] = await Promise.all([simulateWith({ seed: knownSeed }), simulateWith({ seed: knownSeed, shrinksKnown: true })]);
    expect(left.failures[1]).toMatchObject({ shrinking: { brokenOff: 'what is known is not shrunk' }, attempts: 0 });
    expect(shrunk.failures[1]).toMatchObject({ class: 'S1 fake [odd-runs]', shrinking: 'oneMinimal' });
  });
});
