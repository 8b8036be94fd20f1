/** Proves that the import rules bite: each is broken once by a small planted file, and the real rules must tell exactly that. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from 'dependency-cruiser';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../tools/repository-root.ts';

const root = repositoryRoot();
const configuration: { readonly options: ICruiseOptions } & IFlattenedRuleSet = createRequire(import.meta.url)(
  join(root, '.dependency-cruiser.cjs'),
);

/** Files that break nothing; the planted ones import them. */
const sound: Readonly<Record<string, string>> = {
  'model/law.ts': "import { part } from './part.ts';\nexport const law = part;",
  'model/part.ts': 'export const part = 1;',
  'sut/query/filter.ts': 'export const filter = 1;',
  'sut/runtime/ports.ts': 'export interface Port { now(): number }',
  'sut/runtime/clock.ts':
    "import { hrtime } from 'node:process';\nimport type { Port } from './ports.ts';\nexport const clock: Port = { now: () => Number(hrtime.bigint()) };",
  'sut/server/sound.ts':
    "import * as jose from 'jose';\nimport { filter } from '../query/filter.ts';\nimport type { Port } from '../runtime/ports.ts';\nexport const sound = (port: Port) => [jose, filter, port];",
  'sut/server/sound.test.ts': "import { test } from 'vitest';\nimport { sound } from './sound.ts';\ntest('', () => { sound; });",
  'properties/trace.ts': 'export const trace = 1;',
  'properties/interpreter/run-script.ts':
    "import { law } from '../../model/law.ts';\nimport { clock } from '../../sut/runtime/clock.ts';\nimport { sound } from '../../sut/server/sound.ts';\nimport { trace } from '../trace.ts';\nexport type Run = number;\nexport const run = [law, clock, sound, trace];",
  'reports/page.ts': "import type { Run } from '../properties/interpreter/run-script.ts';\nexport const page = (run: Run) => run;",
  ...Object.fromEntries(
    'vocabulary tools properties/language properties/worlds properties/driving properties/generation properties/commands properties/steps properties/scripts properties/shrinking properties/generator properties/checks properties/interpreter properties/systems properties/relations properties/simulate properties/gate properties/elsewhere'
      .split(' ')
      .map((folder) => [`${folder}/sound.ts`, 'export type Sound = 1;']),
  ),
  'properties/worlds/sound.test-data.ts': 'export const data = 1;',
  'properties/worlds/sound.test-tools.ts': 'export const tool = 1;',
  'cli/d.ts': "import * as used from './c.ts';\nexport const it = used;",
  'cli/main.ts':
    "import { page } from '../reports/page.ts';\nimport { run } from '../properties/interpreter/run-script.ts';\nexport const main = [page, run];",
};

interface Planted {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}
const imports = (path: string): string => `import * as used from '${path}';\nexport const it = used;`;
const types = (path: string): string => `import type * as used from '${path}';\nexport type It = typeof used;`;
const planted: readonly Planted[] = [
  { rule: 'model-stands-alone', file: 'model/a.ts', text: imports('../sut/query/filter.ts') },
  { rule: 'model-stands-alone', file: 'model/b.ts', text: imports('node:crypto') },
  { rule: 'model-stands-alone', file: 'model/c.ts', text: imports('jose') },
  { rule: 'model-stands-alone', file: 'model/d.ts', text: "import type { Port } from '../sut/runtime/ports.ts';\nexport type It = Port;" },
  { rule: 'model-tests-stand-alone', file: 'model/e.test.ts', text: imports('../properties/interpreter/run-script.ts') },
  { rule: 'sut-knows-no-tests', file: 'sut/runtime/a.ts', text: imports('../../model/law.ts') },
  { rule: 'sut-knows-no-tests', file: 'sut/client/b.ts', text: imports('../../properties/interpreter/run-script.ts') },
  { rule: 'sut-is-closed', file: 'sut/client/c.ts', text: imports('node:timers') },
  { rule: 'sut-is-closed', file: 'sut/protocol/d.ts', text: imports('crypto') },
  { rule: 'sut-packages', file: 'sut/server/e.ts', text: imports('ws') },
  { rule: 'jose-for-tokens-only', file: 'sut/client/f.ts', text: imports('jose') },
  { rule: 'hashes-in-three-files-only', file: 'sut/client/h.ts', text: imports('@noble/hashes/sha2.js') },
  { rule: 'lmdb-in-its-entry-only', file: 'sut/runtime/lmdb.ts', text: imports('lmdb') },
  { rule: 'idb-in-its-entry-only', file: 'sut/runtime/idb.ts', text: imports('idb') },
  { rule: 'closed-stays-closed', file: 'sut/query/g.ts', text: imports('../runtime/clock.ts') },
  { rule: 'no-arrow-up-from-vocabulary', file: 'vocabulary/a.ts', text: types('../tools/sound.ts') },
  { rule: 'no-arrow-up-from-tools', file: 'tools/a.ts', text: types('../properties/trace.ts') },
  { rule: 'no-arrow-up-from-model-and-sut', file: 'sut/client/i.ts', text: types('../../properties/trace.ts') },
  { rule: 'no-arrow-up-from-rules', file: 'properties/rules/a.ts', text: types('../language/sound.ts') },
  { rule: 'no-arrow-up-from-language', file: 'properties/language/a.ts', text: types('../worlds/sound.ts') },
  { rule: 'no-arrow-up-from-worlds', file: 'properties/worlds/a.ts', text: types('../driving/sound.ts') },
  { rule: 'no-arrow-up-from-driving', file: 'properties/driving/a.ts', text: types('../generation/sound.ts') },
  { rule: 'no-arrow-up-from-generation', file: 'properties/generation/a.ts', text: types('../commands/sound.ts') },
  { rule: 'no-arrow-up-from-commands', file: 'properties/commands/a.ts', text: types('../steps/sound.ts') },
  { rule: 'no-arrow-up-from-steps', file: 'properties/steps/a.ts', text: types('../scripts/sound.ts') },
  { rule: 'no-arrow-up-from-scripts', file: 'properties/scripts/a.ts', text: types('../trace.ts') },
  { rule: 'no-arrow-up-from-trace', file: 'properties/trace/a.ts', text: types('../shrinking/sound.ts') },
  { rule: 'no-arrow-up-from-shrinking', file: 'properties/shrinking/a.ts', text: types('../generator/sound.ts') },
  { rule: 'no-arrow-up-from-generator', file: 'properties/generator/a.ts', text: types('../checks/sound.ts') },
  { rule: 'no-arrow-up-from-checks', file: 'properties/coverage/a.ts', text: types('../interpreter/sound.ts') },
  { rule: 'no-arrow-up-from-interpreter', file: 'properties/interpreter/a.ts', text: types('../systems/sound.ts') },
  { rule: 'no-arrow-up-from-systems', file: 'properties/systems/a.ts', text: types('../relations/sound.ts') },
  { rule: 'no-arrow-up-from-relations', file: 'properties/relations/a.ts', text: types('../simulate/sound.ts') },
  { rule: 'no-arrow-up-from-campaigns', file: 'properties/faults/a.ts', text: types('../gate/sound.ts') },
  { rule: 'no-arrow-up-from-gate', file: 'properties/gate/a.ts', text: types('../../reports/page.ts') },
  { rule: 'no-arrow-up-from-reports', file: 'reports/b.ts', text: types('../cli/main.ts') },
  { rule: 'programs-stand-alone', file: 'cli/programs/faults.ts', text: imports('../../bench/x.ts') },
  { rule: 'every-folder-has-its-floor', file: 'properties/gate/b.ts', text: types('../elsewhere/sound.ts') },
  { rule: 'vocabulary-stands-alone', file: 'vocabulary/b.ts', text: imports('node:crypto') },
  { rule: 'vocabulary-is-types', file: 'sut/runtime/c.ts', text: imports('../../vocabulary/sound.ts') },
  { rule: 'reports-draw-data', file: 'reports/a.ts', text: imports('../properties/interpreter/run-script.ts') },
  { rule: 'no-tests-imported', file: 'cli/a.ts', text: imports('../sut/server/sound.test.ts') },
  { rule: 'no-tests-imported', file: 'cli/h.ts', text: imports('../properties/worlds/sound.test-data.ts') },
  { rule: 'no-tests-imported', file: 'cli/i.ts', text: imports('../properties/worlds/sound.test-tools.ts') },
  { rule: 'test-tools-in-tests-only', file: 'cli/b.ts', text: imports('vitest') },
  { rule: 'no-cycles', file: 'cli/c.ts', text: types('./d.ts') },
  { rule: 'no-orphans', file: 'cli/e.ts', text: 'export const forgotten = 1;' },
  { rule: 'resolvable', file: 'cli/f.ts', text: imports('./nowhere.ts') },
  { rule: 'declared-packages-only', file: 'properties/b.ts', text: imports('typescript') },
  { rule: 'instruments-by-name', file: 'properties/reach/a.ts', text: imports('puppeteer-core') },
];

let folder: string;
let found: readonly { readonly rule: string; readonly file: string }[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-architecture-'));
  for (const [file, text] of Object.entries(sound)) write(file, text);
  for (const { file, text } of planted) write(file, text);
  write('bench/x.ts', imports('../properties/trace.ts'));
  write('tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  write('package.json', readFileSync(join(root, 'package.json'), 'utf8'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { output } = await cruise(['vocabulary', 'tools', 'model', 'sut', 'properties', 'cli', 'reports', 'bench'], {
    ...configuration.options,
    ruleSet: { forbidden: configuration.forbidden ?? [] },
    validate: true,
    baseDir: folder,
  });
  if (typeof output === 'string') throw new Error('expected the result as data');
  found = output.summary.violations.map((violation) => ({ rule: violation.rule.name, file: violation.from }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

describe('the import rules', () => {
  test.each(planted)('$rule bites on $file', ({ rule, file }) => {
    expect(found).toContainEqual({ rule, file });
  });

  test('sound files break none', () => {
    expect(found.filter(({ file }) => file in sound)).toEqual([]);
  });

  test('every rule is shown to bite', () => {
    const names = (configuration.forbidden ?? []).map((rule) => rule.name);
    expect([...new Set(planted.map(({ rule }) => rule))].sort()).toEqual([...names].sort());
  });
});

describe('the vocabulary', () => {
  test.each(readdirSync(join(root, 'vocabulary')))('%s is gone when the program runs', async (file) => {
    const { code } = await transform(readFileSync(join(root, 'vocabulary', file), 'utf8'), { loader: 'ts' });
    expect(code).toBe('');
  });
});

const ambient =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bset(?:Timeout|Interval|Immediate)\b|\bperformance\b|\bcrypto\.|\bprocess\.|\bnew WebSocket\b|\bfetch\((?:['"`]|url|new URL)|\bglobalThis\b/u;

describe('ambient time and chance', () => {
  test.each([
    'Date.now()',
    'new Date()',
    'Math.random()',
    'setTimeout(run, 1)',
    'setInterval(run, 1)',
    'setImmediate(run)',
    'performance.now()',
    'crypto.randomUUID()',
    'process.hrtime()',
    'new WebSocket(url)',
    "fetch('x')",
  ])('%s is known as such', (text) => expect(text).toMatch(ambient));

  test('new Date(value) is not', () => expect('new Date(milliseconds).toISOString()').not.toMatch(ambient));

  test.each(['sut/client', 'sut/server', 'sut/query', 'sut/protocol', 'sut/schema', 'model'])('%s uses none', (closed) => {
    const files = readdirSync(join(root, closed), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !/\.test\.ts$|(?:^|[/\\])test-[^/\\]*\.ts$/u.test(file),
    );
    expect(files).not.toEqual([]);
    const uses = files.flatMap((file) => usesIn(join(closed, file)));
    expect(uses).toEqual([]);
  });
});

function usesIn(file: string): readonly string[] {
  const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, (comment) =>
    comment.replaceAll(/[^\n]/gu, ' '),
  );
  return code.split('\n').flatMap((line, index) => (ambient.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
}
