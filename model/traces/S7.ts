/** S7: the refresh handler runs one second before `exp`, one call at a time. */
import { clientSays, quiet, refreshAnswered, refreshAsked, serverSays, task, time } from './build.ts';
import { annForOneMinute, annForTwoMinutes } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const askedOnce = [...connected('c1', 1, annForOneMinute, { refreshEveryMs: null }), time(59_000), ...task(refreshAsked('c1', 1))];

const neverAnswered: TracePair = {
  accepts: {
    title: 'a call that has not answered within 30 s has failed: it is asked again a second later, and its answer counts as nothing',
    actions: [
      ...askedOnce,
      time(89_000),
      time(90_000),
      ...task(refreshAsked('c1', 2)),
      ...task(refreshAnswered('c1', 1, annForTwoMinutes)),
    ],
  },
  rejects: {
    title: 'it is asked again in the instant in which it has failed',
    actions: [...askedOnce, time(89_000), refreshAsked('c1', 2)],
  },
};
/** The token lasts for two minutes, and the handler is asked each ten seconds. */
const failedTwice = [
  ...connected('c1', 1, annForTwoMinutes, { refreshEveryMs: 10_000 }),
  time(10_000),
  ...task(refreshAsked('c1', 1)),
  ...task(refreshAnswered('c1', 1, null)),
  time(11_000),
  ...task(refreshAsked('c1', 2)),
  ...task(refreshAnswered('c1', 2, null)),
];
const failsInARow: TracePair = {
  accepts: {
    title: 'after a second failure in a row it is asked after 2 s, whatever its interval',
    actions: [...failedTwice, time(13_000), ...task(refreshAsked('c1', 3))],
  },
  rejects: {
    title: 'it is asked each second',
    actions: [...failedTwice, time(12_000), refreshAsked('c1', 3)],
  },
};

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
  also: [neverAnswered, failsInARow],
};
