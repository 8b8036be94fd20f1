import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { instrument } from './instrument.ts';
import { leavingOut } from './left-out.ts';
import type { Mutant } from './mutant.ts';
import { switchNames } from './switch.ts';

const file = 'sut/client/some.ts';

async function mutantsOf(text: string): Promise<readonly Mutant[]> {
  return (await instrument([file], '/here', () => text)).mutants;
}

const text = `
export function some(logger: Logger, level: number): string {
  if (level > 3) throw new RangeError(\`not \${level + 1}\`);
  logger.warn('so it is', { level: 'high' });
  services.logger.info(level > 2 ? 'above' : 'below');
  if (level === 2) return fail('two');
  return say('a word', level);
}
export class SomeError extends Error {
  constructor() {
    super('it went wrong');
  }
}
export class Other extends Base {
  constructor() {
    super('no message');
  }
}`;

describe('mutants', () => {
  test('of texts of logs and errors are left out, by rule, and no others', async () => {
    const mutants = await mutantsOf(text);
    const leftOut = mutants.filter((mutant) => mutant.leftOut !== null);
    const told = leftOut.map(({ before, leftOut: rule }) => `${rule}: ${before}`);
    expect(told).toEqual([
      // The number in it is part of the text.
      `text of an error: \`not $\{level + 1}\``,
      'text of an error: level + 1',
      "text of a log: 'so it is'",
      "text of a log: 'high'",
      "text of a log: 'above'",
      "text of a log: 'below'",
      "text of an error: 'two'",
      "text of an error: 'it went wrong'",
    ]);
    expect(leavingOut.map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(leftOut.map((mutant) => mutant.leftOut))]));
    const counted = mutants.flatMap(({ before, leftOut: rule }) => (rule === null ? [before] : []));
    expect(counted).toEqual(expect.arrayContaining(['level > 3', 'level > 2', 'level === 2', "'a word'", "'no message'"]));
  });

  test('keep their names where lines move and spaces change', async () => {
    const moved = `// Another line.\n\n${text.replaceAll('  ', '      ')}`;
    const names = (await mutantsOf(text)).map(({ name }) => name);
    expect((await mutantsOf(moved)).map(({ name }) => name)).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  test('that are alike are told apart by their place among them', async () => {
    const mutants = await mutantsOf('export const one = (a: number) => a + 1;\nexport const two = (a: number) => a + 1;');
    const sums = mutants.filter(({ mutator }) => mutator === 'ArithmeticOperator');
    expect(sums.map(({ before, after, occurrence, line }) => ({ before, after, occurrence, line }))).toEqual([
      { before: 'a + 1', after: 'a - 1', occurrence: 1, line: 1 },
      { before: 'a + 1', after: 'a - 1', occurrence: 2, line: 2 },
    ]);
  });

  test('stand in the text behind the switch, which brings no line more', async () => {
    const { texts } = await instrument([file], '/here', () => 'export const sum = (a: number, b: number) => a + b;');
    const [line = ''] = (texts.get(join('/here', file)) ?? '').split('\n');
    expect(line).toContain(`import { ${switchNames.cover}, ${switchNames.isActive} } from`);
    expect(line).toMatch(/stryMutAct_9fa48\("\d+"\)/u);
  });
});
