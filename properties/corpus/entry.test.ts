import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Failure } from '../trace.ts';
import { type Checked, complaintsAboutCorpus } from './check.ts';
import { readCorpus } from './corpus.ts';
import { type CorpusEntry, formatEntry, readEntry } from './entry.ts';
import { nameOfEntry, refusalOf } from './keep.ts';
import { writeEntry } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry: CorpusEntry = {
  name: 's1-late',
  rule: 'S1',
  class: 'S1 late',
  cause: 'The client was late.',
  fault: null,
  script: {
    version: 1,
    profile: 'by hand',
    configuration: {
      clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
    },
    steps: [{ do: 'connect', client: 'c1' }],
  },
};
const planted: CorpusEntry = { ...entry, name: 'planted/slow', fault: 'slow.json' };
const failure: Failure = {
  class: 'S1 late',
  rule: 'S1',
  property: 'lockstep',
  message: 'c1 was late',
  allowed: [],
  shown: 'nothing',
  step: 0,
};

describe('an entry', () => {
  test('is read back as it was written, byte for byte', () => {
    for (const one of [entry, planted, { ...entry, class: null }]) {
      const text = formatEntry(one);
      expect(readEntry(one.name, JSON.parse(text))).toEqual(one);
      expect(formatEntry(readEntry(one.name, JSON.parse(text)))).toBe(text);
    }
  });

  test.each<[string, unknown]>([
    ['expected an object', []],
    ['an entry has no key "why", only rule, class, cause, fault, script', { ...JSON.parse(formatEntry(entry)), why: '' }],
    ['cause: expected a text', { rule: 'S1', cause: ' ', script: entry.script }],
    ['script: expected an object', { rule: 'S1', cause: 'x' }],
  ])('%s', (complaint, value) => {
    expect(() => readEntry('x', value)).toThrow(complaint);
  });
});

describe('the folder', () => {
  test('is read with what was mended first, in the order of names', () => {
    for (const one of [planted, { ...entry, name: 'z' }, entry]) writeEntry(folder, one);
    expect(readCorpus(folder).map(({ name }) => name)).toEqual(['s1-late', 'z', 'planted/slow']);
    expect(readCorpus(folder)[0]).toEqual(entry);
  });

  test('says which file is no entry', () => {
    const other = mkdtempSync(join(folder, 'bad-'));
    writeFileSync(join(other, 'bad.json'), '{}');
    expect(() => readCorpus(other)).toThrow(/bad\.json: rule: expected a text/u);
  });
});

describe('keeping', () => {
  const unnamed = { faultFile: null, name: null };

  test('names an entry by its class, or by its fault', () => {
    expect(nameOfEntry(unnamed, { ...failure, class: 'Q2 wrong: results!' })).toBe('q2-wrong-results');
    expect(nameOfEntry({ faultFile: null, name: 'mine' }, failure)).toBe('mine');
    expect(nameOfEntry({ faultFile: 'slow.json', name: null }, failure)).toBe('planted/slow');
    expect(nameOfEntry({ faultFile: 'slow.json', name: 'mine' }, failure)).toBe('planted/mine');
  });

  test('refuses a class that is there, of its own kind', () => {
    expect(refusalOf([entry], unnamed, failure)).toBe('s1-late is there already, of the same class: S1 late');
    expect(refusalOf([planted], unnamed, failure)).toBeNull();
    expect(refusalOf([entry, planted], { faultFile: 'slow.json', name: 'other' }, failure)).toMatch(/^planted\/slow is there already/u);
  });

  test('takes each planted fault for itself, though two show alike', () => {
    expect(refusalOf([entry, planted], { faultFile: 'frozen.json', name: null }, failure)).toBeNull();
  });

  test('refuses a name that is taken', () => {
    const other = { ...failure, class: 'S1 other' };
    expect(refusalOf([entry], { faultFile: null, name: 's1-late' }, other)).toMatch(/^s1-late is there already, of the class S1 late;/u);
    expect(refusalOf([entry], unnamed, other)).toBeNull();
  });
});

describe('what is wrong with the corpus', () => {
  const held = { outcome: 'held' } as const;
  const failed = { outcome: 'failed', failure } as const;
  const right: Checked = { entry: planted, sound: held, broken: failed, misfit: null };
  const wrongs = (checked: Partial<Checked>): readonly string[] =>
    complaintsAboutCorpus([{ ...right, ...checked }], []).map(({ wrong }) => wrong);

  test('nothing where it holds on the sound and fails alike on the broken', () => {
    expect(wrongs({})).toEqual([]);
    expect(wrongs({ entry, broken: null })).toEqual([]);
  });

  test('anything else', () => {
    expect(wrongs({ broken: held })).toEqual(['holds on the broken system']);
    expect(wrongs({ broken: { outcome: 'failed', failure: { ...failure, class: 'S2 x' } } })).toEqual(['fails as S2 x']);
    expect(wrongs({ sound: failed })).toEqual(['fails on the sound system: S1 late']);
    expect(wrongs({ broken: null, misfit: 'there is no fault slow.json' })).toEqual(['there is no fault slow.json']);
  });

  test('what gave no result is not known to be wrong', () => {
    const unknown = { outcome: 'unknown', why: 'the worker died\nat x' } as const;
    expect(complaintsAboutCorpus([{ ...right, broken: unknown }], [])).toEqual([
      { name: 'planted/slow', expected: 'S1 late', wrong: 'no result on the broken system: the worker died', undecided: true },
    ]);
  });

  test('a fault without an entry', () => {
    expect(complaintsAboutCorpus([right], ['slow.json', 'x.json']).map(({ name, wrong }) => [name, wrong])).toEqual([
      ['x.json', 'this fault has no entry'],
    ]);
  });
});
