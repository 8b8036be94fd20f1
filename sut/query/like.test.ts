/** `like` against the plainest definition of it there is, and against a pattern made to be slow. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLike } from './like.ts';

/** Exponential, and plainly right. */
function plainly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('%')) return plainly(rest, text) || (text !== '' && plainly(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '_' || pattern[0] === text[0]) && plainly(rest, text.slice(1));
}

describe('like', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['%', '', true],
    ['_', '', false],
    ['_', 'ab', false],
    ['a%a', 'a', false],
    ['a%a', 'aa', true],
    ['%a_', 'xaab', true],
    ['%ab%ab%', 'abab', true],
    ['%ab%ab%', 'abb', false],
    ['a.c', 'abc', false],
    ['a\nb%', 'a\nb\nc', true],
    ['__', '😀', true],
  ])('%j on %j is %s', (pattern, text, expected) => {
    expect(compileLike(pattern)(text)).toBe(expected);
  });

  test('agrees with the plain definition', () => {
    const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 8 });
    fc.assert(fc.property(letters('ab%_'), letters('ab_'), (pattern, text) => compileLike(pattern)(text) === plainly(pattern, text)));
  });

  /** Longer than the words in which places are held, and of letters that have no place in a table. */
  test('long pieces agree with a search at each place', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '€'), maxLength: 200 });
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '€', '_', '_', '_', '_'), minLength: 1, maxLength: 70 });
    const stands = (part: string, whole: string): boolean =>
      [...whole].some(
        (_, start) => start + part.length <= whole.length && [...part].every((unit, at) => unit === '_' || unit === whole[start + at]),
      );
    fc.assert(fc.property(piece, text, (part, whole) => compileLike(`%${part}%`)(whole) === stands(part, whole)));
    fc.assert(
      fc.property(text, fc.nat(150), fc.integer({ min: 1, max: 70 }), fc.nat(), (whole, from, length, hidden) => {
        const units = [...whole.slice(from, from + length)];
        const part = units.map((unit, at) => (Math.floor(hidden / 2 ** (at % 31)) % 2 === 1 ? '_' : unit)).join('');
        return compileLike(`%${part}%`)(whole);
      }),
    );
  });

  test('a text is looked through once for each 32 units of a piece', () => {
    const work = { rowsLooked: 0, comparisons: 0 };
    expect(compileLike(`%${'a_'.repeat(126)}b%`, work)('a'.repeat(20_000))).toBe(false);
    expect(work.comparisons).toBeLessThanOrEqual(8 * 20_000);
  });

  test('a pattern made for backtracking costs no more than text times pattern', () => {
    const pattern = `${'%a'.repeat(200)}%b`;
    expect(compileLike(pattern)('a'.repeat(20_000))).toBe(false);
  });
});
