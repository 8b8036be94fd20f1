/** A script as an ordinary vitest test: whoever mends what it shows keeps it beside the code. */
import type { Script } from '../../properties/scripts/script.ts';
import type { WorldName } from '../../properties/trace.ts';
import { literal, quote } from './literal.ts';

export interface TestRequest {
  /** A script of a relation is run as the twins that it names. */
  readonly script: Script;
  /** Of the test: `S2: c1 showed status CLOSED`. */
  readonly title: string;
  readonly world: WorldName;
  /** From the folder of the test to the root of the repository: `./` or `../../`. */
  readonly toRoot: string;
  /** The name of the fault that was planted when it failed; null: none was, or it held. */
  readonly plantedFault: string | null;
}

export function testText({ script, title, world, toRoot, plantedFault }: TestRequest): string {
  const runner =
    script.relation === undefined
      ? { name: 'runScript', file: 'properties/run.ts' }
      : { name: 'runAnyScript', file: 'properties/relations/run.ts' };
  return [
    "import { expect, test } from 'vitest';",
    `import { ${runner.name} } from ${quote(`${toRoot}${runner.file}`)};`,
    `import type { Script } from ${quote(`${toRoot}properties/scripts/script.ts`)};`,
    '',
    `const script: Script = ${literal(script)};`,
    '',
    ...(plantedFault === null ? [] : noteOn(plantedFault)),
    `test(${quote(title)}, async () => {`,
    `  const { outcome } = await ${runner.name}(script, { world: ${quote(world)}, keepTrace: false });`,
    "  expect(outcome).toEqual({ outcome: 'held' });",
    '});',
    '',
  ].join('\n');
}

function noteOn(plantedFault: string): readonly string[] {
  return [
    `// It failed with a fault planted in the system: ${quote(plantedFault)}.`,
    '// Expect it to hold on the sound system, and to fail only with that fault in the source.',
  ];
}
