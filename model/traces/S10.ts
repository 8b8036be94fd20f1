/** S10: after `endSession` no timer is left, and the subscriptions wait for the next session. */
import { attempted, clientSays, endSession, networkLost, observedResolved, observedStatus, quiet, task, time } from './build.ts';
import { ann, aunt, bob, milk, openTodos } from './cast.ts';
import { answered, connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

/** It ends while the reconnect timer runs. */
const ended = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...task(...networkLost('c1', 1), observedStatus('c1', 'CLOSED')),
  ...task(endSession('c1'), observedStatus('c1', 'UNINITIALIZED'), observedResolved('c1', 'end')),
  time(250),
];

export const traces: RuleTraces = {
  rule: 'S10',
  accepts: {
    title: 'nothing is attempted; the next session takes the subscription over',
    actions: [
      ...ended,
      quiet({}),
      ...connected('c1', 2, bob, { promise: 'second start' }),
      ...task(...clientSays('c1', 2, { word: 'subscribe', subscription: 'a' })),
      ...answered('c1', 2, 'a', [milk, aunt], { group: 'g2' }),
      quiet({ c1: ['OPEN', bob] }),
    ],
  },
  rejects: {
    title: 'the reconnect timer survives the session',
    actions: [...ended, attempted('c1', 2)],
  },
};
