/** Reads the options of a verb: `parseArgs` of Node does the splitting, the complaints are our own, one clear line each. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../tools/usage-error.ts';

type Takes = 'nothing' | 'one value' | 'many values' | 'a value or nothing';
export type OptionKinds = Readonly<Record<string, Takes>>;

/** Options that take the same. */
export function taking(takes: Takes, ...names: readonly string[]): OptionKinds {
  return Object.fromEntries(names.map((name) => [name, takes]));
}

export interface Options {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
}

/** Throws UsageError for what the verb does not know and for values that are missing. */
export function readOptions(verb: string, words: readonly string[], kinds: OptionKinds): Options {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, takes] of Object.entries(kinds)) options[name] = { type: takesNext(takes) ? 'string' : 'boolean', multiple: true };
  const { tokens } = parseArgs({ args: joinNegativeNumbers(words), options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  let openList: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      (openList ?? positionals).push(token.value);
      continue;
    }
    openList = undefined;
    if (token.kind === 'option-terminator') continue;
    const takes = kinds[token.name];
    if (takes === undefined) throw new UsageError(`${verb} has no option ${token.rawName}; see lockstep ${verb} --help`);
    const known = values.get(token.name) ?? [];
    values.set(token.name, known);
    if (takes === 'nothing') {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
    } else if (takes === 'a value or nothing') {
      if (token.value === '') throw new UsageError(`${token.rawName}= needs a value`);
      if (token.value !== undefined) known.push(token.value);
    } else {
      if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('-'))) {
        throw new UsageError(`${token.rawName} needs a value`);
      }
      known.push(...(takes === 'many values' ? token.value.split(',') : [token.value]));
      if (takes === 'many values') openList = known;
    }
  }
  return {
    positionals,
    has: (name) => values.has(name),
    value: (name) => values.get(name)?.at(-1),
    values: (name) => values.get(name) ?? [],
  };
}

/** A value that may be left out is given with `=` alone, or the next word would be taken for it. */
function takesNext(takes: Takes): boolean {
  return takes === 'one value' || takes === 'many values';
}

/** `--runs -1` is a number that is too small, not an option named 1. */
function joinNegativeNumbers(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (/^-\d/u.test(word) && before !== undefined && /^--[^=]+$/u.test(before)) joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
}

/** A whole number; undefined where none is given. */
export function wholeIn(options: Options, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const text = options.value(name);
  return text === undefined ? undefined : readWhole(`--${name}`, text, least, most);
}

/** Throws UsageError unless the text is a whole number between the two. */
export function readWhole(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`${option} must be a whole number ${range}, not ${JSON.stringify(text)}`);
  }
  return value;
}

/** Throws UsageError unless the text is a number above zero. */
export function readPositive(option: string, text: string): number {
  const value = /^\d+(\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && Number.isFinite(value))) throw new UsageError(`${option} must be a number above 0, not ${JSON.stringify(text)}`);
  return value;
}

export function readOneOf<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${option} must be one of ${choices.join(', ')}, not ${JSON.stringify(text)}`);
  return found;
}
