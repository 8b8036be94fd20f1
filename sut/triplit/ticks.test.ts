import { describe, expect, test } from 'vitest';
import { createTicks, type Ticks } from './ticks.ts';

interface Scheduled {
  readonly name: string;
  readonly delayMs: number;
  readonly fire: () => void;
}

function bench(): { readonly ticks: Ticks; readonly scheduled: Scheduled[]; passMs(ms: number): void; note(): void } {
  const scheduled: Scheduled[] = [];
  let nowMs = 0;
  let deeds = 0;
  const ticks = createTicks({
    timers: {
      now: () => nowMs,
      schedule: (name, delayMs, fire) => {
        scheduled.push({ name, delayMs, fire });
        return { cancel: () => {} };
      },
    },
    monotonicNow: () => nowMs,
    nameOf: (kind) => kind,
    deeds: () => deeds,
    enter: (work) => work(),
  });
  return {
    ticks,
    scheduled,
    passMs: (ms) => {
      nowMs += ms;
    },
    note: () => {
      deeds += 1;
    },
  };
}

const nothing = (): void => {};

describe('ticks', () => {
  test('a short timer is a task at once', () => {
    const { ticks, scheduled } = bench();
    ticks.setTimeout(nothing, 20);
    expect(scheduled).toMatchObject([{ name: 'batching', delayMs: 0 }]);
  });

  test.each([
    [21, 21],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, 1],
    [-5, 1],
  ])('a timer of %d ms is one of %d ms', (asked, kept) => {
    const { ticks, scheduled } = bench();
    ticks.setTimeout(nothing, asked);
    expect(scheduled).toMatchObject([{ name: 'once', delayMs: kept }]);
  });

  test('an interval sleeps after a tick that did nothing, and wakes in its rhythm', () => {
    const { ticks, scheduled, passMs } = bench();
    ticks.setInterval(nothing, 1_000);
    passMs(1_000);
    scheduled[0]?.fire();
    expect(scheduled).toHaveLength(1);
    passMs(300);
    ticks.wake();
    expect(scheduled[1]).toMatchObject({ name: 'interval', delayMs: 700 });
  });

  test('an interval whose tick did something goes on', () => {
    const { ticks, scheduled, passMs, note } = bench();
    ticks.setInterval(note, 1_000);
    passMs(1_000);
    scheduled[0]?.fire();
    expect(scheduled[1]).toMatchObject({ delayMs: 1_000 });
  });
});
