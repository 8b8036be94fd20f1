/** E2: whoever made the call hears that it was refused; nobody else does. */
import type { Action } from '../actions.ts';
import { observedRejected, quiet, rejectionLost, task, updateSessionToken } from './build.ts';
import { ann } from './cast.ts';
import type { RuleTraces } from './trace.ts';

const updated: readonly Action[] = [updateSessionToken('c1', ann)];

export const traces: RuleTraces = {
  rule: 'E2',
  accepts: {
    title: 'an update without a session rejects, and its caller hears it',
    actions: [...task(...updated, observedRejected('c1', 'token', 'NoActiveSessionError')), quiet({})],
  },
  rejects: {
    title: 'the same rejection, of a promise that nobody was given',
    actions: [...updated, rejectionLost('NoActiveSessionError')],
  },
};
