/**
 * Files that remember something for the whole process. What an earlier run left there decides whether their code is
 * visited at all, so their mutants are judged in a new thread each, by all runs: the visits of single runs say nothing.
 */
import type { Mutant } from './mutant.ts';

const remembering: ReadonlySet<string> = new Set(['sut/server/signature.ts', 'sut/server/frozen-schema.ts']);

export function remembersForTheProcess({ file }: Pick<Mutant, 'file'>): boolean {
  return remembering.has(file);
}
