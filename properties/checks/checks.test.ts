/** The list of checks and the folder are one, and each check names rules of the specification. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleNames } from '../rules.ts';
import { checks } from './index.ts';

const notChecks = ['check', 'index'];

describe('checks', () => {
  test('every file of the folder is in the list', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
    const names = files.map((file) => file.replace(/\.ts$/, '')).filter((name) => !notChecks.includes(name));
    expect(checks.map((check) => check.name).sort()).toEqual(names.sort());
  });

  test.each(checks)('$name enforces rules that exist', ({ rules }) => {
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) expect(ruleNames()).toContain(rule);
  });
});
