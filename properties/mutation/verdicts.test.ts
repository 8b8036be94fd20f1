import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nameOf } from './mutant.ts';
import { readVerdicts } from './verdicts.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-verdicts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const identity = { file: 'sut/query/like.ts', mutator: 'BooleanLiteral', before: 'true', after: 'false', occurrence: 1 };
const entry = { ...identity, verdict: 'equivalent', reason: 'nobody reads it' };

function read(content: unknown): ReturnType<typeof readVerdicts> {
  const path = join(folder, 'verdicts.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readVerdicts(path);
}

describe('the file of verdicts', () => {
  test('can be read', () => expect(() => readVerdicts()).not.toThrow());

  test('tells each by the name of its mutant', () => {
    expect([...read([entry])]).toEqual([[nameOf(identity), entry]]);
  });

  test.each<[string, unknown, RegExp]>([
    ['that is no JSON', '[', /JSON/u],
    ['without a reason', [{ ...entry, reason: '' }], /reason/u],
    ['with a word that is none', [{ ...entry, verdict: 'fine' }], /verdict/u],
    ['with two entries on one mutant', [entry, entry], /two verdicts/u],
  ])('%s is refused in one line', (_, content, complaint) => {
    expect(() => read(content)).toThrow(complaint);
  });
});
