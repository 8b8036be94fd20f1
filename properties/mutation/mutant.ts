/** A mutant: one small change of one place of the product, as the instrumenter makes them, under a name that outlives moved lines. */
import { createHash } from 'node:crypto';

/** What names it: where the file is edited elsewhere, all of this stays as it was. */
export interface MutantIdentity {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly mutator: string;
  /** The text that it changes, with white space as one blank. */
  readonly before: string;
  readonly after: string;
  /** Of those in the file that are alike in all this, which; from 1. */
  readonly occurrence: number;
}

export interface Mutant extends MutantIdentity {
  /** Short for its identity. */
  readonly name: string;
  /** By which the instrumented code knows it; another after every change of the product. */
  readonly number: string;
  /** From 1, where it begins. */
  readonly line: number;
  readonly column: number;
  /** The rule by which it is left out; null: it counts. */
  readonly leftOut: string | null;
}

const nameLength = 10;

export function nameOf({ file, mutator, before, after, occurrence }: MutantIdentity): string {
  const text = JSON.stringify([file, mutator, before, after, occurrence]);
  return createHash('sha256').update(text).digest('hex').slice(0, nameLength);
}

export function oneBlank(text: string): string {
  return text.trim().replace(/\s+/gu, ' ');
}

/** `sut/client/session.ts` is of the folder `sut/client`. */
export function folderOf({ file }: Pick<MutantIdentity, 'file'>): string {
  return file.split('/').slice(0, -1).join('/');
}
