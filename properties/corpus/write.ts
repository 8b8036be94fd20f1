/** Puts entries into the folder of the corpus and takes them out. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CorpusEntry, formatEntry, readEntry } from './entry.ts';

/**
 * The path of the file, which is written anew where it is there.
 * @throws {ScriptError} where it could not be read back: a corpus with one such file is no use to anybody
 */
export function writeEntry(folder: string, entry: CorpusEntry): string {
  const path = pathOf(folder, entry);
  const text = formatEntry(entry);
  readEntry(entry.name, JSON.parse(text));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

export function removeEntry(folder: string, entry: CorpusEntry): void {
  rmSync(pathOf(folder, entry));
}

export function pathOf(folder: string, { name }: Pick<CorpusEntry, 'name'>): string {
  return join(folder, `${name}.json`);
}
