/** An incomplete command or step does not compile: each part is left out once, and the compiler has to complain. */
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import type { AnyStep, StepDefinition } from '../steps/step.ts';
import type { AnyCommand, CommandDefinition } from './command.ts';

const root = repositoryRoot();

/** A file that the compiler sees in the folder of the commands, or of the steps. */
interface Source {
  readonly path: string;
  readonly text: string;
}

/** Complete by type: a part that a definition has is listed here. */
const commandParts = Object.keys({
  needs: 0,
  say: 0,
  swarm: 0,
  suits: 0,
  generate: 0,
  apply: 0,
  shrink: 0,
  oddity: 0,
  names: 0,
  parts: 0,
  prepare: 0,
  call: 0,
} satisfies Readonly<Record<Exclude<keyof CommandDefinition<AnyCommand>, 'shape'>, 0>>);

const stepParts = Object.keys({
  needs: 0,
  say: 0,
  swarm: 0,
  suits: 0,
  generate: 0,
  apply: 0,
  shrink: 0,
  oddity: 0,
  size: 0,
  clients: 0,
  rename: 0,
  concerns: 0,
  names: 0,
  arrangement: 0,
  mark: 0,
  strike: 0,
  commands: 0,
  perform: 0,
} satisfies Readonly<Record<Exclude<keyof StepDefinition<AnyStep>, 'shape'>, 0>>);

function commandWithout(part: string): Source {
  const text = `import { connect } from './connect.ts';
import { defineCommand } from './command.ts';
const { shape, ${part === 'nothing' ? '' : `${part}: _, `}...others } = connect;
export const incomplete = defineCommand(shape)(others);
`;
  return { path: join(root, 'properties', 'commands', `without-${part}.ts`), text };
}

function stepWithout(part: string): Source {
  const text = `import { cut } from './cut.ts';
import { defineStep } from './step.ts';
const { shape, ${part === 'nothing' ? '' : `${part}: _, `}...others } = cut;
export const incomplete = defineStep(shape)(others);
`;
  return { path: join(root, 'properties', 'steps', `without-${part}.ts`), text };
}

/** The tables of commands: what the model knows and they lack, or have and the model does not know. */
const tables: readonly Source[] = [
  {
    path: join(root, 'properties', 'commands', 'table-lacks.ts'),
    text: `import type { Command } from '../../model/index.ts';
import { commands } from './index.ts';
const { clear: _, ...others } = commands;
export const incomplete = others satisfies Readonly<Record<Command['do'], unknown>>;
`,
  },
  {
    path: join(root, 'properties', 'commands', 'table-has-more.ts'),
    text: `import type { Command } from '../../model/index.ts';
import { commands } from './index.ts';
export const more = { ...commands, unheardOf: commands.clear } satisfies Readonly<Record<Command['do'], unknown>>;
const unheardOf: Command['do'] = 'unheardOf';
export { unheardOf };
`,
  },
];

const sources = [...['nothing', ...commandParts].map(commandWithout), ...['nothing', ...stepParts].map(stepWithout), ...tables];
let known: ReadonlyMap<string, readonly string[]> | undefined;

/** One program for all of them, made by the first test that asks. */
function complaintsOf({ path }: Source): readonly string[] | undefined {
  known ??= compile();
  return known.get(path);
}

function compile(): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const own = new Map(sources.map(({ path, text }) => [path, text]));
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => own.has(path) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = own.get(path);
    return text === undefined ? getSourceFile(path, languageVersion, ...rest) : ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram([...own.keys()], { ...options, noEmit: true, incremental: false, noUnusedLocals: false }, host);
  return new Map(
    [...own.keys()].map((path) => {
      const file = program.getSourceFile(path);
      const found = file === undefined ? [] : program.getSemanticDiagnostics(file);
      return [path, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))];
    }),
  );
}

describe('a command', () => {
  test('compiles when it is whole', () => expect(complaintsOf(commandWithout('nothing'))).toEqual([]));

  test.each(commandParts)('does not compile without %s', (part) => {
    expect(complaintsOf(commandWithout(part))?.join('\n')).toContain(part);
  });
});

describe('a step', () => {
  test('compiles when it is whole', () => expect(complaintsOf(stepWithout('nothing'))).toEqual([]));

  test.each(stepParts)('does not compile without %s', (part) => {
    expect(complaintsOf(stepWithout(part))?.join('\n')).toContain(part);
  });
});

test('a command that only one of model and scripts knows does not compile', () => {
  for (const table of tables) expect(complaintsOf(table), table.path).not.toEqual([]);
});
