import { describe, expect, test } from 'vitest';
import {
  type Circumstances,
  type Finding,
  type GateVerdict,
  inOrder,
  judgeFinding,
  type Label,
  type Sight,
  verdictOfFindings,
} from './verdict.ts';

const shows: Sight = { sight: 'shows', runs: 3, scripts: 1 };
const absent: Sight = { sight: 'absent' };
const hidden: Sight = { sight: 'hidden', behind: 'S1 something else' };
const undecided: Sight = { sight: 'undecided', why: 'interrupted' };
const sights: Readonly<Record<string, Sight | null>> = { shows, absent, hidden, undecided, nothing: null };

function finding(isKnown: boolean, here: Sight, there: Sight | null, name = 'x'): Finding {
  return { name, isKnown, rule: 'S1', title: 'a title', here, there };
}

function table(isKnown: boolean, rows: Readonly<Record<string, readonly [here: Sight, ...labels: Label[]]>>): void {
  const columns = Object.keys(sights);
  for (const [row, [here, ...labels]] of Object.entries(rows)) {
    test.each(columns.map((column, index) => [column, labels[index]] as const))(`${row} here, %s there: %s`, (column, label) => {
      const judged = judgeFinding(finding(isKnown, here, sights[column] ?? null));
      const blocks = label === 'new' || label === 'standing';
      expect(judged.label).toBe(label);
      expect(judged.blocks).toBe(blocks);
      const waived = judgeFinding(finding(isKnown, here, sights[column] ?? null), true);
      expect(waived).toMatchObject(blocks ? { label: 'waived', blocks: false } : { label, blocks: false });
    });
  }
}

describe('what is in no list', () => {
  table(false, {
    //                  shows there, absent, hidden, undecided, nothing compared
    shows: [shows, 'standing', 'new', 'new', 'new', 'new'],
    absent: [absent, 'fixed', 'absent', 'absent', 'absent', 'absent'],
    hidden: [hidden, 'hidden', 'hidden', 'hidden', 'hidden', 'hidden'],
    undecided: [undecided, 'undecided', 'undecided', 'undecided', 'undecided', 'undecided'],
  });
});

describe('what is listed', () => {
  table(true, {
    shows: [shows, 'known', 'new', 'known', 'undecided', 'known'],
    absent: [absent, 'fixed', 'absent', 'absent', 'absent', 'absent'],
    hidden: [hidden, 'hidden', 'hidden', 'hidden', 'hidden', 'hidden'],
    undecided: [undecided, 'undecided', 'undecided', 'undecided', 'undecided', 'undecided'],
  });
});

describe('the verdict', () => {
  const all: Readonly<Record<Label, Finding>> = {
    new: finding(true, shows, absent),
    standing: finding(false, shows, shows),
    waived: finding(false, shows, null),
    known: finding(true, shows, shows),
    fixed: finding(true, absent, shows),
    hidden: finding(true, hidden, shows),
    absent: finding(true, absent, absent),
    undecided: finding(true, shows, undecided),
  };
  const labels: readonly Label[] = ['new', 'standing', 'waived', 'known', 'fixed', 'hidden', 'absent', 'undecided'];
  const judged = (label: Label) => judgeFinding(all[label], label === 'waived');
  const whole: Circumstances = { isWhole: true, neverBegan: false, hasExpiredWaiver: false };
  const circumstances = {
    whole,
    'not whole': { ...whole, isWhole: false },
    'an expired waiver': { ...whole, hasExpiredWaiver: true },
    'not whole, an expired waiver': { ...whole, isWhole: false, hasExpiredWaiver: true },
    'never begun': { isWhole: true, neverBegan: true, hasExpiredWaiver: true },
  } as const satisfies Readonly<Record<string, Circumstances>>;

  test('each finding of this test has its label', () => {
    for (const label of labels) expect(judged(label).label).toBe(label);
  });

  // Each label alone, and no finding at all, in all circumstances.
  const rows: Readonly<Record<Label | 'nothing', readonly GateVerdict[]>> = {
    //           whole, not whole, an expired waiver, both, never begun
    nothing: ['held', 'undecided', 'blocked', 'blocked', 'undecided'],
    new: ['blocked', 'blocked', 'blocked', 'blocked', 'undecided'],
    standing: ['blocked', 'blocked', 'blocked', 'blocked', 'undecided'],
    waived: ['held', 'undecided', 'blocked', 'blocked', 'undecided'],
    undecided: ['undecided', 'undecided', 'blocked', 'blocked', 'undecided'],
    hidden: ['undecided', 'undecided', 'blocked', 'blocked', 'undecided'],
    fixed: ['held', 'undecided', 'blocked', 'blocked', 'undecided'],
    known: ['held', 'undecided', 'blocked', 'blocked', 'undecided'],
    absent: ['held', 'undecided', 'blocked', 'blocked', 'undecided'],
  };
  const cells = [...labels, 'nothing' as const].flatMap((label) =>
    Object.entries(circumstances).map(([name, met], index) => ({ label, name, met, verdict: rows[label][index] })),
  );
  test.each(cells)('$label, $name: $verdict', ({ label, met, verdict }) => {
    expect(verdictOfFindings(label === 'nothing' ? [] : [judged(label)], met)).toBe(verdict);
  });

  // The worst of two decides: what blocks, then what is not decided.
  const rank = (label: Label): number => (['new', 'standing'].includes(label) ? 2 : ['hidden', 'undecided'].includes(label) ? 1 : 0);
  test.each(labels.flatMap((one) => labels.map((other) => [one, other] as const)))('%s and %s', (one, other) => {
    const verdicts: readonly GateVerdict[] = ['held', 'undecided', 'blocked'];
    expect(verdictOfFindings([judged(one), judged(other)], whole)).toBe(verdicts[Math.max(rank(one), rank(other))]);
  });

  test('what blocks comes first, then by rule and name', () => {
    const of = (rule: string, name: string, label: Label): Finding => ({ ...all[label], rule, name });
    const findings = [
      of('S10', 'b', 'known'),
      of('S9', 'b', 'known'),
      of('S9', 'a', 'known'),
      of('W1', 'c', 'fixed'),
      of('W5', 'd', 'new'),
    ];
    const sorted = inOrder(findings.map((one) => judgeFinding(one))).map(({ rule, name }) => `${rule} ${name}`);
    expect(sorted).toEqual(['W5 d', 'W1 c', 'S9 a', 'S9 b', 'S10 b']);
  });
});
