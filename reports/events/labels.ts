/** The labels of links, completions and timers: what waits under each, in words for somebody who does not know them. */
import type { TracedAction } from '../../properties/trace.ts';
import type { MomentKind } from '../story/story.ts';
import { isStored } from './commands.ts';
import type { ActionKind } from './saying.ts';

type Family = 'link' | 'opening' | 'store' | 'refresh handler' | 'verification' | 'append' | 'load' | 'key set fetch' | 'timer' | 'other';

interface Label {
  readonly text: string;
  readonly family: Family;
  /** Whose task it is. */
  readonly process: string;
  /** The client that it is about; of a link, the other end. */
  readonly about: string;
  /** Of a timer, its name. */
  readonly what: string;
}

/** What a completion was begun by. */
export interface Beginning {
  readonly isBegunBy: (action: TracedAction) => boolean;
  /** `The last connection of c1 had been begun`. */
  readonly began: string;
  /** `it opens`. */
  readonly ends: string;
}

interface FamilyWords {
  /** Within a sentence: `what c1 sends to the server`. */
  readonly said: (label: Label) => string;
  /** A task of it that nothing else tells. */
  readonly drawn: MomentKind;
  readonly title: (label: Label) => string;
  /** The events that tell all that such a task did. */
  readonly tellers: readonly ActionKind[];
  /** Null: it is not known, or a message. */
  readonly beginning: ((label: Label) => Beginning) | null;
}

const comesBack = { drawn: 'completion', title: ({ text }: Label) => `${text} comes back` } as const;

const families: Readonly<Record<Family, FamilyWords>> = {
  link: {
    said: ({ about, process }) => `what ${sayProcess(about)} sends to ${sayProcess(process)}`,
    drawn: 'received',
    title: () => 'something arrives that nobody hears any more',
    tellers: ['serverReceived', 'clientHeard', 'clientHeardClose', 'serverHeardClose'],
    beginning: null,
  },
  opening: {
    said: ({ about }) => `the opening of connections of ${about}`,
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
    said: ({ about }) => `the storage of ${about}`,
    ...comesBack,
    tellers: ['stored', 'notStored', 'cleared'],
    beginning: ({ about }) => ({
      isBegunBy: (action) => action.kind === 'command' && action.client === about && isStored(action.command),
      began: `What ${about} changed had been handed to its storage`,
      ends: 'storage is done with it',
    }),
  },
  'refresh handler': {
    said: ({ about }) => `the answer of the refresh handler of ${about}`,
    ...comesBack,
    tellers: ['refreshAnswered'],
    beginning: ({ about }) => ({
      isBegunBy: (action) => action.kind === 'observed' && action.client === about && action.observation.saw === 'refreshAsked',
      began: `The refresh handler of ${about} had been asked`,
      ends: 'it answers',
    }),
  },
  verification: {
    said: ({ about }) => `the server's judging of the tokens of ${about}`,
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
    said: () => "the server's storage",
    ...comesBack,
    tellers: ['appendDurable', 'appendFailed'],
    beginning: () => ({
      isBegunBy: ({ kind }) => kind === 'appendBegan' || kind === 'schemaAppendBegan',
      began: 'The server had begun to append',
      ends: 'storage is done with it',
    }),
  },
  load: { said: () => "the server's reading of its log", ...comesBack, tellers: ['recovered'], beginning: null },
  'key set fetch': { said: () => "the server's fetching of the key set", ...comesBack, tellers: ['keysFetched'], beginning: null },
  timer: {
    said: ({ process, about, what }) => (process === 'server' ? `the server's ${what} for ${about}` : `the ${what} of ${about}`),
    drawn: 'timer',
    title: ({ text, process }) => `its ${text.slice(process.length + 1)} falls due`,
    tellers: [],
    beginning: null,
  },
  other: { said: ({ text }) => text, ...comesBack, tellers: [], beginning: null },
};

function readLabel(text: string): Label {
  const [from, to] = text.split('→');
  if (from !== undefined && to !== undefined) return { text, family: 'link', process: to, about: from, what: '' };
  const [, process = 'world', rest = ''] = /^(\S+) (.+)$/u.exec(text) ?? [];
  const [, what = rest, about = process] = /^(.+) of (.+)$/u.exec(rest) ?? [];
  return { text, process, about, what, family: familyOf(process, what) };
}

function familyOf(process: string, what: string): Family {
  if (what.endsWith(' timer')) return 'timer';
  const own: readonly Family[] = process === 'server' ? ['append', 'load', 'key set fetch'] : ['opening', 'store', 'refresh handler'];
  if (process === 'server' && what === 'verify') return 'verification';
  return own.find((family) => family === what) ?? 'other';
}

/** `what c1 sends to the server` from `c1→server`. */
export function sayLabel(text: string): string {
  const label = readLabel(text);
  return families[label.family].said(label);
}

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

function sayProcess(name: string): string {
  return name === 'server' ? 'the server' : name;
}
