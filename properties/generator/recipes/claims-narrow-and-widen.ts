/** The plan changes under equal roles, and with it what a live subscription may hold (S6, P2, Q5). */
import { free, ofPlan } from '../../generation/permissions.ts';
import { todosPermitted } from '../../generation/schema-changes.ts';
import { toClient, verifyOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const claimsNarrowAndWiden = act.recipe(act.within(['permissions'], act.anybody), function* ({ drawing, chance, client }) {
  yield { do: 'pushSchema', schema: todosPermitted(drawing, { guest: { ...free, read: ofPlan } }) };
  const before = { ...act.soundToken(drawing), role: 'guest', plan: 'free' };
  yield act.startSession(client, before);
  yield act.subscribe(drawing, client, act.everyTodo);
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk', { tags: ['free'] }));
  yield act.insert(client, act.fittingTodo(drawing, client, 'rent', { tags: chance.pick([['pro'], ['free', 'pro']]) }));
  const label = chance.pick([verifyOf(client.name), toClient(client.name)]);
  if (act.isFlowing(drawing, client) && chance.percent(40)) yield* act.holdOnce(drawing, label);
  for (const plan of ['pro', 'free']) {
    yield { do: 'updateSessionToken', client: client.name, token: { ...before, plan } };
    if (chance.percent(50)) yield act.update(client, 'rent', { done: chance.percent(50) });
  }
  yield* act.releaseHeld(drawing, label);
});
