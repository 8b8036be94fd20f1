/** The interval is that of the textbook, and tells the same whichever of the two comes first. */
import { expect, test } from 'vitest';
import { ratioOf } from './interval.ts';

test('pairs that are all alike leave no doubt', () => {
  const { ratio, lower, upper } = ratioOf([
    [2, 3],
    [4, 6],
    [1, 1.5],
  ]);
  for (const figure of [ratio, lower, upper]) expect(figure).toBeCloseTo(1.5, 10);
});

test('two pairs: mean and margin by hand', () => {
  // Logarithms 0 and ln 1.21: mean ln 1.1, deviation ln 1.21 / √2, margin 12.706 × ln 1.21 / 2.
  const { ratio, lower, upper } = ratioOf([
    [1, 1],
    [1, 1.21],
  ]);
  expect(ratio).toBeCloseTo(1.1, 10);
  expect(Math.log(upper / ratio)).toBeCloseTo((12.706 * Math.log(1.21)) / 2, 10);
  expect(upper / ratio).toBeCloseTo(ratio / lower, 8);
});

test('the other way round it is the inverse', () => {
  const pairs = [
    [1.02, 0.99],
    [1, 1.04],
    [0.97, 1.01],
    [1.1, 1.07],
  ] as const;
  const there = ratioOf(pairs);
  const back = ratioOf(pairs.map(([before, after]) => [after, before]));
  expect(back.ratio).toBeCloseTo(1 / there.ratio, 10);
  expect(back.lower).toBeCloseTo(1 / there.upper, 10);
});

test('one pair is none', () => {
  expect(() => ratioOf([[1, 1]])).toThrow(RangeError);
});
