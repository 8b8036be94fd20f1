/** S9: parts of 250 ms after a loss, doubling with each failure in a row, starting over after 10 s of OPEN; and when silence ends a connection. */
import {
  attempted,
  clientGivesUp,
  clientSays,
  drew,
  fellAsleep,
  latest,
  networkLost,
  observedStatus,
  quiet,
  serverGivesUp,
  serverSays,
  task,
  throttled,
  time,
  wokeUp,
} from './build.ts';
import { ann } from './cast.ts';
import { accepted, connected } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const lost = (connection: number, fraction: number) => task(...networkLost('c1', connection, fraction), observedStatus('c1', 'CLOSED'));
const tried = (connection: number) => task(attempted('c1', connection), observedStatus('c1', 'CONNECTING'));
/** The first attempt after a loss, as early as it may be, itself lost. */
const failedOnce = [...connected('c1', 1, ann), ...lost(1, 0), time(125), ...tried(2), ...lost(2, 0.5)];
/** The next one is accepted, and lost after that many milliseconds. */
const livedFor = (ms: number) => [...failedOnce, time(500), ...tried(3), ...accepted('c1', 3, ann), time(500 + ms), ...lost(3, 0)];
const startsOver: TracePair = {
  accepts: {
    title: 'a connection that was OPEN for 10 s lets the back-off start over',
    actions: [...livedFor(10_000), time(10_625), ...tried(4), ...accepted('c1', 4, ann), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'one that was OPEN for less does so too',
    actions: [...livedFor(9_999), time(10_624), attempted('c1', 4)],
  },
};
const chanceUnused: TracePair = {
  accepts: {
    title: 'a draw of 0.5 of a back-off of 500 ms: the attempt comes after 375 ms',
    actions: [...failedOnce, time(499), time(500), ...tried(3)],
  },
  rejects: {
    title: 'it comes a millisecond early',
    actions: [...failedOnce, time(499), attempted('c1', 3)],
  },
};

/** The timers of the client run once a minute: its first ping comes after a minute. */
const pingedOnce = [
  ...connected('c1', 1, ann),
  time(60_000),
  ...task(...clientSays('c1', 1, { word: 'ping' }), ...serverSays('c1', 1, { word: 'pong' })),
];
const silence: TracePair = {
  accepts: {
    title: 'the server gives a connection up 105 s after the last ping',
    actions: [...pingedOnce, time(165_000), ...task(serverGivesUp('c1', 1))],
  },
  rejects: {
    title: 'a ping of 75 s ago does not count',
    actions: [...pingedOnce, time(135_000), serverGivesUp('c1', 1)],
  },
};

const open = { c1: ['OPEN', ann] } as const;
const ping = task(...clientSays('c1', 1, { word: 'ping' }));
/** Its lid was closed for three hours: the server has given it up, and its beat is late. */
const slept = (stoodMs: number) => [
  ...connected('c1', 1, ann),
  ...task(fellAsleep('c1')),
  time(105_000),
  ...task(serverGivesUp('c1', 1)),
  time(10_800_000),
  quiet(open, null, null, {}, ['c1 heartbeat timer', 'server→c1']),
  wokeUp('c1', stoodMs),
];
const lateBeat: TracePair = {
  accepts: {
    title: 'a late beat gives up at once what was silent for longer than the server bears',
    actions: [
      ...slept(0),
      ...task(clientGivesUp('c1', 1), drew('c1', latest), observedStatus('c1', 'CLOSED')),
      time(10_800_250),
      ...tried(2),
    ],
  },
  rejects: {
    title: 'what was heard before the sleep counts as heard in time',
    actions: [...slept(0), ...ping, quiet(open)],
  },
};
const standingClock: TracePair = {
  accepts: {
    title: 'a clock that stood counts no silence: the first beat after the sleep pings, the second gives up',
    actions: [
      ...slept(10_800_000),
      time(10_830_000),
      ...ping,
      time(10_860_000),
      ...task(clientGivesUp('c1', 1), drew('c1', latest), observedStatus('c1', 'CLOSED')),
    ],
  },
  rejects: {
    title: 'the second one pings too',
    actions: [...slept(10_800_000), time(10_830_000), ...ping, time(10_860_000), ...ping, quiet(open)],
  },
};
const hidden: TracePair = {
  accepts: {
    title: 'timers that run once a minute: the first ping was answered, the second comes after a minute',
    actions: [
      throttled('c1'),
      ...pingedOnce,
      time(120_000),
      ...ping,
      time(180_000),
      ...task(clientGivesUp('c1', 1), drew('c1', latest), observedStatus('c1', 'CLOSED')),
    ],
  },
  rejects: {
    title: 'a minute without a word between two pings is given up',
    actions: [throttled('c1'), ...pingedOnce, time(120_000), clientGivesUp('c1', 1)],
  },
};

export const traces: RuleTraces = {
  rule: 'S9',
  accepts: {
    title: 'attempts after parts of 250 ms and of 500 ms, and of 1 s though it was open meanwhile',
    actions: [...livedFor(0), time(1_000), ...tried(4), ...accepted('c1', 4, ann), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'the second failure in a row is followed by an attempt as after the first',
    actions: [...failedOnce, time(313), attempted('c1', 3)],
  },
  also: [startsOver, chanceUnused, silence, lateBeat, standingClock, hidden],
};
