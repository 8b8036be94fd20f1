/** S9: 250 ms after a loss, doubling with each failure in a row, starting over after OPEN. */
import { attempted, networkLost, observedStatus, quiet, task, time } from './build.ts';
import { ann } from './cast.ts';
import { accepted, connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const lost = (connection: number) => task(...networkLost('c1', connection), observedStatus('c1', 'CLOSED'));
const tried = (connection: number) => task(attempted('c1', connection), observedStatus('c1', 'CONNECTING'));
/** The first attempt after a loss, itself lost. */
const failedOnce = [...connected('c1', 1, ann), ...lost(1), time(250), ...tried(2), ...lost(2)];

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
};
