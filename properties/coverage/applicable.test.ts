import { describe, expect, test } from 'vitest';
import { allCapabilities, type Capability } from '../language/capabilities.ts';
import { ruleNames } from '../rules.ts';
import { applicable, wordsOf } from './applicable.ts';
import { families } from './cells.ts';
import { milestoneProbes } from './milestones/index.ts';
import { notApplicableTo, ruleNeeds } from './rule-needs.ts';
import { judgeCoverage, reachable, reachableWith } from './threshold.ts';

test('every rule says what it needs, in the order of the specification', () => {
  expect(Object.keys(ruleNeeds)).toEqual(ruleNames());
});

describe('what is not applicable', () => {
  test('is nothing where a system has everything', () => {
    expect(notApplicableTo(allCapabilities)).toEqual([]);
    expect(reachableWith(allCapabilities)).toEqual(reachable);
  });

  test('names what is lacking', () => {
    const capabilities = allCapabilities.filter((name) => name !== 'roles' && name !== 'clear');
    expect(notApplicableTo(capabilities)).toEqual([
      { rule: 'S6', lacks: ['roles'] },
      { rule: 'K1', lacks: ['clear'] },
    ]);
  });

  test('is not demanded, and counts for nothing', () => {
    const demanded = reachableWith(['sessions']);
    const everything = Object.fromEntries(
      Object.entries(demanded).flatMap(([family, names]) => names.map((name) => [`${family}:${name}`, 1])),
    );
    expect(judgeCoverage(everything, demanded).unvisited).toEqual([]);
    expect(judgeCoverage(everything).unvisited).toContain('rule:Q1');
  });

  const cells = [
    ...Object.values(families).flat(),
    ...milestoneProbes.flatMap(({ triggers }) => triggers.flatMap(({ kind, about }) => [kind, ...(about ?? [])])),
  ];
  test.each(Object.entries(wordsOf))('%s knows words that there are', (_, words) => {
    expect(cells.some((cell) => words.test(cell))).toBe(true);
  });

  test.each<Capability>(['sharingShown', 'inspection', 'relations', 'limits', 'cursors', 'callbackFailures'])(
    'without %s every kind of step is left',
    (lacked) => {
      const capabilities = allCapabilities.filter((name) => name !== lacked);
      expect(applicable('step', families.step, capabilities)).toEqual(families.step);
    },
  );
});
