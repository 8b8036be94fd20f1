/** E1: what was promised comes, or is refused; it is never left hanging. */
import type { Action } from '../actions.ts';
import { endSession, networkLost, observedResolved, observedStatus, over, quiet, task } from './build.ts';
import { ann } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const ended: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...task(...networkLost('c1', 1), observedStatus('c1', 'CLOSED')),
  ...task(endSession('c1'), observedStatus('c1', 'UNINITIALIZED'), observedResolved('c1', 'end')),
  quiet({}),
];

export const traces: RuleTraces = {
  rule: 'E1',
  accepts: { title: 'all is over, and nobody waits for anything', actions: [...ended, over()] },
  rejects: {
    title: 'all is over, and the owner of the server still waits for its close',
    actions: [...ended, over('the close of the server')],
  },
};
