/**
 * Reads what a script is named by on the command line: a file, which holds a script, a failure, an entry of the corpus or
 * a known deviation of a system, or a seed and a run, from which it is drawn.
 */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type CorpusEntry, readEntry } from '../properties/corpus/entry.ts';
import { readTextFile } from '../properties/faults/fault.ts';
import { readScript, ScriptError } from '../properties/scripts/parse.ts';
import type { Script } from '../properties/scripts/script.ts';
import { parseJson } from '../tools/json.ts';
import { UsageError } from '../tools/usage-error.ts';
import { type Found, readFailureFile } from './campaign/failure-file.ts';
import { readWhole } from './options.ts';
import { mostSeed } from './shared.ts';

export interface ReadScriptFile {
  readonly script: Script;
  /**
   * The entry of the corpus that the file holds, or the deviation told as one; its fault is not planted by that. null: it
   * holds a script and nothing else.
   */
  readonly entry: CorpusEntry | null;
  /** What the file says of where the script was found; null: it is no file of a failure. */
  readonly found: Found | null;
}

export type ScriptTarget =
  | ({ readonly target: 'file'; readonly path: string } & ReadScriptFile)
  | { readonly target: 'drawn'; readonly seed: number; readonly run: number };

/** `text` is FILE or SEED:RUN; where a file is named like a seed and a run, it is meant. @throws {UsageError} */
export function readTarget(text: string): ScriptTarget {
  const [, seed, run] = /^(\d+):(\d+)$/u.exec(text) ?? [];
  if (seed !== undefined && run !== undefined && !existsSync(text)) {
    return { target: 'drawn', run: readWhole('the run', run, 0, Number.MAX_SAFE_INTEGER), seed: readWhole('the seed', seed, 0, mostSeed) };
  }
  return { target: 'file', path: text, ...readScriptFile(text) };
}

/** @throws {UsageError} where there is no such file, or it holds none of them. */
export function readScriptFile(path: string): ReadScriptFile {
  const data = parseJson(readTextFile(path), path);
  const isEntry = typeof data === 'object' && data !== null && 'script' in data;
  const isFailure = isEntry && 'found' in data;
  const isDeviation = isEntry && 'title' in data && 'cause' in data && 'rule' in data;
  const kind = isFailure ? 'as a failure: ' : isDeviation ? 'as a deviation: ' : isEntry ? 'as an entry of the corpus: ' : '';
  try {
    if (!isEntry) return { script: readScript(data), entry: null, found: null };
    if (isFailure) return { ...readFailureFile(data), entry: null };
    const entry = readEntry(basename(path, '.json'), isDeviation ? entryOf(data) : data);
    return { script: entry.script, entry, found: null };
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(`${path}: ${kind}${error.message}`);
    throw error;
  }
}

/** What a deviation tells besides is about the system, not about its script. */
function entryOf(deviation: { readonly rule: unknown; readonly cause: unknown; readonly script: unknown }): object {
  if (deviation.script === null) throw new ScriptError('it has no script, only its reproduction');
  return { rule: deviation.rule, cause: deviation.cause, script: deviation.script };
}
