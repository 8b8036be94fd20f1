/** A script as an ordinary vitest test: whoever mends what it shows keeps it beside the code. */
import type { Script } from '../../properties/scripts/script.ts';
import type { WorldName } from '../../properties/trace.ts';
import { literal, quote } from './literal.ts';

export interface TestRequest {
  readonly script: Script;
  /** Of the test: `S2: c1 showed status CLOSED`. */
  readonly title: string;
  readonly world: WorldName;
  /** From the folder of the test to the root of the repository: `./` or `../../`. */
  readonly toRoot: string;
}

export function testText({ script, title, world, toRoot }: TestRequest): string {
  return [
    "import { expect, test } from 'vitest';",
    `import { runScript } from ${quote(`${toRoot}properties/run.ts`)};`,
    `import type { Script } from ${quote(`${toRoot}properties/scripts/script.ts`)};`,
    '',
    `const script: Script = ${literal(script)};`,
    '',
    `test(${quote(title)}, async () => {`,
    `  const { outcome } = await runScript(script, { world: ${quote(world)}, keepTrace: false });`,
    "  expect(outcome).toEqual({ outcome: 'held' });",
    '});',
    '',
  ].join('\n');
}
