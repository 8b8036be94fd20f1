import { describe, expect, test } from 'vitest';
import { firstError, parseJson } from './json.ts';
import { UsageError } from './usage-error.ts';

describe('reading JSON', () => {
  test.each([
    ['{"a": }', 6],
    ['{', 1],
    ['', 0],
    ['nope', 0],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['[1] 2', 4],
    ['[1,2}', 4],
    ['{"a": "x}', 6],
    ['["\\x"]', 1],
    ['{"version": 1, "x": tru }', 20],
  ])('%s goes wrong at index %i', (text, at) => {
    expect(firstError(text)).toBe(at);
    expect(() => parseJson(text, 'file.json')).toThrow(UsageError);
  });

  test('sound texts have no error before their end', () => {
    for (const text of ['{}', '[]', ' {"a":[1,{"b":null}],"c":"\\u00e4→"} ', '-1.5e3', 'true'])
      expect(firstError(text), text).toBe(text.length);
  });

  test('the complaint gives line and column', () => {
    expect(() => parseJson('{\n  "a": 1,\n  b: 2\n}', 'x.json')).toThrow('x.json: no valid JSON at line 3, column 3');
  });
});
