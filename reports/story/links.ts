/** What the chain of events is made of, and from. */
import type { Script } from '../../properties/scripts/script.ts';
import type { Failure } from '../../properties/trace.ts';
import type { Passage } from './messages.ts';
import type { Told } from './told.ts';

/** A link, placed in the trace; null: at its end. */
export interface PlacedLink {
  readonly place: number | null;
  readonly sentence: string;
  /** For where the steps stand beside it: only what followed from the step; null where nothing did. */
  readonly brief: string | null;
}

export interface ChainMatter {
  readonly script: Script;
  readonly told: readonly Told[];
  readonly passages: readonly Passage[];
  readonly failure: Failure;
  readonly ruleSentence: string;
}
