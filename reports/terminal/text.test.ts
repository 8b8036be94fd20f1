import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from './columns.ts';
import { fitItems } from './text.ts';

/** As it is meant: every number of items is tried, from all of them down. */
function fitItemsNaively(items: readonly string[], widthColumns: number, more: (left: number) => string): string {
  for (let told = items.length; told > 0; told -= 1) {
    const text = items.slice(0, told).join(', ') + (told === items.length ? '' : more(items.length - told));
    if (columnsOf(text) <= widthColumns) return text;
  }
  return '';
}

/** Also what joins its neighbour, takes no column or takes two: marks, a prepended letter, joiners, flags, emoji. */
const piece = fc.constantFrom('a', 'item', ' ', ',', '牛', '\u0301', '\u0d4e', '\u0600', '\u200d', '\ufe0f', '🇩', '❤', '👍', '\r', '\n');
const item = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const more = fc.constantFrom(
  () => '',
  (left: number) => ` +${left}`,
  (left: number) => '\u0301'.repeat(left % 3),
);

test('as many items fit as one line holds', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), fc.integer({ min: -1, max: 30 }), more, (items, width, sayMore) => {
      expect(fitItems(items, width, sayMore)).toBe(fitItemsNaively(items, width, sayMore));
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

test('many items cost no more than those that fit', () => {
  let asked = 0;
  const text = fitItems(
    Array.from({ length: 100_000 }, (_item, index) => `item ${index}`),
    40,
    (left) => {
      asked += 1;
      return ` +${left}`;
    },
  );
  expect(text).toBe('item 0, item 1, item 2, item 3 +99996');
  expect(asked).toBeLessThan(50);
});
