/** Seconds to milliseconds without losing one. */
import { describe, expect, test } from 'vitest';
import { instantMs } from './instant.ts';

describe('an instant', () => {
  test.each([1, 1_900_000_000_001, 1_077_015_460_038, 2_163_185_003_031, 2_188_500_734_873])(
    '%d ms, written as seconds, is that millisecond',
    (ms) => {
      expect(instantMs(ms / 1000)).toBe(ms);
    },
  );

  test('between two milliseconds it is the later one', () => {
    expect(instantMs(1_900_000_000.0004)).toBe(1_900_000_000_001);
  });
});
