/** The labels of links, completions and timers: what their tasks are drawn as, which events tell them, and what began them. */
import { traitsOf } from '../../properties/commands/call-words.ts';
import { type Label, type LabelFamily, readLabel } from '../../properties/language/words-labels.ts';
import type { TracedAction } from '../../properties/trace.ts';
import type { MomentKind } from '../story/story.ts';
import type { ActionKind } from './saying.ts';

/** What a completion was begun by. */
export interface Beginning {
  readonly isBegunBy: (action: TracedAction) => boolean;
  /** `The last connection of c1 had been begun`. */
  readonly began: string;
  /** `it opens`. */
  readonly ends: string;
}

interface Telling {
  /** A task of it that nothing else tells. */
  readonly drawn: MomentKind;
  readonly title: (label: Label) => string;
  /** The events that tell all that such a task did. */
  readonly tellers: readonly ActionKind[];
  /** Null: it is not known, or a message. */
  readonly beginning: ((label: Label) => Beginning) | null;
}

const comesBack = { drawn: 'completion', title: ({ text }: Label) => `${text} comes back` } as const;

const families: Readonly<Record<LabelFamily, Telling>> = {
  link: {
    drawn: 'received',
    title: () => 'something arrives that nobody hears any more',
    tellers: ['serverReceived', 'clientHeard', 'clientHeardClose', 'serverHeardClose'],
    beginning: null,
  },
  opening: {
    drawn: 'opening',
    title: () => 'its attempt to connect fails',
    tellers: ['opened'],
    beginning: ({ about }) => ({
      isBegunBy: (action) => action.kind === 'attempted' && action.client === about,
      began: `The last connection of ${about} had been begun`,
      ends: 'it opens',
    }),
  },
  store: {
    ...comesBack,
    tellers: ['stored', 'notStored', 'cleared', 'clearFailed', 'forkKept', 'forkFailed'],
    beginning: ({ about }) => ({
      isBegunBy: (action) => action.kind === 'command' && action.client === about && traitsOf(action.command).isStored,
      began: `What ${about} changed had been handed to its storage`,
      ends: 'storage is done with it',
    }),
  },
  'refresh handler': {
    ...comesBack,
    tellers: ['refreshAnswered'],
    beginning: ({ about }) => ({
      isBegunBy: (action) => action.kind === 'observed' && action.client === about && action.observation.saw === 'refreshAsked',
      began: `The refresh handler of ${about} had been asked`,
      ends: 'it answers',
    }),
  },
  verification: {
    drawn: 'completion',
    title: ({ about }) => `has verified a token of ${about}`,
    tellers: [],
    beginning: ({ about }) => ({
      isBegunBy: (action) => action.kind === 'serverReceived' && action.client === about && 'token' in action.word,
      began: `The server had a token of ${about} before it`,
      ends: 'it has judged it',
    }),
  },
  append: {
    ...comesBack,
    tellers: ['appendDurable', 'appendFailed', 'batchRefused', 'batchUnplaced', 'compacted', 'compactionFailed'],
    beginning: () => ({
      isBegunBy: ({ kind }) => kind === 'appendBegan' || kind === 'schemaAppendBegan' || kind === 'compactionBegan',
      began: 'The server had asked its storage',
      ends: 'storage is done with it',
    }),
  },
  load: { ...comesBack, tellers: ['recovered'], beginning: null },
  'key set fetch': { ...comesBack, tellers: ['keyFetchEnded', 'keysFetched'], beginning: null },
  timer: {
    drawn: 'timer',
    title: ({ text, process }) => `its ${text.slice(process.length + 1)} falls due`,
    tellers: [],
    beginning: null,
  },
  other: { ...comesBack, tellers: [], beginning: null },
};

/** A task of that label which nothing else tells. */
export function taskOf(text: string): { readonly process: string; readonly kind: MomentKind; readonly title: string } {
  const label = readLabel(text);
  const { drawn, title } = families[label.family];
  return { process: label.process, kind: drawn, title: title(label) };
}

/** Whether an event of that kind, right after a task of that label, tells all that the task did. */
export function isToldBy(text: string, kind: ActionKind): boolean {
  return families[readLabel(text).family].tellers.includes(kind);
}

/** The client that it is about, where it is about one, and what began it. */
export function beginningOf(text: string): (Beginning & { readonly client: string | null }) | null {
  const label = readLabel(text);
  const beginning = families[label.family].beginning?.(label);
  return beginning === undefined ? null : { ...beginning, client: label.about === 'server' ? null : label.about };
}
