import { describe, expect, test } from 'vitest';
import type { CorpusEntry } from '../properties/corpus/entry.ts';
import { fakeWorkings } from '../properties/simulate/fixtures/fake-workings.test-data.ts';
import type { CorpusResult, FoundFailure, Simulation } from '../properties/simulate/simulation.ts';
import type { FailureCommands } from '../reports/terminal/failure-page.ts';
import { plainStyle } from '../reports/terminal/style.ts';
import { failuresToldOnPages, tellFailures } from './failures.ts';
import { jsonText } from './json-report.ts';

const script = fakeWorkings.scriptOf({ seed: 1, run: 0 });
const entry: CorpusEntry = { name: 'planted/late', rule: 'S2', class: 'S2 late', cause: 'x', fault: 'late.json', script };

function found(name: string, changes: Partial<FoundFailure> = {}): FoundFailure {
  return {
    class: name,
    failure: { class: name, rule: 'S2', property: 'lockstep', message: 'c1 was late', allowed: ['this'], shown: 'that', step: 1 },
    firstRun: 3,
    shrunkRun: 8,
    count: 5,
    corpusEntries: [],
    script,
    shrunkFrom: 60,
    attempts: 40,
    shrinking: 'oneMinimal',
    sameCauseAs: null,
    ...changes,
  };
}

const failure = found('S2 test of failures');
const corpus: CorpusResult = {
  scripts: 7,
  failed: 1,
  leftOut: 0,
  undecided: 0,
  seconds: 0.5,
  results: [{ entry, outcome: { outcome: 'failed', failure: failure.failure } }],
};
const simulation: Simulation = {
  seed: 1,
  firstRun: 0,
  world: 'simulated',
  workers: 2,
  twice: false,
  faultName: null,
  runs: 60,
  steps: 100,
  commands: 20,
  skipped: 1,
  coverage: {},
  failed: 5,
  knownRuns: 0,
  leftOut: 0,
  undecidedRuns: 0,
  seconds: 1,
  shrinkSeconds: 0,
  traceHash: 'abc',
  pace: [],
  failures: [failure],
  deviations: null,
  notApplicable: [],
  corpus,
  undecided: [],
  end: 'complete',
  leftOpen: 0,
};

const commandsOf = (name: string): FailureCommands => ({
  replay: `npx lockstep replay ${name}.json`,
  show: `npx lockstep show ${name}.json`,
});

const tell = (failures: readonly FoundFailure[]): string =>
  tellFailures(
    failures.map((one) => ({ found: one, commands: commandsOf(one.class.replaceAll(' ', '-')) })),
    plainStyle,
    100,
  );

describe('pages', () => {
  test('are told of three causes at most; the others have a line each, with count and command', () => {
    const failures = [
      found('S2 test one'),
      found('S2 test two', { sameCauseAs: 'S2 test one' }),
      found('S2 test three'),
      found('S2 test four'),
      found('S2 test five', { corpusEntries: ['a', 'b'] }),
    ];
    expect(failuresToldOnPages(failures).map((one) => one.class)).toEqual(['S2 test one', 'S2 test three', 'S2 test four']);
    const text = tell(failures);
    expect(text.match(/^ {2}class {4}.*$/gmu)).toHaveLength(3);
    expect(text).toContain('S2 test two (8 steps, 5 runs, probably the same cause as S2 test one)\n  npx lockstep replay ');
    expect(text).toContain('S2 test five (8 steps, 5 runs and 2 entries of the corpus)\n  npx lockstep replay ');
    expect(text.indexOf('S2 test two')).toBeGreaterThan(text.indexOf('S2 test four'));
  });

  test('show at most eight steps of what was not shrunk, those up to the failing one', () => {
    const steps = Array.from({ length: 60 }, (_, ms) => ({ do: 'advance', ms }) as const);
    const { failure: of } = failure;
    const text = tell([
      found('S2 test', { script: { ...script, steps }, failure: { ...of, step: 40 }, shrinking: { brokenOff: 'interrupted' } }),
    ]);
    expect(text.match(/^ {2}[› ] +\d+ {2}/gmu)).toHaveLength(8);
    expect(text).toMatch(/^ {4}33 steps before these\n {4}34 {2}/mu);
    expect(text).toMatch(/^ {2}› 41 {2}.*\n {4}19 steps after these$/mu);
  });

  test('say where the script is from', () => {
    expect(tell([failure])).toContain('run 8, 5 runs of this class; shrunk from 60 steps to 8 in 40 attempts');
    expect(tell([found('S2 test', { corpusEntries: ['late'] })])).toContain('late of the corpus fails so too');
    const own = { corpusEntries: ['late'], shrunkRun: null, firstRun: null, count: 0, shrinking: 'asInCorpus' } as const;
    expect(tell([found('S2 test', own)])).toContain('late of the corpus; no run failed so');
  });
});

test('the JSON report tells the corpus apart, and of each failure what it has to do with it', () => {
  const failures = [found('S2 late', { corpusEntries: ['planted/late'], sameCauseAs: 'S1 x' })];
  expect(JSON.parse(jsonText({ ...simulation, failures }, 'failed'))).toMatchObject({
    runs: 60,
    failedRuns: 5,
    corpus: { scripts: 7, failed: 1, leftOut: 0, undecided: 0, seconds: 0.5 },
    failures: [{ class: 'S2 late', firstRun: 3, shrunkRun: 8, count: 5, corpusEntries: ['planted/late'], sameCauseAs: 'S1 x' }],
  });
  expect(JSON.parse(jsonText({ ...simulation, corpus: null }, 'failed'))).toMatchObject({ corpus: null });
});
