/** The page about one run, as data: the story, and what a reader needs to have it running on their own machine. */
import type { Story } from '../story/story.ts';

export type PageVerdict = { readonly verdict: 'failed' | 'held' } | { readonly verdict: 'undecided'; readonly why: string };

export interface Page {
  /** Names the script: of its file, or `7:123`. */
  readonly name: string;
  readonly verdict: PageVerdict;
  readonly story: Story;
  /** Seed, profile, original length, versions …: in the order to be shown. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly replayCommand: string;
  /** The script, as JSON that reads well. */
  readonly script: string;
  /** The script as an ordinary test. */
  readonly test: string;
  /** Where that test is to be saved; its imports count from there. */
  readonly testFile: string;
}
