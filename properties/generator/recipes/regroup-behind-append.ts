/** The plan changes while another client's write is being appended: what may no longer be read is not told (S6, P2). */
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema } from '../../generation/schemas.ts';
import { append } from '../../language/labels.ts';
import {
  everyTodo,
  fittingTodo,
  flowing,
  holdOnce,
  insert,
  nextToken,
  pickAny,
  pickOther,
  type Recipe,
  releaseHeld,
  subscribe,
  update,
  within,
} from './recipe.ts';

export const regroupBehindAppend: Recipe = {
  name: 'regroup-behind-append',
  suits: within(['permissions'], ({ forecast }) => (forecast.clients.length > 1 ? 2 : 0)),
  *play(drawing) {
    const { chance } = drawing;
    const reader = pickAny(drawing);
    const writer = pickOther(drawing, reader);
    yield* flowing(drawing, reader);
    yield* flowing(drawing, writer);
    const before = { ...nextToken(drawing, reader), lifetimeMs: null };
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
    yield subscribe(drawing, reader, everyTodo);
    yield* holdOnce(drawing, append);
    yield insert(writer, fittingTodo(drawing, writer, 'milk', { tags: [before.plan] }));
    yield { do: 'updateSessionToken', client: reader.name, token: { ...before, plan: before.plan === 'pro' ? 'free' : 'pro' } };
    if (chance.percent(30)) yield update(writer, 'milk', { tags: ['free', 'pro'] });
    yield* releaseHeld(drawing, append);
  },
};
