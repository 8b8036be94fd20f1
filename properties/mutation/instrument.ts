/** Makes the mutants of the product, all of them in its text at once, each behind its switch. The instrumenter is Stryker's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { ruleFor } from './left-out.ts';
import { type Mutant, nameOf, oneBlank } from './mutant.ts';
import { switchNames } from './switch.ts';

export interface Instrumented {
  /** In the order of the files, then of the places. */
  readonly mutants: readonly Mutant[];
  /** The instrumented texts by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
}

type ApiMutant = Awaited<ReturnType<Instrumenter['instrument']>>['mutants'][number];

/** `files` relative to the root. Their text is what stands there, unless `textOf` says it. */
export async function instrument(
  files: readonly string[],
  root = repositoryRoot(),
  textOf = (file: string): string => readFileSync(join(root, file), 'utf8'),
): Promise<Instrumented> {
  const sources = new Map(files.map((file) => [join(root, file), { file, text: textOf(file) }]));
  const given = [...sources].map(([name, { text }]) => ({ name, mutate: true, content: text }));
  const made = await new Instrumenter(silent).instrument(given, {
    plugins: null,
    excludedMutations: [],
    ignorers: [{ shouldIgnore: (place) => ruleFor(place)?.name }],
    noHeader: true,
  });
  const occurrences = new Map<string, number>();
  const mutants = made.mutants.map((mutant) => {
    const source = sources.get(mutant.fileName);
    if (source === undefined) throw new Error(`a mutant of ${mutant.fileName}, which was not given`);
    return mutantOf(mutant, source, occurrences);
  });
  return { mutants, texts: new Map(made.files.map(({ name, content }) => [name, withSwitch(content, root)])) };
}

function mutantOf(made: ApiMutant, source: { readonly file: string; readonly text: string }, occurrences: Map<string, number>): Mutant {
  const { file, text } = source;
  const { start, end } = made.location;
  const alike = { file, mutator: made.mutatorName, before: oneBlank(textBetween(text, start, end)), after: oneBlank(made.replacement) };
  const key = JSON.stringify(alike);
  const occurrence = (occurrences.get(key) ?? 0) + 1;
  occurrences.set(key, occurrence);
  const identity = { ...alike, occurrence };
  return {
    ...identity,
    name: nameOf(identity),
    number: made.id,
    line: start.line + 1,
    column: start.column + 1,
    leftOut: made.statusReason ?? null,
  };
}

type Position = ApiMutant['location']['start'];

function textBetween(text: string, start: Position, end: Position): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const cutEnd = lines.map((line, index) => (index === lines.length - 1 ? line.slice(0, end.column) : line));
  return cutEnd.map((line, index) => (index === 0 ? line.slice(start.column) : line)).join('\n');
}

/** On the first line, so that all others stay where they are. */
function withSwitch(text: string, root: string): string {
  const path = join(root, 'properties', 'mutation', 'switch.ts');
  return `import { ${switchNames.cover}, ${switchNames.isActive} } from ${JSON.stringify(path)};${text}`;
}

const nothing = (): void => {};
const no = (): boolean => false;
const silent = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
