/** A script as an ordinary vitest test: whoever mends what it shows keeps it beside the code. */
import type { Script } from '../../properties/scripts/script.ts';
import type { SystemName } from '../../properties/trace.ts';
import { literal, quote } from './literal.ts';

export interface TestRequest {
  /** A script of a relation is run as the twins that it names. */
  readonly script: Script;
  /** Of the test: `S2: c1 showed status CLOSED`. */
  readonly title: string;
  readonly world: SystemName;
  /** From the folder of the test to the root of the repository: `./` or `../../`. */
  readonly toRoot: string;
  /** The name of the fault that was planted when it failed; null: none was, or it held. */
  readonly plantedFault: string | null;
  /** The system has to be installed first; absent: it is always there. */
  readonly mayBeAbsent?: boolean;
  /** The title of the known deviation that shows in it; null or absent: none that is known. */
  readonly deviation?: string | null;
}

export function testText({ script, title, world, toRoot, plantedFault, mayBeAbsent = false, deviation = null }: TestRequest): string {
  const runner =
    script.relation === undefined
      ? { name: 'runScript', file: 'properties/systems/run-script.ts' }
      : { name: 'runAnyScript', file: 'properties/relations/run-any-script.ts' };
  return [
    "import { expect, test } from 'vitest';",
    `import { ${runner.name} } from ${quote(`${toRoot}${runner.file}`)};`,
    `import type { Script } from ${quote(`${toRoot}properties/scripts/script.ts`)};`,
    ...(mayBeAbsent ? [`import { isAvailable } from ${quote(`${toRoot}properties/systems/registry.ts`)};`] : []),
    '',
    `const script: Script = ${literal(script)};`,
    '',
    ...(plantedFault === null ? [] : noteOn(plantedFault)),
    ...(deviation === null ? [] : noteOnDeviation(deviation)),
    `test${mayBeAbsent ? `.skipIf(!(await isAvailable(${quote(world)})))` : ''}(${quote(title)}, async () => {`,
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

function noteOnDeviation(title: string): readonly string[] {
  return [`// A known deviation of the system: ${quote(title)}.`, '// Expect it to fail until that is mended.'];
}
