import { describe, expect, test } from 'vitest';
import { UsageError } from '../../tools/usage-error.ts';
import { isDate, judgeWaivers, readWaivers, waives } from './waivers.ts';

const good = { finding: 'Q2 wrong results', reason: 'mended in the next release', until: '2026-12-31' };
const textOf = (...waivers: readonly object[]): string => JSON.stringify({ waivers });

describe('a file of waivers', () => {
  test('is read', () => expect(readWaivers(textOf(good), 'w.json')).toEqual([good]));

  test.each<[string, string]>([
    ['[]', 'w.json: expected an object with "waivers"'],
    ['{}', 'w.json: "waivers" must be a list'],
    ['{"waivers": [], "version": 1}', 'w.json: there is no field "version", only waivers'],
    [textOf({ ...good, owner: 'ann' }), 'w.json: waiver 1: there is no field "owner", only finding, reason, until'],
    [textOf({ ...good, reason: ' ' }), 'w.json: waiver 1: "reason" must be a text that says something'],
    [textOf({ finding: 'x', until: '2026-12-31' }), 'w.json: waiver 1: "reason" must be a text that says something'],
    [textOf(good, { ...good, until: '2027-01-01' }), 'w.json: "Q2 wrong results" is waived twice'],
    [textOf({ ...good, until: '2026-02-30' }), 'w.json: waiver 1: "until" must be a day such as 2026-12-31, not "2026-02-30"'],
    ['{"waivers": [1]}', 'w.json: waiver 1: expected an object'],
    ['{', 'w.json: no valid JSON at line 1, column 2'],
  ])('%s is refused', (text, complaint) => {
    expect(() => readWaivers(text, 'w.json')).toThrow(new UsageError(complaint));
  });
});

test('a waiver holds to the end of its day, for its own finding', () => {
  const on = (date: string) => judgeWaivers([good], date);
  expect(waives(on('2026-12-31'), good.finding)).toBe(true);
  expect(waives(on('2026-12-31'), 'Q2 something else')).toBe(false);
  expect(on('2027-01-01')).toEqual([{ ...good, isExpired: true }]);
  expect(waives(on('2027-01-01'), good.finding)).toBe(false);
});

test.each(['2026-13-01', '2026-1-1', 'today', ''])('%s is no day', (text) => expect(isDate(text)).toBe(false));
