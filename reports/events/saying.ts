/** What there is to say of one kind of action: one entry of the catalogue, from which everything that tells a run takes its words. */

import type { TracedAction } from '../../properties/trace.ts';
import type { MomentKind } from '../story/story.ts';
import type { Bodies, Member } from './members.ts';
import type { Names, PhraseDraft, PhraseMatter } from './phrase.ts';

type Actions = Bodies<'kind', TracedAction>;
export type ActionKind = keyof Actions;
export type ActionOf<Kind extends ActionKind = ActionKind> = Member<'kind', Actions, Kind>;

/** A word for the column of a trace, without a space in it, so that `grep` and `awk` find it, and what the legend says of it. */
export interface EventWord {
  readonly word: string;
  readonly meaning: string;
}

export interface Saying<Kind extends ActionKind> extends EventWord {
  /** The rest of its line in a trace: everything in it, nothing left to the reader to decode. */
  readonly exact: (action: ActionOf<Kind>) => string;
  /** What it is drawn as on a page. */
  readonly drawn: MomentKind;
  /** One short line; its process goes before it. */
  readonly title: (action: ActionOf<Kind>, names: Names) => string;
  /** In the explanation of a failure: its weight, where its title says it all; null: it goes without saying. */
  readonly phrase: number | null | ((action: ActionOf<Kind>, matter: PhraseMatter) => PhraseDraft | null);
}

export type Sayings<Kind extends ActionKind> = { readonly [One in Kind]: Saying<One> };

/** What every entry begins with: its word, what it is drawn as, and what the legend says of it. It goes without saying, unless its entry has a phrase. */
export function event<Drawn extends MomentKind>(word: string, drawn: Drawn, meaning: string) {
  return { word, drawn, meaning, phrase: null };
}

export const nothing = (): string => '';
