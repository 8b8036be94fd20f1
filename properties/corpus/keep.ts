/** What becomes an entry of the corpus, and what is refused: one entry a failure class says all there is to say. */
import { fileNameOf } from '../simulate/file-name.ts';
import type { Failure } from '../trace.ts';
import { plantedFolder, plantedName } from './corpus.ts';
import type { CorpusEntry } from './entry.ts';

export interface Kept {
  /** The file in `properties/faults/` of the fault that was planted; null: none was. */
  readonly faultFile: string | null;
  /** Of the file, without folder and ending; null: from the class, or from the fault. */
  readonly name: string | null;
}

/** The name of the entry, `planted/…` for one that tells of a planted fault. */
export function nameOfEntry({ faultFile, name }: Kept, failure: Failure): string {
  if (faultFile === null) return name ?? fileNameOf(failure.class);
  return name === null ? plantedName(faultFile) : `${plantedFolder}/${name}`;
}

/**
 * One line on why a failure is not kept; null: nothing speaks against it. Faults are told apart by their files, since
 * each must have its own entry though several show in the same way.
 */
export function refusalOf(entries: readonly CorpusEntry[], kept: Kept, failure: Failure): string | null {
  const same = entries.find((entry) => entry.fault === kept.faultFile && entry.class === failure.class);
  if (same !== undefined) return `${same.name} is there already, of the same class: ${failure.class}`;
  const name = nameOfEntry(kept, failure);
  const taken = entries.find((entry) => entry.name === name);
  if (taken === undefined) return null;
  return `${name} is there already, of the class ${taken.class ?? 'not told'}; this one is ${failure.class}; --name gives it another name`;
}
