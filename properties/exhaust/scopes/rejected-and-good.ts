import { everything, todosSchema } from '../schemas.ts';
import { add, follows, guestToken, retitle, scope, startSession, subscribe } from '../scope.ts';

export const rejectedAndGood = scope({
  sentence: 'a write that the server rejects has a good one behind it, while another client writes the same row',
  rules: ['W4', 'P1'],
  tooth: 'rejected-takes-later-along',
  schema: todosSchema({ guest: { ...everything, update: {} }, member: everything }),
  setup: [startSession('c1', guestToken('ann', 'free')), subscribe('c1', 's1'), ...follows('c2', 'bob')],
  threads: [[retitle('c1', 'of c1'), add('c1', 'rent')], [retitle('c2', 'of c2')]],
});
