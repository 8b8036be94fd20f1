/** Connections, what goes over them, and how they end. Both ends use the same words: the process tells whose they are. */
import { sayClosing, sayClosingExactly } from './basics.ts';
import { event, nothing, type SomeSayings } from './saying.ts';
import { fullWord, saidOf, sayWordExactly } from './words.ts';

const sends = event('sends', 'sent', 'a frame goes out');
const hears = event('hears', 'received', 'a frame comes in');
const closes = event('closes', 'closing', 'this end closes the connection');
const closed = event('closed', 'closing', 'this end learns that the connection is over');

const number = ({ connection }: { readonly connection: number }): string => `#${connection}`;
const sayGivenUp = (givenUp: boolean): string => (givenUp ? ' (given up)' : '');

export const wire = {
  attempted: {
    ...event('dials', 'opening', 'the client begins a connection'),
    exact: number,
    title: ({ connection }) => `begins connection ${connection}`,
    phrase: () => ({ weight: 1.5, isOfSession: true }),
  },
  opened: {
    ...event('opened', 'opening', 'the connection is open at both ends'),
    exact: number,
    title: ({ connection }) => `connection ${connection} opens`,
  },
  clientSent: {
    ...sends,
    exact: (action) => `${number(action)} ${sayWordExactly(action.word)}`,
    title: ({ word }) => `sends ${fullWord(word)}`,
    phrase: ({ client, connection, word }, { subject, isAgain }) => {
      const { sent, again } = saidOf(word, { client, connection, rule: subject.rule });
      return isAgain && again !== undefined ? again : sent;
    },
  },
  serverSent: {
    ...sends,
    exact: (action) => `${number(action)} to ${action.client} ${sayWordExactly(action.word)}`,
    title: ({ client, word }) => `sends ${client} ${fullWord(word)}`,
    phrase: ({ client, connection, word }, { subject }) => saidOf(word, { client, connection, rule: subject.rule }).sent,
  },
  clientHeard: {
    ...hears,
    exact: (action) => `${number(action)} ${sayWordExactly(action.word)}`,
    title: ({ word }) => `hears ${fullWord(word)}`,
    phrase: ({ client, connection, word }, { subject }) => saidOf(word, { client, connection, rule: subject.rule }).heard ?? null,
  },
  serverReceived: {
    ...hears,
    exact: (action) => `${number(action)} from ${action.client} ${sayWordExactly(action.word)}`,
    title: ({ client, word }) => `hears from ${client} ${fullWord(word)}`,
    phrase: ({ client, connection, word }, { subject }) => saidOf(word, { client, connection, rule: subject.rule }).heard ?? null,
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
  readingPaused: {
    ...event('pauses', 'closing', 'the server reads no more of a connection, of which much waits'),
    exact: (action) => `${number(action)} of ${action.client}`,
    title: ({ client, connection }) => `reads no more of connection ${connection} of ${client}`,
  },
  readingResumed: {
    ...event('reads on', 'received', 'the server reads a connection again'),
    exact: (action) => `${number(action)} of ${action.client}`,
    title: ({ client, connection }) => `reads on from connection ${connection} of ${client}`,
  },
  fellSilent: {
    ...event('silent', 'fault', 'the connection carries nothing any more, and neither end is told'),
    exact: nothing,
    title: () => 'its connection carries nothing from now on, and nobody is told',
  },
} satisfies SomeSayings;
