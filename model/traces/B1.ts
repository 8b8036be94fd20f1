/** B1: whoever says what is no frame is closed, for good. */
import type { Action } from '../actions.ts';
import { observedSessionError, observedStatus, quiet, serverCloses, task } from './build.ts';
import { ann } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const said: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...task({ kind: 'serverReceived', client: 'c1', connection: 1, word: { word: 'nonsense', nonsense: 'notJson' } }),
];

const failed: Action = { kind: 'callbackFailed', client: 'c1', failure: 1 };

export const traces: RuleTraces = {
  rule: 'B1',
  accepts: {
    title: 'the connection is closed with INTERNAL_ERROR',
    actions: [
      ...said,
      ...task(...serverCloses('c1', 1, 'INTERNAL_ERROR'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'INTERNAL_ERROR')),
      quiet({ c1: ['CLOSED', ann] }),
    ],
  },
  rejects: { title: 'the server passes over it', actions: [...said, quiet({ c1: ['OPEN', ann] })] },
  also: [
    {
      accepts: {
        title: 'a callback that fails is logged with its stack, and the session goes on',
        actions: [
          ...connected('c1', 1, ann),
          ...task(failed, { kind: 'callbackFailureLogged', client: 'c1', failure: 1, withStack: true }),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'what is logged does not say where it failed',
        actions: [...connected('c1', 1, ann), failed, { kind: 'callbackFailureLogged', client: 'c1', failure: 1, withStack: false }],
      },
    },
    {
      accepts: {
        title: 'a callback that rejects is logged when that is known',
        actions: [
          ...connected('c1', 1, ann),
          ...task(failed),
          ...task({ kind: 'callbackFailureLogged', client: 'c1', failure: 1, withStack: true }),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'a failure that nobody hears of',
        actions: [...connected('c1', 1, ann), ...task(failed), quiet({ c1: ['OPEN', ann] })],
      },
    },
  ],
};
