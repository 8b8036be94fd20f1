/** S9: 250 ms after a loss, doubling with each failure in a row, starting over after OPEN; and when silence ends a connection. */
import { attempted, clientSays, networkLost, observedStatus, quiet, serverGivesUp, serverSays, task, time } from './build.ts';
import { ann } from './cast.ts';
import { accepted, connected } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const lost = (connection: number) => task(...networkLost('c1', connection), observedStatus('c1', 'CLOSED'));
const tried = (connection: number) => task(attempted('c1', connection), observedStatus('c1', 'CONNECTING'));
/** The first attempt after a loss, itself lost. */
const failedOnce = [...connected('c1', 1, ann), ...lost(1), time(250), ...tried(2), ...lost(2)];

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

export const traces: RuleTraces = {
  rule: 'S9',
  accepts: {
    title: 'attempts after 250 ms and after 500 ms, and after 250 ms again once it was open',
    actions: [
      ...failedOnce,
      time(750),
      ...tried(3),
      ...accepted('c1', 3, ann),
      ...lost(3),
      time(1_000),
      ...tried(4),
      ...accepted('c1', 4, ann),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'the second failure in a row is followed by an attempt after 250 ms again',
    actions: [...failedOnce, time(500), attempted('c1', 3)],
  },
  also: [silence],
};
