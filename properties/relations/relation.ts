/**
 * A relation: a law about two runs that needs no model (DESIGN §3.5). From one script it makes two that must come to
 * the same; both are run, and what was observed at the end is compared. A new relation is a new file here, named in
 * index.ts.
 */
import type { Finding } from '../checks/check.ts';
import type { Script } from '../scripts/script.ts';
import type { Final } from './final.ts';

export interface Twins {
  readonly left: Script;
  readonly right: Script;
  /** What the right script has that the left has not; reads on after "with". */
  readonly difference: string;
  /** Of relations with several shapes, which one this is; counted apart in the coverage. */
  readonly variant?: string;
}

/** `idle`: nothing but nothing was compared, because nobody was connected or no row was shown. */
export type Comparison = Finding | 'idle' | null;

export interface Relation {
  readonly name: string;
  /** The law in one plain sentence. */
  readonly sentence: string;
  /** The rules of SPEC.md that it looks after. */
  readonly rules: readonly string[];
  /**
   * A pure transformation. `salt` decides what is free to choose, by `preferred`, so that a choice survives the
   * shrinking of all that it does not name. null: this script cannot show the law.
   */
  readonly twinOf: (script: Script, salt: number) => Twins | null;
  /** Called only where both runs committed the same writes in the same order. null: what was compared is the same. */
  readonly compare: (left: Final, right: Final) => Comparison;
}
