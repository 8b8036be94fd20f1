/** Puts entries into the folder of the corpus and takes them out. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CorpusEntry, formatEntry } from './entry.ts';

/** The path of the file, which is written anew where it is there. */
export function writeEntry(folder: string, entry: CorpusEntry): string {
  const path = pathOf(folder, entry);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatEntry(entry));
  return path;
}

export function removeEntry(folder: string, entry: CorpusEntry): void {
  rmSync(pathOf(folder, entry));
}

export function pathOf(folder: string, { name }: Pick<CorpusEntry, 'name'>): string {
  return join(folder, `${name}.json`);
}
