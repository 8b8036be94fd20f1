/** What is said of each word of the wire, in all reports. */
import type { ClientWord, ServerWord } from '../../model/actions.ts';
import { sayTokenLabel, spaced } from '../../properties/language/words-actions.ts';
import { type Detail, plainDetails } from '../../properties/language/words-details.ts';
import { sayRows, sayRowsExactly } from './basics.ts';
import type { Bodies, Member } from './members.ts';
import type { PhraseDraft } from './phrase.ts';

export type Word = ClientWord | ServerWord;
type Words = Bodies<'word', Word>;
type WordOf<Name extends keyof Words> = Member<'word', Words, Name>;

interface Said {
  /** As it is written along its arrow. */
  readonly short: string;
  /** Reads on after that, with what it carries, on a line of its own; absent: nothing. */
  readonly more?: string;
  /** Everything in it, for a line of a trace; absent: what is said in short. */
  readonly exact?: string;
  /** Where it was sent; null: that goes without saying. */
  readonly sent: PhraseDraft | null;
  /** Where it was heard; absent: that goes without saying. */
  readonly heard?: PhraseDraft;
  /** Where its client may say it a second time: what it is then that is said again, and the words for it. */
  readonly again?: PhraseDraft & { readonly thing: string };
}

/** On which connection it goes, whose that is, and the rule of the failure that is explained. */
export interface Crossing {
  readonly client: string;
  readonly connection: number;
  readonly rule: string;
}

const table: { readonly [Name in keyof Words]: (word: WordOf<Name>, crossing: Crossing) => Said } = {
  hello: ({ token, clientId, schema }) => ({
    short: 'hello',
    more: ` as ${sayTokenLabel(token)}`,
    exact: `hello, token ${token}, client id ${clientId}, ${sayHash(schema)}`,
    sent: { weight: 0.8, does: `says hello as ${sayTokenLabel(token)}` },
    again: { thing: `hello ${token}`, weight: 0.8, does: `says hello again as ${sayTokenLabel(token)}` },
  }),
  schemaSaid: () => ({ short: 'its schema', exact: 'schema', sent: null }),
  schemaAsked: (_word, { client }) => ({ short: 'schema asked for', sent: { weight: 1.4, does: `asks ${client} for its schema` } }),
  nonsense: ({ nonsense }) => ({
    short: `nonsense (${spaced(nonsense)})`,
    exact: `nonsense (${nonsense})`,
    sent: { weight: 2, does: `says nonsense (${spaced(nonsense)})` },
    heard: { weight: 0.9, does: `hears nonsense (${spaced(nonsense)})` },
  }),
  updateToken: ({ request, token }) => ({
    short: `token update ${request}`,
    more: ` to ${sayTokenLabel(token)}`,
    exact: `token update ${request}, token ${token}`,
    sent: { weight: 1.8, does: `sends token update ${request} to ${sayTokenLabel(token)}` },
  }),
  tokenAccepted: ({ request }, { client }) => ({
    short: `token update ${request} accepted`,
    sent: { weight: 1.8, does: `answers ${client}: token update ${request} accepted` },
  }),
  tokenRefused: ({ request, reason }, { client }) => ({
    short: `token update ${request} refused`,
    more: `: ${reason}`,
    exact: `token update ${request} refused, ${reason}`,
    sent: { weight: 1.8, does: `answers ${client}: token update ${request} refused: ${reason}` },
  }),
  subscribe: ({ subscription }, { rule }) => ({
    short: `subscribe ${subscription}`,
    sent: null,
    // Where rows and writes are at stake, nothing else of a connection tells as much.
    again: { thing: `subscribe ${subscription}`, weight: /^[QHP]/u.test(rule) ? 1.5 : 0.6, does: `subscribes ${subscription} again` },
  }),
  unsubscribe: ({ subscription }) => ({ short: `unsubscribe ${subscription}`, sent: null }),
  write: ({ sequence, id }) => ({
    short: `write ${sequence}`,
    exact: id === undefined ? `write ${sequence}` : `write ${sequence}, ${id}`,
    sent: { weight: 1, does: `sends write ${sequence}` },
    again: { thing: `write ${sequence}`, weight: 2.6, does: `sends write ${sequence} again` },
  }),
  ping: () => ({ short: 'ping', sent: null }),
  pong: () => ({ short: 'pong', sent: null }),
  accepted: (_word, { client, connection }) => ({
    short: 'accepted',
    sent: null,
    heard: { weight: 2.2, who: client, does: `is accepted on connection ${connection}` },
  }),
  answerPart: ({ subscription, rows }, { client }) => ({
    short: `part of the answer to ${subscription}`,
    more: `: ${sayRows(rows)}`,
    exact: `part of the answer to ${subscription}: ${sayRowsExactly(rows)}`,
    sent: { weight: 1, does: `begins to answer ${subscription} of ${client} with ${sayRows(rows)}` },
  }),
  answered: ({ subscription, group, version, rows }, { client, rule }) => ({
    short: `answered ${subscription} at version ${version}`,
    more: `: ${sayRows(rows)}`,
    exact: `answer to ${subscription} in group ${group} at version ${version}: ${sayRowsExactly(rows)}`,
    sent: {
      weight: 1.5,
      does: `answers ${subscription} of ${client} at version ${version} with ${sayRows(rows)}${rule.startsWith('H') ? ` (group ${group})` : ''}`,
      implies: `${subscription} of ${client} shows ${sayRows(rows)}`,
    },
  }),
  subscriptionFailed: ({ subscription, error }, { client }) => ({
    short: `subscription ${subscription} failed`,
    more: `: ${error}`,
    exact: `subscription ${subscription} failed, ${error}`,
    sent: { weight: 2, does: `answers ${client}: ${subscription} failed with ${error}` },
  }),
  updated: ({ subscriptions, version, rows }, { client }) => ({
    short: `updated ${subscriptions.join(', ')} at version ${version}`,
    more: `: ${sayRows(rows)}`,
    exact: `update of ${subscriptions.join(', ')} at version ${version}: ${sayRowsExactly(rows)}`,
    sent: { weight: 1.5, does: `sends ${client} the update of ${subscriptions.join(', ')} to version ${version}` },
  }),
  acknowledged: ({ sequence, version }, { client }) => ({
    short: `acknowledged write ${sequence} at version ${version}`,
    exact: `write ${sequence} acknowledged at version ${version}`,
    sent: { weight: 1, does: `acknowledges write ${sequence} of ${client}` },
  }),
  rejected: ({ sequence, error }) => ({
    short: `rejected write ${sequence}`,
    more: `: ${error}`,
    exact: `write ${sequence} rejected, ${error}`,
    sent: null,
  }),
  forked: ({ sequence }, { client }) => ({
    short: `forked at write ${sequence}`,
    sent: { weight: 2, does: `answers ${client}: write ${sequence} is another than the one in the log` },
  }),
  progressed: ({ version }) => ({ short: `progressed to version ${version}`, exact: `all current at version ${version}`, sent: null }),
};

export function saidOf<Name extends keyof Words>(word: WordOf<Name>, crossing: Crossing): Said {
  return table[word.word](word, crossing);
}

/** Of a word by itself, wherever it goes. */
const nowhere: Crossing = { client: '', connection: 0, rule: '' };

export function shortWord(word: Word): string {
  return saidOf(word, nowhere).short;
}

export function fullWord(word: Word): string {
  const { short, more = '' } = saidOf(word, nowhere);
  return short + more;
}

export function sayWordExactly(word: Word): string {
  const { short, exact = short } = saidOf(word, nowhere);
  return exact;
}

/** What a client says again where it says the word twice; null: that has no words of its own. */
export function thingIn(word: Word): string | null {
  return saidOf(word, nowhere).again?.thing ?? null;
}

export function wordDetails(word: Word): readonly Detail[] {
  const token: readonly Detail[] = 'token' in word ? [['token', `${sayTokenLabel(word.token)}\n${word.token}`]] : [];
  return [['word', spaced(word.word)], ...token, ...plainDetails(word, ['word', 'token'])];
}

/** Of a hash so much that nobody takes it for another. */
const hashDigits = 12;

function sayHash(hash: string | null): string {
  return hash === null ? 'no schema' : `schema ${hash.slice(0, hashDigits)}`;
}
