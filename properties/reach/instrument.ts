/** Counts, in the text of the product itself, which statements, branches and functions are reached. The instrumenter is Istanbul's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileCoverageData } from 'istanbul-lib-coverage';
import { createInstrumenter } from 'istanbul-lib-instrument';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { countersName } from './counters.ts';

export interface Counted {
  /** The instrumented texts by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What there is to reach, by file; nothing is reached. */
  readonly nothing: Readonly<Record<string, FileCoverageData>>;
}

/** `files` relative to the root. A file that no run loads is counted as well. */
export function countIn(files: readonly string[], root = repositoryRoot()): Counted {
  const instrumenter = createInstrumenter({
    esModules: true,
    parserPlugins: ['typescript'],
    coverageVariable: countersName,
    coverageGlobalScope: 'globalThis',
    coverageGlobalScopeFunc: false,
    preserveComments: true,
  });
  const texts = new Map<string, string>();
  const nothing: Record<string, FileCoverageData> = {};
  for (const file of files) {
    const path = join(root, file);
    texts.set(path, instrumenter.instrumentSync(readFileSync(path, 'utf8'), path));
    nothing[file] = { ...instrumenter.lastFileCoverage(), path: file };
  }
  return { texts, nothing };
}
