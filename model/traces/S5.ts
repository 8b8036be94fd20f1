/** S5: a token is expired at `exp` itself, and then no data goes out. */
import { observedSessionError, observedStatus, quiet, serverCloses, serverSent, task, time } from './build.ts';
import { annForOneMinute, aunt, milk, openTodos } from './cast.ts';
import { answered, asked, connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const askedNear = (nowMs: number) => [...connected('c1', 1, annForOneMinute), time(nowMs), ...asked('c1', 1, 'a', openTodos)];

export const traces: RuleTraces = {
  rule: 'S5',
  accepts: {
    title: 'an answer one millisecond before `exp`, a close with TOKEN_EXPIRED at `exp`',
    actions: [
      ...askedNear(59_999),
      ...answered('c1', 1, 'a', [milk, aunt]),
      time(60_000),
      ...task(...serverCloses('c1', 1, 'TOKEN_EXPIRED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'TOKEN_EXPIRED')),
      quiet({ c1: ['CLOSED', annForOneMinute] }),
    ],
  },
  rejects: {
    title: 'an answer at exactly `exp`',
    actions: [...askedNear(60_000), serverSent('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [] })],
  },
};
