import { describe, expect, test } from 'vitest';
import { type Finding, type GateVerdict, inOrder, judgeFinding, type Label, type Sight, verdictOfFindings } from './verdict.ts';

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
      expect(judged.label).toBe(label);
      expect(judged.blocks).toBe(label === 'new' || label === 'standing');
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
    known: finding(true, shows, shows),
    fixed: finding(true, absent, shows),
    hidden: finding(true, hidden, shows),
    absent: finding(true, absent, absent),
    undecided: finding(true, shows, undecided),
  };
  const verdictOf = (isWhole: boolean, ...labels: Label[]): GateVerdict =>
    verdictOfFindings(
      labels.map((label) => judgeFinding(all[label])),
      isWhole,
    );

  test('each finding of this test has its label', () => {
    for (const [label, one] of Object.entries(all)) expect(judgeFinding(one).label).toBe(label);
  });
  test.each<[GateVerdict, boolean, Label[]]>([
    ['held', true, []],
    ['held', true, ['known', 'fixed', 'hidden', 'absent']],
    ['blocked', true, ['known', 'new']],
    ['blocked', true, ['standing', 'fixed']],
    ['undecided', true, ['known', 'undecided']],
    ['undecided', false, []],
    ['undecided', false, ['known']],
    ['blocked', true, ['undecided', 'new']],
    ['blocked', false, ['standing']],
  ])('%s, where everything gave a result: %s, of %j', (verdict, isWhole, labels) => {
    expect(verdictOf(isWhole, ...labels)).toBe(verdict);
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
    const sorted = inOrder(findings.map(judgeFinding)).map(({ rule, name }) => `${rule} ${name}`);
    expect(sorted).toEqual(['W5 d', 'W1 c', 'S9 a', 'S9 b', 'S10 b']);
  });
});
