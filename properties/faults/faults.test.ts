/** Holds the folder of faults and the code together: a fault that no longer fits would silently stop testing anything. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { rules } from '../rules.ts';
import { earlyFaults } from './early.ts';
import { isCanary, plantInFile, readFault } from './fault.ts';
import { isNew } from './smoke.ts';

const root = repositoryRoot();
const folder = join(root, 'properties', 'faults');
const entries = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, fault: readFault(join(folder, file)) }));

const newRules = /^(?:[PCKB]\d|W4$)/u;

function nameOf(file: string): string {
  return basename(file, '.json');
}

function isEarly(file: string): boolean {
  return earlyFaults.has(nameOf(file));
}

describe('the faults of this folder', () => {
  test.each(entries)('$file fits and names a rule', ({ fault }) => {
    expect(plantInFile(fault, root)).toContain(fault.replace);
    expect([...rules().keys()]).toContain(fault.rule);
  });

  test('all but the early ones are marked new, and so is every one that breaks a new rule', () => {
    const demanded = entries.filter(({ file, fault }) => !isEarly(file) || newRules.test(fault.rule));
    expect(demanded.filter(({ fault }) => !isNew(fault)).map(({ file }) => file)).toEqual([]);
  });

  test('the list of the early ones names no file that is gone, whose name could be taken anew', () => {
    const names = new Set(entries.map(({ file }) => nameOf(file)));
    expect([...earlyFaults].filter((name) => !names.has(name))).toEqual([]);
  });

  test('every rule has one that is named for it', () => {
    const broken = new Set(entries.filter(({ file }) => !isCanary(file)).map(({ fault }) => fault.rule));
    expect([...rules().keys()].filter((rule) => !broken.has(rule))).toEqual([]);
  });

  test('no two have the same name', () => {
    expect(new Set(entries.map(({ fault }) => fault.name)).size).toBe(entries.length);
  });
});
