/** Scripts that failed once, each with the rule and a line on the cause. They are run before anything fresh: what was mended stays mended. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScript } from '../scripts/parse.ts';
import type { Script } from '../scripts/script.ts';

export interface CorpusEntry {
  readonly name: string;
  readonly rule: string;
  /** Which of model, system and law was wrong, and how. */
  readonly cause: string;
  readonly script: Script;
}

/** In order of their names. @throws where a file is no entry */
export function readCorpus(): readonly CorpusEntry[] {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));
  return files
    .sort()
    .map((file) => readEntry(file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'))));
}

function readEntry(name: string, value: unknown): CorpusEntry {
  if (typeof value !== 'object' || value === null || !('rule' in value) || !('cause' in value) || !('script' in value))
    throw new Error(`${name}: an entry of the corpus has a rule, a cause and a script`);
  const { rule, cause, script } = value;
  if (typeof rule !== 'string' || typeof cause !== 'string' || cause === '') throw new Error(`${name}: rule and cause are texts`);
  return { name, rule, cause, script: readScript(script) };
}
