/** What failed once holds now, and every planted fault has a script that shows it. The scripts run first: the cheapest way to hear of an old mistake. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { isCanary } from '../faults/fault.ts';
import { runAnyScript } from '../relations/run-any-script.ts';
import { ruleNames } from '../rules.ts';
import { expectHeld } from '../testing/expect-held.test-tools.ts';
import { corpusFolder, readCorpus } from './corpus.ts';
import { formatEntry } from './entry.ts';
import { pathOf } from './write.ts';

const faults = join(repositoryRoot(), 'properties', 'faults');
const corpus = readCorpus();

describe('every script of the corpus holds on the sound system', () => {
  test.each(corpus)('$name', async ({ name, script }) => {
    const source = `properties/corpus/${name}.json`;
    expectHeld(script, await runAnyScript(script, { world: 'simulated', keepTrace: false }), { source });
  });
});

describe('the entries of the corpus', () => {
  test('name a rule, and a class that begins with it', () => {
    for (const { name, rule, class: failureClass } of corpus) {
      expect(ruleNames(), name).toContain(rule);
      expect(failureClass, name).toMatch(new RegExp(`^${rule}\\b`, 'u'));
    }
  });

  test('are written in the canonical form', () => {
    for (const entry of corpus) expect(readFileSync(pathOf(corpusFolder(), entry), 'utf8'), entry.name).toBe(formatEntry(entry));
  });

  test('of what was mended have a class each', () => {
    const classes = corpus.filter(({ fault }) => fault === null).map((entry) => entry.class);
    expect(new Set(classes).size).toBe(classes.length);
  });

  test('of planted faults lie apart and name a fault that is there', () => {
    for (const { name, fault } of corpus) {
      expect(name.startsWith('planted/'), name).toBe(fault !== null);
      if (fault !== null) expect(existsSync(join(faults, fault)), fault).toBe(true);
    }
  });

  /** `npm run faults -- --keep` writes those that are missing. */
  test('show every planted fault', () => {
    const files = readdirSync(faults).filter((file) => file.endsWith('.json') && !isCanary(file));
    const shown = new Set(corpus.map(({ fault }) => fault));
    expect(files.filter((file) => !shown.has(file))).toEqual([]);
  });
});
