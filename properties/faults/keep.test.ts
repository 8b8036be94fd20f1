import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCorpus } from '../corpus/corpus.ts';
import { fakeWorkings } from '../simulate/fixtures/fake-workings.test-data.ts';
import type { Hunt } from './hunt.ts';
import { keepPlanted, plantedEntryOf } from './keep.ts';
import type { FaultResult } from './verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-keep-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = fakeWorkings.scriptOf({ seed: 1, run: 0 });
const short = { ...long, steps: long.steps.slice(0, 2) };
const found: Hunt = {
  seed: 1,
  runsUntilFound: 10,
  steps: 8,
  shrunkFrom: 60,
  foundBy: 'S2',
  failureClass: 'S2 x',
  script: long,
  without: 'held',
  seconds: 1,
  undecidedRuns: 0,
};
const result = (name: string, ...hunts: readonly Hunt[]): FaultResult => ({
  file: `${name}.json`,
  fault: { name: 'the client is late', rule: 'S1', file: 'sut/x.ts', find: 'a', replace: 'b' },
  canary: false,
  hunts,
});

describe('the entry of a planted fault', () => {
  test('is the smallest script of its hunts, with the class that this one fails by', () => {
    expect(plantedEntryOf(result('late', found, { ...found, seed: 2, foundBy: 'W1', failureClass: 'W1 y', script: short }))).toEqual({
      name: 'planted/late',
      rule: 'W1',
      class: 'W1 y',
      cause: 'The client is late.',
      fault: 'late.json',
      script: short,
    });
  });

  test('is none where the script fails without the fault, or nothing was found', () => {
    expect(plantedEntryOf(result('late', { ...found, without: 'failed' }))).toBeNull();
    expect(plantedEntryOf(result('late', { ...found, script: null, failureClass: null, foundBy: null, without: null }))).toBeNull();
  });
});

test('keeping writes the entries, leaves those that were not hunted, and takes out those whose fault is gone', () => {
  expect(keepPlanted(folder, [result('one', found), result('two', found)], true)).toEqual({ written: 2, removed: [], without: [] });
  expect(keepPlanted(folder, [result('two', found)], false)).toEqual({ written: 1, removed: [], without: [] });
  expect(readCorpus(folder).map(({ name }) => name)).toEqual(['planted/one', 'planted/two']);
  const missed = { ...result('two', { ...found, without: 'failed' }) };
  const canary = { ...result('canary-x'), canary: true };
  expect(keepPlanted(folder, [missed, canary], true)).toEqual({
    written: 0,
    removed: ['planted/one'],
    without: ['the client is late'],
  });
  expect(readCorpus(folder).map(({ name }) => name)).toEqual(['planted/two']);
});
