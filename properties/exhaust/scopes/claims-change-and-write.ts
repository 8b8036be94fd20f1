import { everything, todosSchema } from '../schemas.ts';
import { follows, guestToken, retitle, scope, startSession, subscribe } from '../scope.ts';

const byPlan = { filter: [['title', '=', '$token.plan'] as const] };

export const claimsChangeAndWrite = scope({
  sentence: 'the claims of a client change under equal roles while both write what they are about',
  rules: ['S6', 'C5', 'P1', 'C1', 'Q2'],
  tooth: 'answer-anew-merged',
  schema: todosSchema({ guest: { read: byPlan, update: byPlan }, member: everything }),
  setup: [startSession('c1', guestToken('ann', 'milk')), subscribe('c1', 's1'), ...follows('c2', 'bob')],
  threads: [[retitle('c2', 'pro')], [{ do: 'updateSessionToken', client: 'c1', token: guestToken('ann', 'pro') }, retitle('c1', 'milk')]],
});
