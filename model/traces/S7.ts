/** S7: the refresh handler runs one second before `exp`, one call at a time. */
import { clientSays, quiet, refreshAnswered, refreshAsked, serverSays, task, time } from './build.ts';
import { annForOneMinute, annForTwoMinutes } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const askedOnce = [...connected('c1', 1, annForOneMinute, { refreshEveryMs: null }), time(59_000), ...task(refreshAsked('c1', 1))];

export const traces: RuleTraces = {
  rule: 'S7',
  accepts: {
    title: 'asked a second before `exp`; its token is accepted, and the next call is due a second before the new one',
    actions: [
      ...askedOnce,
      ...task(
        refreshAnswered('c1', 1, annForTwoMinutes),
        ...clientSays('c1', 1, { word: 'updateToken', request: 1, token: 'ann for two minutes' }),
      ),
      ...task(...serverSays('c1', 1, { word: 'tokenAccepted', request: 1 })),
      quiet({ c1: ['OPEN', annForTwoMinutes] }),
      time(119_000),
      ...task(refreshAsked('c1', 2)),
    ],
  },
  rejects: {
    title: 'a slow handler is asked again while its first call is in flight',
    actions: [...askedOnce, time(59_999), refreshAsked('c1', 2)],
  },
};
