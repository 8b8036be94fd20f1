/** Keeps in the corpus, for every fault that was found, the smallest script that shows it: so it is found again without a search. */
import { plantedName, readCorpus } from '../corpus/corpus.ts';
import type { CorpusEntry } from '../corpus/entry.ts';
import { removeEntry, writeEntry } from '../corpus/write.ts';
import { isSmaller } from '../shrinking/size.ts';
import { sentenceOf } from './fault.ts';
import type { FaultResult } from './verdict.ts';

export interface Kept {
  readonly written: number;
  /** Names of entries whose fault is no longer there. */
  readonly removed: readonly string[];
  /** Names of faults of which no hunt gave a script that holds without them; an entry from before stays. */
  readonly without: readonly string[];
}

/** `all`: every fault was hunted, so that entries of others are of faults that are gone. */
export function keepPlanted(folder: string, results: readonly FaultResult[], all: boolean): Kept {
  const faults = results.filter(({ canary }) => !canary);
  const entries = faults.flatMap((result) => plantedEntryOf(result) ?? []);
  for (const entry of entries) writeEntry(folder, entry);
  const known = new Set(faults.map(({ file }) => plantedName(file)));
  const gone = all ? readCorpus(folder).filter(({ name, fault }) => fault !== null && !known.has(name)) : [];
  for (const entry of gone) removeEntry(folder, entry);
  return {
    written: entries.length,
    removed: gone.map(({ name }) => name),
    without: faults.filter((result) => plantedEntryOf(result) === null).map(({ fault }) => fault.name),
  };
}

/** Null where no hunt gave a script that holds without the fault. Of equal scripts that of the first seed. */
export function plantedEntryOf({ file, fault, hunts }: FaultResult): CorpusEntry | null {
  let smallest: CorpusEntry | null = null;
  for (const { script, failureClass, foundBy, without } of hunts) {
    if (script === null || failureClass === null || foundBy === null || without !== 'held') continue;
    if (smallest !== null && !isSmaller(script, smallest.script)) continue;
    smallest = { name: plantedName(file), rule: foundBy, class: failureClass, cause: sentenceOf(fault.name), fault: file, script };
  }
  return smallest;
}
