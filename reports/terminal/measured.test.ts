import { describe, expect, test } from 'vitest';
import { mutated, reached } from './measured.test-data.ts';
import { type MutationJudgement, mutationText } from './mutation.ts';
import { reachText } from './reach.ts';

const judgement: MutationJudgement = {
  report: mutated,
  refuted: mutated.results.slice(0, 1),
  equivalentsMost: 0.05,
  threshold: 90,
  leavingOut: [{ name: 'text of a log', why: 'a text in a call of the logger' }],
};

describe('what was measured, in the terminal', () => {
  test.each([60, 100])('reach in %i columns', async (columns) => {
    await expect(`${reachText(reached, columns)}\n`).toMatchFileSnapshot(`snapshots/reach-${columns}.txt`);
  });

  test.each([60, 100])('mutants in %i columns', async (columns) => {
    await expect(`${mutationText(judgement, columns)}\n`).toMatchFileSnapshot(`snapshots/mutation-${columns}.txt`);
  });

  test('a part is never rounded up to the whole', () => {
    expect(reachText(reached, 100)).toContain('99.9 % of lines');
  });

  test('a second reader is asked for where more than a twentieth is said to be equivalent', () => {
    const reader = 'needs a second reader';
    expect(mutationText(judgement, 100)).toContain(reader);
    const few = { ...mutated, total: { ...mutated.total, all: 100 } };
    expect(mutationText({ ...judgement, report: few }, 100)).not.toContain(reader);
  });
});
