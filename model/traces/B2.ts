/** B2: a hello of another protocol is closed, and told what is spoken here. */
import type { Action } from '../actions.ts';
import { quiet, task } from './build.ts';
import type { RuleTraces } from './trace.ts';

const heard = (explained: boolean): Action => ({
  kind: 'strangerHeard',
  said: 'otherVersion',
  closing: { reason: 'INTERNAL_ERROR', retry: false, explained },
});
const before: readonly Action[] = task();

export const traces: RuleTraces = {
  rule: 'B2',
  accepts: { title: 'a message says why', actions: [...before, ...task(heard(true)), quiet({})] },
  rejects: { title: 'nothing says why', actions: [...before, heard(false)] },
};
