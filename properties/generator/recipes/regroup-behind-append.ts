/** The plan changes while another client's write is being appended: what may no longer be read is not told (S6, P2). */
import { free, ofPlan } from '../../generation/permissions.ts';
import { todosPermitted } from '../../generation/schema-changes.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

const amongSeveral: act.Subject = { ...act.anybody, suits: ({ forecast }) => (forecast.clients.length > 1 ? 2 : 0) };

export const regroupBehindAppend = act.recipe(act.within(['permissions'], amongSeveral), function* ({ drawing, chance, client: reader }) {
  const writer = act.pickOther(drawing, reader);
  yield* act.connected(drawing, reader);
  yield* act.connected(drawing, writer);
  const before = { ...act.nextToken(drawing, reader), lifetimeMs: null };
  const narrowed = { ...free, read: ofPlan };
  yield { do: 'pushSchema', schema: todosPermitted(drawing, { guest: narrowed, member: narrowed }) };
  if (reader.session?.token.spec.plan !== before.plan) yield { do: 'updateSessionToken', client: reader.name, token: before };
  yield act.subscribe(drawing, reader, act.everyTodo);
  yield* act.holdOnce(drawing, append);
  yield act.insert(writer, act.fittingTodo(drawing, writer, 'milk', { tags: [before.plan] }));
  yield { do: 'updateSessionToken', client: reader.name, token: { ...before, plan: before.plan === 'pro' ? 'free' : 'pro' } };
  if (chance.percent(30)) yield act.update(writer, 'milk', { tags: ['free', 'pro'] });
  yield* act.releaseHeld(drawing, append);
});
