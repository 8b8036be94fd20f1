/** What failed once holds now. */
import { describe, expect, test } from 'vitest';
import { ruleNames } from '../rules.ts';
import { runScript } from '../run.ts';
import { readCorpus } from './corpus.ts';

describe.each(readCorpus())('$name', ({ rule, script }) => {
  test('holds', async () => {
    const { outcome } = await runScript(script, { world: 'simulated', keepTrace: false });
    expect(outcome).toEqual({ outcome: 'held' });
  });
  test('names a rule', () => expect(ruleNames()).toContain(rule));
});
