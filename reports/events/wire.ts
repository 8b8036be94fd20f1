/** Connections, what goes over them, and how they end. Both ends use the same words: the process tells whose they are. */
import { sayClosing, sayClosingExactly } from './basics.ts';
import { nothing, type Sayings } from './saying.ts';
import { fullWord, phraseOfHeard, phraseOfSent, sayWordExactly } from './words.ts';

type WireKind =
  | 'attempted'
  | 'opened'
  | 'clientSent'
  | 'serverSent'
  | 'clientHeard'
  | 'serverReceived'
  | 'clientClosed'
  | 'serverClosed'
  | 'clientHeardClose'
  | 'serverHeardClose'
  | 'fellSilent';

const sends = { word: 'sends', meaning: 'a frame goes out', drawn: 'sent' } as const;
const hears = { word: 'hears', meaning: 'a frame comes in', drawn: 'received' } as const;
const closes = { word: 'closes', meaning: 'this end closes the connection', drawn: 'closing' } as const;
const closed = { word: 'closed', meaning: 'this end learns that the connection is over', drawn: 'closing' } as const;

const number = ({ connection }: { readonly connection: number }): string => `#${connection}`;
const sayGivenUp = (givenUp: boolean): string => (givenUp ? ' (given up)' : '');

export const wire: Sayings<WireKind> = {
  attempted: {
    word: 'dials',
    meaning: 'the client begins a connection',
    exact: number,
    drawn: 'opening',
    title: ({ connection }) => `begins connection ${connection}`,
    phrase: () => ({ weight: 1.5, isOfSession: true }),
  },
  opened: {
    word: 'opened',
    meaning: 'the connection is open at both ends',
    exact: number,
    drawn: 'opening',
    title: ({ connection }) => `connection ${connection} opens`,
    phrase: null,
  },
  clientSent: {
    ...sends,
    exact: (action) => `${number(action)} ${sayWordExactly(action.word)}`,
    title: ({ word }) => `sends ${fullWord(word)}`,
    phrase: ({ client, word }, { subject, isAgain }) => phraseOfSent(word, { client, rule: subject.rule }, isAgain),
  },
  serverSent: {
    ...sends,
    exact: (action) => `${number(action)} to ${action.client} ${sayWordExactly(action.word)}`,
    title: ({ client, word }) => `sends ${client} ${fullWord(word)}`,
    phrase: ({ client, word }, { subject }) => phraseOfSent(word, { client, rule: subject.rule }, false),
  },
  clientHeard: {
    ...hears,
    exact: (action) => `${number(action)} ${sayWordExactly(action.word)}`,
    title: ({ word }) => `hears ${fullWord(word)}`,
    phrase: ({ client, connection, word }) => phraseOfHeard(word, connection, client),
  },
  serverReceived: {
    ...hears,
    exact: (action) => `${number(action)} from ${action.client} ${sayWordExactly(action.word)}`,
    title: ({ client, word }) => `hears from ${client} ${fullWord(word)}`,
    phrase: ({ client, connection, word }) => phraseOfHeard(word, connection, client),
  },
  clientClosed: {
    ...closes,
    exact: (action) => number(action) + sayGivenUp(action.givenUp),
    title: ({ connection, givenUp }) => (givenUp ? `gives connection ${connection} up` : `closes connection ${connection}`),
    phrase: ({ connection, givenUp }) => ({
      weight: 2,
      does: `${givenUp ? 'gives up' : 'closes'} connection ${connection}`,
      isOfSession: true,
    }),
  },
  serverClosed: {
    ...closes,
    exact: (action) => `${number(action)} of ${action.client} ${sayClosingExactly(action.closing)}${sayGivenUp(action.givenUp)}`,
    title: ({ client, connection, closing, givenUp }) =>
      `${givenUp ? 'gives up' : 'closes'} connection ${connection} of ${client}: ${sayClosing(closing)}`,
    phrase: ({ client, connection, closing }) => ({
      weight: 2.5,
      does: `closes connection ${connection} of ${client} (${sayClosing(closing)})`,
      isOfSession: true,
    }),
  },
  clientHeardClose: {
    ...closed,
    exact: (action) => `${number(action)} ${sayClosingExactly(action.closing)}`,
    title: ({ connection, closing }) => `hears that connection ${connection} is closed: ${sayClosing(closing)}`,
    phrase: ({ connection, closing }) => ({
      weight: 1.2,
      does: `hears that connection ${connection} is closed (${sayClosing(closing)})`,
      isOfSession: true,
    }),
  },
  serverHeardClose: {
    ...closed,
    exact: (action) => `${number(action)} of ${action.client}`,
    title: ({ client, connection }) => `hears that connection ${connection} of ${client} is closed`,
    phrase: ({ connection }, { subject }) => ({
      weight: /^[HS]/u.test(subject.rule) ? 1 : 0.6,
      does: `hears that connection ${connection} is closed`,
      isOfSession: true,
    }),
  },
  fellSilent: {
    word: 'silent',
    meaning: 'the connection carries nothing any more, and neither end is told',
    exact: nothing,
    drawn: 'fault',
    title: () => 'its connection carries nothing from now on, and nobody is told',
    phrase: null,
  },
};
