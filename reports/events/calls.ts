/** What users of clients call, are asked, and are shown. */
import { sayCall, sayCallExactly } from '../../properties/commands/call-words.ts';
import { sayTokenLabel } from '../../properties/language/words-actions.ts';
import { sayAnswer } from './basics.ts';
import { sayObservation } from './observations.ts';
import { event, type SomeSayings } from './saying.ts';

export const calls = {
  command: {
    ...event('calls', 'command', 'the user of the client calls it'),
    exact: ({ command }) => sayCallExactly(command),
    title: ({ command }) => `calls ${sayCall(command)}`,
    phrase: (_action, { isOwn }) => (isOwn ? null : { weight: 2 }),
  },
  observed: {
    ...event('shows', 'shown', 'a callback is called, or a promise settles'),
    exact: ({ client, observation }) => sayObservation(observation, { client, callOf: (promise) => promise, failure: '' }).exact,
    title: ({ client, observation }, { callOf }) => sayObservation(observation, { client, callOf, failure: '' }).title,
    phrase: ({ client, observation }, { names, subject }) =>
      sayObservation(observation, { client, callOf: names.callOf, failure: subject.text }).phrase,
  },
  refreshAnswered: {
    ...event('refreshed', 'completion', 'the refresh handler answers'),
    exact: ({ call, token }) => `call ${call}: ${sayAnswer(token, (label) => `token ${label}`)}`,
    title: ({ call, token }) => `its refresh handler answers call ${call}: ${sayAnswer(token, sayTokenLabel)}`,
    phrase: ({ client, token }) => ({
      weight: 2,
      who: `the refresh handler of ${client}`,
      does: `answers ${sayAnswer(token, sayTokenLabel)}`,
    }),
  },
  drew: {
    ...event('draws', 'completion', 'the client draws chance'),
    exact: ({ fraction }) => `${fraction}`,
    title: ({ fraction }) => `draws chance: ${fraction.toFixed(3)}`,
    phrase: null,
  },
} satisfies SomeSayings;
