/** The labels of links, completions and timers: what waits under each, in words for somebody who does not know them. */
import { sayProcess } from './words-process.ts';

export type LabelFamily = keyof typeof families;

export interface Label {
  readonly text: string;
  readonly family: LabelFamily;
  /** Whose task it is. */
  readonly process: string;
  /** The client that it is about; of a link, the other end. */
  readonly about: string;
  /** Of a timer, its name. */
  readonly what: string;
}

type Read = Omit<Label, 'family'>;

/** What waits under it, within a sentence. */
const families = {
  link: ({ about, process }: Read) => `what ${sayProcess(about)} sends to ${sayProcess(process)}`,
  opening: ({ about }: Read) => `the opening of connections of ${about}`,
  store: ({ about }: Read) => `the storage of ${about}`,
  'refresh handler': ({ about }: Read) => `the answer of the refresh handler of ${about}`,
  verification: ({ about }: Read) => `the server's judging of the tokens of ${about}`,
  append: () => "the server's storage",
  load: () => "the server's reading of its log",
  'key set fetch': () => "the server's fetching of the key set",
  timer: ({ process, about, what }: Read) =>
    process === 'server' && about !== 'server' ? `the server's ${what} for ${about}` : `the ${what} of ${sayProcess(about)}`,
  other: ({ text }: Read) => text,
};

export function readLabel(text: string): Label {
  const [from, to] = text.split('→');
  if (from !== undefined && to !== undefined) return { text, family: 'link', process: to, about: from, what: '' };
  const [, process = 'world', rest = ''] = /^(\S+) (.+)$/u.exec(text) ?? [];
  const [, what = rest, about = process] = /^(.+) of (.+)$/u.exec(rest) ?? [];
  return { text, process, about, what, family: familyOf(process, what) };
}

function familyOf(process: string, what: string): LabelFamily {
  if (what.endsWith(' timer')) return 'timer';
  const own: readonly LabelFamily[] = process === 'server' ? ['append', 'load', 'key set fetch'] : ['opening', 'store', 'refresh handler'];
  if (process === 'server' && what === 'verify') return 'verification';
  return own.find((family) => family === what) ?? 'other';
}

/** `what c1 sends to the server` from `c1→server`. */
export function sayLabel(text: string): string {
  const label = readLabel(text);
  return families[label.family](label);
}
