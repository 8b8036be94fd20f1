import { beforeAll, describe, expect, test } from 'vitest';
import type { CorpusEntry } from '../corpus/entry.ts';
import { bundleWorker } from '../faults/bundle.ts';
import { dyingSeed, failingSeed, fakeWorkings, holdingSeed } from './fixtures/fake-workings.ts';
import { simulate } from './simulate.ts';
import { type Simulation, type SimulationOptions, verdictOf } from './simulation.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleWorker({ entry: 'properties/simulate/fixtures/fake-worker.ts' });
});

const usual: SimulationOptions = {
  seed: holdingSeed,
  runs: 20,
  minutes: null,
  world: 'simulated',
  workers: 2,
  twice: false,
  only: [],
  fault: undefined,
  stopAfterFirstFailure: false,
};
const simulateWith = (changes: Partial<SimulationOptions>): Promise<Simulation> => simulate({ ...usual, ...changes }, { bundle });

/** The run of that number as an entry; of the failing seed 4 fails in class `S2 fake`, 7 in class `S1 fake`. */
function entry(name: string, seed: number, number: number, keptFor: string | null = null): CorpusEntry {
  const script = fakeWorkings.scriptOf(seed, number);
  return { name, rule: 'S1', class: keptFor, cause: 'x', fault: null, script: { ...script, steps: script.steps.slice(2, 5) } };
}
const holding = entry('holding', holdingSeed, 1);

describe('the corpus in a simulation', () => {
  test('counts in no other figure, and not in the hash', async () => {
    const [without, held, failing] = await Promise.all([
      simulateWith({}),
      simulateWith({ corpus: [holding, holding] }),
      simulateWith({ corpus: [entry('late', failingSeed, 4)] }),
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
    const { corpus, failures } = await simulateWith({ corpus: [holding, entry('late', failingSeed, 4)] });
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
    const { failures } = await simulateWith({ seed: failingSeed, corpus });
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
    const { corpus: result, failures } = await simulateWith({ only: ['S1'], corpus });
    expect(result).toMatchObject({ failed: 1, leftOut: 1 });
    expect(failures.map(({ corpusEntries }) => corpusEntries)).toEqual([['odd']]);
  });

  test('an entry that gives no result leaves all undecided', async () => {
    const simulation = await simulateWith({ corpus: [entry('deadly', dyingSeed, 11), holding] });
    expect(simulation.corpus).toMatchObject({ scripts: 2, failed: 0, undecided: 1 });
    expect(simulation.corpus?.results[0]?.outcome).toEqual({ outcome: 'unknown', why: 'the worker exited with code 9' });
    expect(simulation.runs).toBe(20);
    expect(verdictOf(simulation)).toBe('undecided');
  });

  test('where the first failure is enough, one of the corpus is', async () => {
    const found = await simulateWith({ corpus: [entry('late', failingSeed, 4)], stopAfterFirstFailure: true });
    expect(found).toMatchObject({ runs: 0, end: 'firstFailure' });
  });

  test('an interruption before it leaves it undecided', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const found = await simulate({ ...usual, corpus: [holding] }, { bundle, signal: interruption.signal });
    expect(found.corpus).toMatchObject({ scripts: 1, undecided: 1 });
    expect(found).toMatchObject({ runs: 0, end: 'interrupted' });
  });
});
