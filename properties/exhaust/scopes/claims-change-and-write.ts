import { everything, todosSchema } from '../schemas.ts';
import { guestToken, milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

const byPlan = { filter: [['title', '=', '$token.plan'] as const] };

/** The claims of a client change under equal roles while both write what they are about. */
export const claimsChangeAndWrite: Scope = {
  name: 'claims-change-and-write',
  sentence: 'the claims of a client change under equal roles while both write what they are about',
  rules: ['S6', 'C5', 'P1', 'C1', 'Q2'],
  rows: milk,
  clients: ['c1', 'c2'],
  schema: todosSchema({ guest: { read: byPlan, update: byPlan }, member: everything }),
  setup: [startSession('c1', guestToken('ann', 'milk')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob')), subscribe('c2', 's2')],
  threads: [[retitle('c2', 'pro')], [{ do: 'updateSessionToken', client: 'c1', token: guestToken('ann', 'pro') }, retitle('c1', 'milk')]],
};
