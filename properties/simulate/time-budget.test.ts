import { describe, expect, test } from 'vitest';
import { openTimeBudget, type TimeBudget } from './time-budget.ts';

interface Clocked {
  readonly budget: TimeBudget;
  at(ms: number): TimeBudget;
}

function budgetOf(minutes: number | null, workers = 2): Clocked {
  let nowMs = 9_000;
  const budget = openTimeBudget({ minutes, workers, startMs: 5_000, nowMs: () => nowMs });
  const at = (ms: number): TimeBudget => {
    nowMs = 5_000 + ms;
    return budget;
  };
  return { budget, at };
}

describe('five minutes', () => {
  test('leave half of what it took to begin for the reports where nothing is to be shrunk', () => {
    const { at } = budgetOf(5);
    expect(at(297_999).isOverForRuns(0)).toBe(false);
    expect(at(298_000).isOverForRuns(0)).toBe(true);
    expect(at(298_000).leftMs()).toBe(0);
    expect(at(310_000).leftMs()).toBe(0);
  });

  test('leave time to shrink what failed, a class on each worker at once', () => {
    const { at } = budgetOf(5);
    expect(at(294_999).isOverForRuns(2)).toBe(false);
    expect(at(295_000).isOverForRuns(2)).toBe(true);
    expect(at(292_000).isOverForRuns(3)).toBe(true);
  });

  test('learn how long a class takes', () => {
    const { at, budget } = budgetOf(5);
    budget.shrank(10_000);
    budget.shrank(20_000);
    expect(at(282_999).isOverForRuns(1)).toBe(false);
    expect(at(283_000).isOverForRuns(1)).toBe(true);
  });

  test('are not all for shrinking, however much there is of it', () => {
    const { at, budget } = budgetOf(5);
    budget.shrank(200_000);
    expect(at(222_999).isOverForRuns(8)).toBe(false);
    expect(at(223_000).isOverForRuns(8)).toBe(true);
  });

  test('go on with runs where shrinking took less than was left for it', () => {
    const { at } = budgetOf(5);
    expect(at(292_000).hasRoomForRuns()).toBe(true);
    expect(at(292_001).hasRoomForRuns()).toBe(false);
  });
});

test('a short time leaves no more than a tenth of it for the reports', () => {
  const { at } = budgetOf(0.25);
  expect(at(13_499).isOverForRuns(0)).toBe(false);
  expect(at(13_500).isOverForRuns(0)).toBe(true);
});

test('near the end runs are dealt one by one', () => {
  const { at } = budgetOf(5);
  expect(at(292_999).isNearEnd(0)).toBe(false);
  expect(at(293_000).isNearEnd(0)).toBe(true);
  expect(at(290_000).isNearEnd(2)).toBe(true);
});

test('without a bound nothing is ever over', () => {
  const { at } = budgetOf(null);
  expect(at(1e9).isOverForRuns(8)).toBe(false);
  expect(at(1e9).leftMs()).toBe(Number.POSITIVE_INFINITY);
  expect(at(1e9).hasRoomForRuns()).toBe(false);
});
