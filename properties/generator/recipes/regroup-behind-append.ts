/** The plan changes while another client's write is being appended: what may no longer be read is not told (S6, P2). */
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema } from '../../generation/schemas.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const regroupBehindAppend: act.Recipe = {
  name: 'regroup-behind-append',
  suits: act.within(['permissions'], ({ forecast }) => (forecast.clients.length > 1 ? 2 : 0)),
  *play(drawing) {
    const { chance } = drawing;
    const reader = act.pickAny(drawing);
    const writer = act.pickOther(drawing, reader);
    yield* act.flowing(drawing, reader);
    yield* act.flowing(drawing, writer);
    const before = { ...act.nextToken(drawing, reader), lifetimeMs: null };
    const { collections } = schemaNow(drawing);
    const attributes = (collections.todos ?? castSchema.collections.todos)?.attributes ?? {};
    const everything = { filter: [] };
    const ofPlan = {
      read: { filter: [['tags', 'has', '$token.plan'] as const] },
      insert: everything,
      update: everything,
      delete: everything,
    };
    const todos = { attributes, permissions: { guest: ofPlan, member: ofPlan } };
    yield { do: 'pushSchema', schema: { collections: { ...collections, todos }, roles: castSchema.roles } };
    if (reader.session?.token.spec.plan !== before.plan) yield { do: 'updateSessionToken', client: reader.name, token: before };
    yield act.subscribe(drawing, reader, act.everyTodo);
    yield* act.holdOnce(drawing, append);
    yield act.insert(writer, act.fittingTodo(drawing, writer, 'milk', { tags: [before.plan] }));
    yield { do: 'updateSessionToken', client: reader.name, token: { ...before, plan: before.plan === 'pro' ? 'free' : 'pro' } };
    if (chance.percent(30)) yield act.update(writer, 'milk', { tags: ['free', 'pro'] });
    yield* act.releaseHeld(drawing, append);
  },
};
