/** The machine's own ports, as far as they hold more than a call. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodeTimers } from './node-timers.ts';
import { systemRandom, uuidOf } from './system-random.ts';
import { websocketTransport } from './websocket-transport.ts';

describe('timers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('hold delays beyond 2³¹ ms', () => {
    let fired = 0;
    nodeTimers.schedule('refresh', 2 ** 32, () => {
      fired += 1;
    });
    vi.advanceTimersByTime(2 ** 32 - 1);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('can be cancelled in any piece, more than once', () => {
    const timer = nodeTimers.schedule('refresh', 2 ** 32, () => expect.unreachable());
    vi.advanceTimersByTime(2 ** 31);
    timer.cancel();
    timer.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('ids are version 4 UUIDs', () => {
  expect(uuidOf(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  expect(systemRandom.uuid()).not.toBe(systemRandom.uuid());
});

test.each(['not a url', 'ws://127.0.0.1:1'])('a dial that cannot succeed is a close: %s', async (url) => {
  const told = await new Promise((resolve) => {
    websocketTransport.connect(url, {
      onOpen: () => resolve('open'),
      onMessage: () => resolve('message'),
      onClose: (code, reason) => resolve([code, reason]),
    });
  });
  expect(told).toEqual([1006, '']);
});
