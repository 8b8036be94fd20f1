import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limitShrinking, type ShrinkLimits } from './shrink-limits.ts';

const noLimit = Number.POSITIVE_INFINITY;

function limited(signal: AbortSignal, leftMs = noLimit): { readonly limits: ShrinkLimits; readonly ended: () => number } {
  let ended = 0;
  const terminate = async (): Promise<void> => {
    ended += 1;
  };
  const pool = { workers: 1, perform: () => Promise.reject(new Error('not asked')), terminate, finish: async () => 0 };
  return { limits: limitShrinking({ pool: () => pool, signal, leftMs }), ended: () => ended };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('an interruption', () => {
  test('leaves the smallest ten seconds and nothing to the others', () => {
    const interruption = new AbortController();
    const { limits, ended } = limited(interruption.signal);
    expect(limits.refuses(1)).toBeNull();
    interruption.abort();
    expect([limits.refuses(0), limits.refuses(1)]).toEqual([null, 'interrupted']);
    vi.advanceTimersByTime(9_999);
    expect([ended(), limits.stopped()]).toEqual([0, null]);
    vi.advanceTimersByTime(1);
    expect([ended(), limits.stopped(), limits.refuses(0)]).toEqual([1, 'interrupted', 'interrupted']);
  });

  test('ends the others when the smallest is shrunk, before it or after', () => {
    const before = new AbortController();
    before.abort();
    const first = limited(before.signal);
    first.limits.ended(1);
    expect(first.ended()).toBe(0);
    first.limits.ended(0);
    expect([first.ended(), first.limits.stopped()]).toEqual([1, 'interrupted']);
    const after = new AbortController();
    const second = limited(after.signal);
    second.limits.ended(0);
    expect([second.ended(), second.limits.stopped()]).toEqual([0, null]);
    after.abort();
    expect([second.ended(), second.limits.stopped()]).toEqual([1, 'interrupted']);
  });
});

test('the time that is left breaks it off, unless it is over before', () => {
  const { signal } = new AbortController();
  const [slow, quick] = [limited(signal, 3_000), limited(signal, 3_000)];
  quick.limits.over();
  vi.advanceTimersByTime(3_000);
  expect([slow.ended(), slow.limits.stopped()]).toEqual([1, 'the time was up']);
  expect([quick.ended(), quick.limits.stopped()]).toEqual([0, null]);
});
