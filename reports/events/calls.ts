/** What users of clients call, are asked, and are shown. */
import { sayAnswer, sayToken } from './basics.ts';
import { sayCommand, sayCommandExactly } from './commands.ts';
import { phraseOfObservation, sayObservation, sayObservationExactly } from './observations.ts';
import type { Sayings } from './saying.ts';

export const calls: Sayings<'command' | 'observed' | 'refreshAnswered'> = {
  command: {
    word: 'calls',
    meaning: 'the user of the client calls it',
    exact: ({ command }) => sayCommandExactly(command),
    drawn: 'command',
    title: ({ command }) => `calls ${sayCommand(command)}`,
    phrase: (_action, { isOwn }) => (isOwn ? null : { weight: 2 }),
  },
  observed: {
    word: 'shows',
    meaning: 'a callback is called, or a promise settles',
    exact: ({ observation }) => sayObservationExactly(observation),
    drawn: 'shown',
    title: ({ observation }, { callOf }) => sayObservation(observation, callOf),
    phrase: ({ client, observation }, matter) => phraseOfObservation(observation, client, matter),
  },
  refreshAnswered: {
    word: 'refreshed',
    meaning: 'the refresh handler answers',
    exact: ({ call, token }) => `call ${call}: ${sayAnswer(token, (label) => `token ${label}`)}`,
    drawn: 'completion',
    title: ({ call, token }) => `its refresh handler answers call ${call}: ${sayAnswer(token, sayToken)}`,
    phrase: ({ client, token }) => ({ weight: 2, who: `the refresh handler of ${client}`, does: `answers ${sayAnswer(token, sayToken)}` }),
  },
};
