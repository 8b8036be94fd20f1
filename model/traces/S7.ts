/** S7: the refresh handler runs one second before `exp`, one call at a time, and before an attempt with an expired token. */
import {
  attempted,
  clientCloses,
  clientHeardClose,
  clientSays,
  disconnect,
  networkLost,
  observedResolved,
  observedSessionError,
  observedStatus,
  quiet,
  refreshAnswered,
  refreshAsked,
  serverCloses,
  serverHeardClose,
  serverSays,
  startSession,
  task,
  time,
} from './build.ts';
import { annExpired, annForAMoment, annForOneMinute, annForTwoMinutes } from './cast.ts';
import { accepted, connected } from './prefixes.ts';
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

/** Its token ends before the first attempt after a loss. */
const offlineTooLong = [
  ...connected('c1', 1, annForOneMinute, { refreshEveryMs: 600_000 }),
  time(59_900),
  ...task(...networkLost('c1', 1), observedStatus('c1', 'CLOSED')),
  time(60_150),
];
const attemptAsks: TracePair = {
  accepts: {
    title: 'the back-off is over and the token has expired: the handler is asked, and its token opens the connection',
    actions: [
      ...offlineTooLong,
      ...task(refreshAsked('c1', 1)),
      quiet({ c1: ['CLOSED', annForOneMinute] }),
      ...task(refreshAnswered('c1', 1, annForTwoMinutes), attempted('c1', 2), observedStatus('c1', 'CONNECTING')),
      ...accepted('c1', 2, annForTwoMinutes),
      quiet({ c1: ['OPEN', annForTwoMinutes] }),
    ],
  },
  rejects: {
    title: 'the attempt goes out with the expired token',
    actions: [...offlineTooLong, attempted('c1', 2)],
  },
};
const failedFirst = [...offlineTooLong, ...task(refreshAsked('c1', 1)), refreshAnswered('c1', 1, null)];
const attemptAsksOnce: TracePair = {
  accepts: {
    title: 'the call fails, and the attempt goes out with the token that there is',
    actions: [...failedFirst, ...task(attempted('c1', 2), observedStatus('c1', 'CONNECTING'))],
  },
  rejects: {
    title: 'the handler is asked once more before the attempt',
    actions: [...failedFirst, refreshAsked('c1', 2)],
  },
};
/** The clock of the client says of every token that it has expired. */
const clockAhead = [
  { kind: 'wallJumped', process: 'c1', byMs: 600_000 } as const,
  ...task(startSession('c1', annForOneMinute, { refreshEveryMs: null }), observedStatus('c1', 'CLOSED'), refreshAsked('c1', 1)),
  ...task(
    refreshAnswered('c1', 1, annForTwoMinutes),
    observedResolved('c1', 'start'),
    attempted('c1', 2),
    observedStatus('c1', 'CONNECTING'),
  ),
];
const clockHasNoSay: TracePair = {
  accepts: {
    title: 'a client whose clock is ahead: the server judges what the handler brings, and no call is scheduled by that clock',
    actions: [...clockAhead, ...accepted('c1', 2, annForTwoMinutes), time(30_000), quiet({ c1: ['OPEN', annForTwoMinutes] })],
  },
  rejects: {
    title: 'it is asked again a second after the acceptance',
    actions: [...clockAhead, ...accepted('c1', 2, annForTwoMinutes), time(1_000), refreshAsked('c1', 2)],
  },
};
/** The user closes the connection while the handler has an answer to give. */
/** What the handler brings is accepted, and over half a second after the call. */
const overAtOnce = [
  ...askedOnce,
  ...task(refreshAnswered('c1', 1, annForAMoment), ...clientSays('c1', 1, { word: 'updateToken', request: 1, token: 'ann for a moment' })),
  ...task(...serverSays('c1', 1, { word: 'tokenAccepted', request: 1 })),
  time(59_500),
  ...task(...serverCloses('c1', 1, 'TOKEN_EXPIRED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'TOKEN_EXPIRED')),
];
const tokensOverAtOnce: TracePair = {
  accepts: {
    title: 'its token is over half a second after the call: it is asked again a second after the close',
    actions: [...overAtOnce, time(60_500), ...task(refreshAsked('c1', 2))],
  },
  rejects: {
    title: 'it is asked at once, and so for ever without pause',
    actions: [...overAtOnce, refreshAsked('c1', 2)],
  },
};

const closedWhileAsked = [
  ...connected('c1', 1, annForOneMinute, { refreshEveryMs: 10_000 }),
  time(10_000),
  ...task(refreshAsked('c1', 1)),
  ...task(disconnect('c1'), clientCloses('c1', 1), observedStatus('c1', 'CLOSING')),
  ...task(serverHeardClose('c1', 1)),
  ...task(clientHeardClose('c1', 1, { reason: null, retry: true }), observedStatus('c1', 'CLOSED')),
];
const closedByItsUser: TracePair = {
  accepts: {
    title: '`disconnect()` while it is asked: the answer counts as nothing, and nobody is asked again',
    actions: [
      ...closedWhileAsked,
      ...task(refreshAnswered('c1', 1, annForTwoMinutes)),
      quiet({ c1: ['CLOSED', annForOneMinute] }),
      time(3_600_000),
      quiet({ c1: ['CLOSED', annForOneMinute] }),
    ],
  },
  rejects: {
    title: 'it is asked again after the interval',
    actions: [...closedWhileAsked, ...task(refreshAnswered('c1', 1, annForTwoMinutes)), time(20_000), refreshAsked('c1', 2)],
  },
};

const begunClosed = startSession('c1', annExpired, { connect: false, refreshEveryMs: null });
const begunByItsUser: TracePair = {
  accepts: {
    title: 'a session that begins closed, with an expired token, resolves at once',
    actions: [...task(begunClosed, observedStatus('c1', 'CLOSED'), observedResolved('c1', 'start')), quiet({ c1: ['CLOSED', annExpired] })],
  },
  rejects: {
    title: 'it asks its handler',
    actions: [begunClosed, observedStatus('c1', 'CLOSED'), refreshAsked('c1', 1)],
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
  also: [neverAnswered, failsInARow, attemptAsks, attemptAsksOnce, clockHasNoSay, tokensOverAtOnce, closedByItsUser, begunByItsUser],
};
