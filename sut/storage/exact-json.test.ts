/** Whatever may stand in a log comes back as it was. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, dataOf, exactJson } from './exact-json.ts';
import { readLogEntry } from './read-log-entry.ts';
import { logEntries } from './test-log-entries.ts';

describe('plain data as text', () => {
  test('every entry comes back exactly, from its bytes and from its reader', () => {
    fc.assert(
      fc.property(logEntries, (entry) => isDeepStrictEqual(readLogEntry(dataOf(bytesOf(entry))), entry)),
      { numRuns: 500 },
    );
  });

  test('it is the text of JSON, but for -0', () => {
    expect(exactJson({ a: [-0, 0, 1e21], b: undefined, c: null })).toBe('{"a":[-0,0,1e+21],"c":null}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        return exactJson(JSON.parse(text.replaceAll('-0', '0'))) === JSON.stringify(JSON.parse(text.replaceAll('-0', '0')));
      }),
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => {}, [undefined]])('what is no plain data is refused: %s', (value) => {
    expect(() => exactJson({ value })).toThrow(TypeError);
  });

  test.each([
    ['what is cut off', '{"kind":"write"'],
    ['no entry', '[]'],
    ['another kind', '{"kind":"snapshot"}'],
    ['a version that is none', '{"kind":"incarnation","version":-1,"id":"a"}'],
    ['a write without operations', '{"kind":"write","version":1,"clientId":"c","sequence":1,"id":"i","answered":0}'],
    ['a number that cannot be', '{"kind":"incarnation","version":1e999,"id":"a"}'],
  ])('the reader refuses %s', (_what, text) => {
    expect(() => readLogEntry(dataOf(Buffer.from(text)))).toThrow();
  });

  test('bytes that are no UTF-8 are refused, and not mended', () => {
    expect(() => dataOf(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(TypeError);
  });
});
