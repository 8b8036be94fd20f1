/** What is said of each word of the wire, wherever it is told. */
import type { ClientWord, ServerWord } from '../../model/actions.ts';
import { sayRows, sayRowsExactly, sayToken, spaced } from './basics.ts';
import { type Detail, plainDetails } from './details.ts';
import type { Bodies, Member } from './members.ts';
import type { PhraseDraft } from './phrase.ts';

export type Word = ClientWord | ServerWord;
type Words = Bodies<'word', Word>;
type WordOf<Name extends keyof Words = keyof Words> = Member<'word', Words, Name>;

/** The client at one end of the connection, and the rule of the failure that is explained. */
interface Sending {
  readonly client: string;
  readonly rule: string;
}

interface WordWords<Name extends keyof Words> {
  /** As it is written along its arrow. */
  readonly short: (word: WordOf<Name>) => string;
  /** Reads on after that, with what it carries, on a line of its own; null: nothing. */
  readonly more: ((word: WordOf<Name>) => string) | null;
  /** Everything in it, for a line of a trace; null: what is said in short. */
  readonly exact: ((word: WordOf<Name>) => string) | null;
  /** Where it was sent; null: that goes without saying. */
  readonly sent: ((word: WordOf<Name>, sending: Sending) => PhraseDraft) | null;
  /** Where it was heard; absent: that goes without saying. */
  readonly heard?: (word: WordOf<Name>, connection: number, client: string) => PhraseDraft;
  /** Where its client may say it a second time: what it is then that is said again, and how that is told. */
  readonly again?: {
    readonly thing: (word: WordOf<Name>) => string;
    readonly phrase: (word: WordOf<Name>, sending: Sending) => PhraseDraft;
  };
}

const name = ({ word }: { readonly word: string }): string => word;
const named = { short: name, more: null, exact: null, sent: null } as const;
const ofSubscription = { ...named, short: ({ word, subscription }: WordOf<'subscribe' | 'unsubscribe'>) => `${word} ${subscription}` };
const answersUpdate = (word: WordOf<'tokenAccepted' | 'tokenRefused'>, { client }: Sending): PhraseDraft => ({
  weight: 1.8,
  does: `answers ${client}: ${fullWord(word)}`,
});

const table: { readonly [Name in keyof Words]: WordWords<Name> } = {
  hello: {
    short: name,
    more: ({ token }) => ` as ${sayToken(token)}`,
    exact: ({ token, clientId, schema }) => `hello, token ${token}, client id ${clientId}, ${sayHash(schema)}`,
    sent: ({ token }) => ({ weight: 0.8, does: `says hello as ${sayToken(token)}` }),
    again: {
      thing: ({ token }) => `hello ${token}`,
      phrase: ({ token }) => ({ weight: 0.8, does: `says hello again as ${sayToken(token)}` }),
    },
  },
  schemaSaid: { ...named, short: () => 'its schema', exact: () => 'schema' },
  schemaAsked: {
    ...named,
    short: () => 'schema asked for',
    sent: (_word, { client }) => ({ weight: 1.4, does: `asks ${client} for its schema` }),
  },
  nonsense: {
    short: ({ nonsense }) => `nonsense (${spaced(nonsense)})`,
    more: null,
    exact: ({ nonsense }) => `nonsense (${nonsense})`,
    sent: (word) => ({ weight: 2, does: `says ${shortWord(word)}` }),
    heard: (word) => ({ weight: 0.9, does: `hears ${shortWord(word)}` }),
  },
  updateToken: {
    short: ({ request }) => `token update ${request}`,
    more: ({ token }) => ` to ${sayToken(token)}`,
    exact: ({ request, token }) => `token update ${request}, token ${token}`,
    sent: (word) => ({ weight: 1.8, does: `sends ${fullWord(word)}` }),
  },
  tokenAccepted: { ...named, short: ({ request }) => `token update ${request} accepted`, sent: answersUpdate },
  tokenRefused: {
    short: ({ request }) => `token update ${request} refused`,
    more: ({ reason }) => `: ${reason}`,
    exact: ({ request, reason }) => `token update ${request} refused, ${reason}`,
    sent: answersUpdate,
  },
  subscribe: {
    ...ofSubscription,
    again: {
      thing: ({ subscription }) => `subscribe ${subscription}`,
      // Where rows and writes are at stake, nothing else of a connection tells as much.
      phrase: ({ subscription }, { rule }) => ({ weight: /^[QHP]/u.test(rule) ? 1.5 : 0.6, does: `subscribes ${subscription} again` }),
    },
  },
  unsubscribe: ofSubscription,
  write: {
    ...named,
    short: ({ sequence }) => `write ${sequence}`,
    sent: ({ sequence }) => ({ weight: 1, does: `sends write ${sequence}` }),
    again: {
      thing: ({ sequence }) => `write ${sequence}`,
      phrase: ({ sequence }) => ({ weight: 2.6, does: `sends write ${sequence} again` }),
    },
  },
  ping: named,
  pong: named,
  accepted: {
    ...named,
    heard: (_word, connection, client) => ({ weight: 2.2, who: client, does: `is accepted on connection ${connection}` }),
  },
  answered: {
    short: ({ subscription, version }) => `answered ${subscription} at version ${version}`,
    more: ({ rows }) => `: ${sayRows(rows)}`,
    exact: ({ subscription, group, version, rows }) =>
      `answer to ${subscription} in group ${group} at version ${version}: ${sayRowsExactly(rows)}`,
    sent: ({ subscription, group, version, rows }, { client, rule }) => ({
      weight: 1.5,
      does: `answers ${subscription} of ${client} at version ${version} with ${sayRows(rows)}${rule.startsWith('H') ? ` (group ${group})` : ''}`,
      implies: `${subscription} of ${client} shows ${sayRows(rows)}`,
    }),
  },
  updated: {
    short: ({ subscriptions, version }) => `updated ${subscriptions.join(', ')} at version ${version}`,
    more: ({ rows }) => `: ${sayRows(rows)}`,
    exact: ({ subscriptions, version, rows }) => `update of ${subscriptions.join(', ')} at version ${version}: ${sayRowsExactly(rows)}`,
    sent: ({ subscriptions, version }, { client }) => ({
      weight: 1.5,
      does: `sends ${client} the update of ${subscriptions.join(', ')} to version ${version}`,
    }),
  },
  acknowledged: {
    ...named,
    short: ({ sequence, version }) => `acknowledged write ${sequence} at version ${version}`,
    exact: ({ sequence, version }) => `write ${sequence} acknowledged at version ${version}`,
    sent: ({ sequence }, { client }) => ({ weight: 1, does: `acknowledges write ${sequence} of ${client}` }),
  },
  rejected: {
    short: ({ sequence }) => `rejected write ${sequence}`,
    more: ({ error }) => `: ${error}`,
    exact: ({ sequence, error }) => `write ${sequence} rejected, ${error}`,
    sent: null,
  },
  progressed: {
    ...named,
    short: ({ version }) => `progressed to version ${version}`,
    exact: ({ version }) => `all current at version ${version}`,
  },
};

function wordsOf<Name extends keyof Words>(word: WordOf<Name>): WordWords<Name> {
  return table[word.word];
}

export function shortWord<Name extends keyof Words>(word: WordOf<Name>): string {
  return wordsOf(word).short(word);
}

export function fullWord<Name extends keyof Words>(word: WordOf<Name>): string {
  const { short, more } = wordsOf(word);
  return `${short(word)}${more?.(word) ?? ''}`;
}

export function sayWordExactly<Name extends keyof Words>(word: WordOf<Name>): string {
  const { short, exact } = wordsOf(word);
  return (exact ?? short)(word);
}

export function phraseOfSent<Name extends keyof Words>(word: WordOf<Name>, sending: Sending, isAgain: boolean): PhraseDraft | null {
  const { sent, again } = wordsOf(word);
  return (isAgain && again !== undefined ? again.phrase : sent)?.(word, sending) ?? null;
}

export function phraseOfHeard<Name extends keyof Words>(word: WordOf<Name>, connection: number, client: string): PhraseDraft | null {
  return wordsOf(word).heard?.(word, connection, client) ?? null;
}

/** What is told as said again where a client says it twice; null where it never is. */
export function thingIn<Name extends keyof Words>(word: WordOf<Name>): string | null {
  return wordsOf(word).again?.thing(word) ?? null;
}

export function wordDetails(word: Word): readonly Detail[] {
  const token: readonly Detail[] = 'token' in word ? [['token', `${sayToken(word.token)}\n${word.token}`]] : [];
  return [['word', spaced(word.word)], ...token, ...plainDetails(word, ['word', 'token'])];
}

/** Of a hash so much that nobody takes it for another. */
const hashDigits = 12;

function sayHash(hash: string | null): string {
  return hash === null ? 'no schema' : `schema ${hash.slice(0, hashDigits)}`;
}
