import { describe, expect, test } from 'vitest';
import { readRules, ruleSentence, rules } from './rules.ts';

describe('the rules in words', () => {
  test('every numbered heading of the specification is a rule with a title and a law', () => {
    expect([...rules().keys()]).toEqual(expect.arrayContaining(['S1', 'S11', 'Q1', 'H4', 'W1', 'W5']));
    for (const rule of rules().values()) {
      expect(rule.title).not.toBe('');
      expect(rule.law, rule.id).toMatch(/^\S.*\.$/u);
    }
  });

  test('the law is the first sentence, and dots inside code end none', () => {
    const text = '## Part\n\n### X1 A title\n\nCall `a. b` first,\nthen rest. More.\n\n- x\n\n### X2 Other\n\nNo dot\n';
    expect([...readRules(text).values()]).toEqual([
      { id: 'X1', title: 'A title', law: 'Call `a. b` first, then rest.', text: 'Call `a. b` first,\nthen rest. More.\n\n- x' },
      { id: 'X2', title: 'Other', law: 'No dot', text: 'No dot' },
    ]);
  });

  test('a rule beside the specification has a sentence too; an unknown one is its own name', () => {
    expect(ruleSentence('determinism')).toContain('same trace');
    expect(ruleSentence('nonsense')).toBe('nonsense');
  });
});
