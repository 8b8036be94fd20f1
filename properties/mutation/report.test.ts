import { describe, expect, test } from 'vitest';
import type { Fate } from './judge-mutant.ts';
import type { Mutant } from './mutant.ts';
import { judged, leftOutByRule, refuted, scoreOf, scoresOfFolders } from './report.ts';
import type { Verdict } from './verdicts.ts';

const identity = { mutator: 'BooleanLiteral', before: 'true', after: 'false', occurrence: 1 };
const mutantIn = (file: string): Mutant => ({ ...identity, file, name: file, number: '1', line: 1, column: 1, leftOut: null });
const equivalent: Verdict = { ...identity, file: 'sut/a/a.ts', verdict: 'equivalent', reason: 'as it is' };

const killed: Fate = { fate: 'killed', by: 'loop', run: 0, tried: 1 };
const survived: Fate = { fate: 'survived', tried: 4, differing: 0 };
const results = [
  judged(mutantIn('sut/a/a.ts'), killed, undefined),
  judged(mutantIn('sut/a/b.ts'), survived, undefined),
  judged(mutantIn('sut/a/c.ts'), survived, equivalent),
  judged(mutantIn('sut/b/d.ts'), { fate: 'not visited' }, undefined),
  judged(mutantIn('sut/b/e.ts'), { fate: 'undecided', why: 'a bound', tried: 3 }, { ...equivalent, verdict: 'gap' }),
];

describe('the score', () => {
  test('is killed ÷ (all − equivalent): what was not visited or decided counts against it', () => {
    expect(scoreOf(results)).toEqual({ all: 5, killed: 1, survived: 2, notVisited: 1, undecided: 1, equivalent: 1, score: 1 / 4 });
    expect(scoreOf([]).score).toBeNull();
  });

  test('is told by folder', () => {
    const folders = scoresOfFolders(results);
    expect(Object.keys(folders)).toEqual(['sut/a', 'sut/b']);
    expect(folders['sut/a']?.score).toBe(1 / 2);
  });

  test('takes no verdict for true that a run refutes', () => {
    const wrong = judged(mutantIn('sut/a/f.ts'), killed, equivalent);
    expect(refuted([...results, wrong])).toEqual([wrong]);
    expect(scoreOf([wrong]).score).toBe(1);
  });

  test('says how many were left out, by rule', () => {
    expect(leftOutByRule([mutantIn('a'), { ...mutantIn('b'), leftOut: 'text of a log' }])).toEqual({ 'text of a log': 1 });
  });
});
