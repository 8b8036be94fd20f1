import { describe, expect, test } from 'vitest';
import type { CorpusEntry } from '../corpus/entry.ts';
import { dyingSeed, failingSeed, fakeWorkings, hangingSeed, holdingSeed } from './fixtures/fake-workings.test-data.ts';
import { simulateWith, usual } from './fixtures/simulate-fakes.test-data.ts';
import { runCorpus } from './run-corpus.ts';
import type { ScriptPool } from './script-pool.ts';
import { hasFailed, type SimulationProgress, verdictOf } from './simulation.ts';

const simulateTwenty: typeof simulateWith = (changes, hooks) => simulateWith({ runs: 20, ...changes }, hooks);

/** The run of that number as an entry; of the failing seed 4 fails in class `S2 fake`, 7 in class `S1 fake`. */
function entry(name: string, seed: number, number: number, keptFor: string | null = null): CorpusEntry {
  const script = fakeWorkings.scriptOf({ seed, run: number });
  return { name, rule: 'S1', class: keptFor, cause: 'x', fault: null, script: { ...script, steps: script.steps.slice(2, 5) } };
}
const holding = entry('holding', holdingSeed, 1);

describe('the corpus in a simulation', () => {
  test('counts in no other figure, and not in the hash', async () => {
    const [without, held, failing] = await Promise.all([
      simulateTwenty({}),
      simulateTwenty({ corpus: [holding, holding] }),
      simulateTwenty({ corpus: [entry('late', failingSeed, 4)] }),
    ]);
    for (const { runs, steps, coverage, traceHash, failed } of [held, failing]) {
      expect({ runs, steps, coverage, traceHash, failed }).toEqual({
        runs: 20,
        steps: without.steps,
        coverage: without.coverage,
        traceHash: without.traceHash,
        failed: 0,
      });
    }
    expect(without.corpus).toBeNull();
    expect(held.corpus).toMatchObject({ scripts: 2, failed: 0, leftOut: 0, undecided: 0 });
    expect(verdictOf(held)).toBe('held');
    expect(verdictOf(failing)).toBe('failed');
  });

  test('a class that only it finds names its entry and is not shrunk', async () => {
    const { corpus, failures } = await simulateTwenty({ corpus: [holding, entry('late', failingSeed, 4)] });
    expect(corpus).toMatchObject({ scripts: 2, failed: 1 });
    expect(corpus?.results.map(({ entry: { name }, outcome }) => [name, outcome.outcome])).toEqual([
      ['holding', 'held'],
      ['late', 'failed'],
    ]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      class: 'S2 fake',
      count: 0,
      firstRun: null,
      shrunkRun: null,
      corpusEntries: ['late'],
      shrinking: 'asInCorpus',
      attempts: 0,
    });
  });

  test('a class that runs find too is told by the entry kept for it; one kept for another is only named', async () => {
    const corpus = [entry('other', failingSeed, 14, 'S9 another'), entry('own', failingSeed, 4, 'S2 fake'), entry('odd', failingSeed, 7)];
    const { failures } = await simulateTwenty({ seed: failingSeed, corpus });
    expect(failures.map(({ class: name, count, corpusEntries, shrinking }) => [name, count, corpusEntries, shrinking])).toEqual([
      ['S1 fake', 2, ['odd'], 'oneMinimal'],
      ['S2 fake', 2, ['own', 'other'], 'asInCorpus'],
    ]);
    expect(failures.map(({ firstRun, shrunkRun }) => [firstRun, shrunkRun])).toEqual([
      [7, 7],
      [4, null],
    ]);
  });

  test('failures that were not asked for are counted apart', async () => {
    const corpus = [entry('even', failingSeed, 4), entry('odd', failingSeed, 7)];
    const { corpus: result, failures } = await simulateTwenty({ only: ['S1'], corpus });
    expect(result).toMatchObject({ failed: 1, leftOut: 1 });
    expect(failures.map(({ corpusEntries }) => corpusEntries)).toEqual([['odd']]);
  });

  test('an entry that gives no result leaves all undecided', async () => {
    const corpus = [entry('hanging', hangingSeed, 11), holding];
    const simulation = await simulateTwenty({ corpus }, { timeLimitMs: 1_500 });
    expect(simulation.corpus).toMatchObject({ scripts: 2, failed: 0, undecided: 1 });
    expect(simulation.corpus?.results[0]?.outcome).toEqual({ outcome: 'unknown', why: 'no sign of life for 2 s' });
    expect(simulation.runs).toBe(20);
    expect(verdictOf(simulation)).toBe('undecided');
  });

  test('an entry that costs its worker fails like any other', async () => {
    const simulation = await simulateTwenty({ corpus: [entry('deadly', dyingSeed, 11), holding] });
    expect(simulation.corpus).toMatchObject({ scripts: 2, failed: 1, undecided: 0 });
    expect(simulation.failures.map(({ class: name, corpusEntries }) => [name, corpusEntries])).toEqual([
      ['E3 ended by itself', ['deadly']],
    ]);
    expect(verdictOf(simulation)).toBe('failed');
  });

  test('where the first failure is enough, one of the corpus is', async () => {
    const found = await simulateTwenty({ corpus: [entry('late', failingSeed, 4)], bail: 1 });
    expect(found).toMatchObject({ runs: 0, end: 'bailed' });
  });

  test('its progress is told, and its failures count from then on', async () => {
    const told: SimulationProgress[] = [];
    const corpus = [entry('late', failingSeed, 4), holding];
    await simulateTwenty({ corpus, workers: 1 }, { onProgress: (progress) => told.push(progress()) });
    const ofCorpus = told.filter(({ phase }) => phase === 'corpus');
    expect(ofCorpus.map((progress) => [progress.corpus.done, progress.corpus.scripts, hasFailed(progress)])).toEqual([
      [0, 2, false],
      [1, 2, true],
      [2, 2, true],
    ]);
    expect(told.slice(ofCorpus.length).every((progress) => progress.phase === 'running' && hasFailed(progress))).toBe(true);
    expect(told.at(-1)).toMatchObject({ runs: 20, failed: 0 });
  });

  test('an entry that an interruption breaks off is undecided for no other reason', async () => {
    const interruption = new AbortController();
    const pool: ScriptPool = {
      workers: 1,
      perform: async () => {
        interruption.abort();
        return { end: 'died', how: 'ended', why: 'the workers were ended', at: 0 };
      },
      terminate: async () => undefined,
      finish: async () => 0,
    };
    const result = await runCorpus(pool, usual, [holding, holding], { signal: interruption.signal, onProgress: () => undefined });
    const why = 'interrupted before its end';
    expect(result.results.map(({ outcome }) => outcome)).toEqual([
      { outcome: 'unknown', why },
      { outcome: 'unknown', why },
    ]);
  });

  test('an interruption before it leaves it undecided', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const found = await simulateTwenty({ corpus: [holding] }, { signal: interruption.signal });
    expect(found.corpus).toMatchObject({ scripts: 1, undecided: 1 });
    expect(found).toMatchObject({ runs: 0, end: 'interrupted' });
  });
});
