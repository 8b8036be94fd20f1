/** Holds the folder of faults and the code together: a fault that no longer fits would silently stop testing anything. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules.ts';
import { repositoryRoot } from '../simulate/root.ts';
import { plantInFile, readFault } from './fault.ts';
import { isNew } from './smoke.ts';

const root = repositoryRoot();
const folder = join(root, 'properties', 'faults');
const entries = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, fault: readFault(join(folder, file)) }));

describe('the faults of this folder', () => {
  test.each(entries)('$file fits and names a rule', ({ fault }) => {
    expect(plantInFile(fault, root)).toContain(fault.replace);
    expect([...rules().keys()]).toContain(fault.rule);
  });

  test.each(entries.filter(({ fault }) => /^(?:[PCKB]\d|W4)/.test(fault.rule)))(
    '$file breaks a new rule, and is marked new',
    ({ fault }) => {
      expect(isNew(fault)).toBe(true);
    },
  );

  test('no two have the same name', () => {
    expect(new Set(entries.map(({ fault }) => fault.name)).size).toBe(entries.length);
  });
});
