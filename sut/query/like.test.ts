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

  test('a pattern made for backtracking costs no more than text times pattern', () => {
    const pattern = `${'%a'.repeat(200)}%b`;
    expect(compileLike(pattern)('a'.repeat(20_000))).toBe(false);
  });
});
