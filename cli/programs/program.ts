/** What the commands of npm have in common: how they are started, read what is asked of them, and draw tables. */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { type OptionKinds, type Options, readOptions, wholeIn } from '../options.ts';
import type { ExitCode } from '../verb.ts';

export interface Program {
  /** As npm knows it. */
  readonly name: string;
  readonly help: string;
  readonly options: OptionKinds;
  /** Throws UsageError for bad usage and bad input. */
  run(options: Options): Promise<ExitCode>;
}

/** Runs it with the words of the command line; its exit code is that of the process. */
export async function start({ name, help, options: kinds, run }: Program): Promise<void> {
  try {
    const words = process.argv.slice(2);
    if (words.includes('--help')) {
      tell(help.trimEnd());
      return;
    }
    const options = readOptions(name, words, kinds);
    const [unexpected] = options.positionals;
    const hint = 'only' in kinds ? '--only NAME picks one' : `npm run ${name} -- --help tells what it takes`;
    if (unexpected !== undefined) throw new UsageError(`${name} takes no argument "${unexpected}"; ${hint}`);
    process.exitCode = await run(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = 2;
  }
}

export function tell(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

export function wholeOption(options: Options, name: string, otherwise: number, most = 1_000_000): number {
  return wholeIn(options, name, 1, most) ?? otherwise;
}

/** Those that `--only` names, by one of their names; all where it names none. Throws UsageError for a name that nothing has. */
export function pickOnly<Item>(
  options: Options,
  items: readonly Item[],
  kind: string,
  namesOf: (item: Item) => readonly string[],
): readonly Item[] {
  const only = options.values('only');
  const isNamed = (item: Item, name: string): boolean => [name, basename(name, '.json')].some((one) => namesOf(item).includes(one));
  const unknown = only.find((name) => !items.some((item) => isNamed(item, name)));
  if (unknown !== undefined) throw new UsageError(`there is no ${kind.replace('NAME', `"${unknown}"`)}`);
  return only.length === 0 ? items : items.filter((item) => only.some((name) => isNamed(item, name)));
}

/** Side by side, with a line now and then on how many are done. */
export function workThrough<Item, Result>(
  items: readonly Item[],
  most: number,
  toldEvery: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  let done = 0;
  return sideBySide(items, most, async (item) => {
    const result = await work(item);
    done += 1;
    if (done % toldEvery === 0) process.stderr.write(`${done} of ${items.length}\n`);
    return result;
  });
}

/** Where `--json` says. */
export function writeJson(options: Options, figures: unknown): void {
  const path = options.value('json');
  if (path !== undefined) writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
}

/** The titles of the columns, with the side that their cells keep to. */
export type Columns = Readonly<Record<string, Column['align']>>;

export function tableOf(columns: Columns, rows: readonly (readonly string[])[]): string {
  const heads = Object.entries(columns).map(([title, align]): Column => ({ title, align }));
  return tableText(heads, rows);
}
