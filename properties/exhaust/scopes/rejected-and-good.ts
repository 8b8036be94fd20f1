import { everything, todosSchema } from '../schemas.ts';
import { add, guestToken, milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A write that the server rejects has a good one behind it, while another client writes the same row. */
export const rejectedAndGood: Scope = {
  name: 'rejected-and-good',
  sentence: 'a write that the server rejects has a good one behind it, while another client writes the same row',
  rules: ['W4', 'P1'],
  rows: milk,
  clients: ['c1', 'c2'],
  schema: todosSchema({ guest: { ...everything, update: {} }, member: everything }),
  setup: [startSession('c1', guestToken('ann', 'free')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob')), subscribe('c2', 's2')],
  threads: [[retitle('c1', 'of c1'), add('c1', 'rent')], [retitle('c2', 'of c2')]],
};
