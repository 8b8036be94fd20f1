/**
 * The corpus: scripts that failed once, and for every planted fault one that shows it. They are run before anything
 * fresh: what was mended stays mended, and what can be found stays found.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseJson } from '../../tools/json.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { ScriptError } from '../language/shapes.ts';
import { type CorpusEntry, readEntry } from './entry.ts';

/** The folder of the entries that tell of planted faults, below that of the others. */
export const plantedFolder = 'planted';

export function corpusFolder(): string {
  return join(repositoryRoot(), 'properties', 'corpus');
}

/** What was mended first, then the planted ones, each in the order of their names. Throws UsageError where a file is no entry. */
export function readCorpus(folder: string = corpusFolder()): readonly CorpusEntry[] {
  return [...readFolder(folder, ''), ...readFolder(folder, `${plantedFolder}/`)];
}

/** The name of the entry that belongs to the fault of that file. */
export function plantedName(faultFile: string): string {
  return `${plantedFolder}/${basename(faultFile, '.json')}`;
}

function readFolder(folder: string, prefix: string): readonly CorpusEntry[] {
  const inside = join(folder, prefix);
  if (!existsSync(inside)) return [];
  const files = readdirSync(inside).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => readFile(join(inside, file), `${prefix}${basename(file, '.json')}`));
}

function readFile(path: string, name: string): CorpusEntry {
  try {
    return readEntry(name, parseJson(readFileSync(path, 'utf8'), path));
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}
