/** The plan changes under equal roles, and with it what a live subscription may hold (S6, P2, Q5). */
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema } from '../../generation/schemas.ts';
import { toClient, verifyOf } from '../../language/labels.ts';
import {
  always,
  everyTodo,
  fittingTodo,
  holdOnce,
  insert,
  isFlowing,
  pickAny,
  type Recipe,
  releaseHeld,
  soundToken,
  startSession,
  subscribe,
  update,
  within,
} from './recipe.ts';

export const claimsNarrowAndWiden: Recipe = {
  name: 'claims-narrow-and-widen',
  suits: within(['permissions'], always),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickAny(drawing);
    const { collections } = schemaNow(drawing);
    const attributes = (collections.todos ?? castSchema.collections.todos)?.attributes ?? {};
    const free = { insert: { filter: [] }, update: { filter: [] }, delete: { filter: [] } };
    const guest = { read: { filter: [['tags', 'has', '$token.plan'] as const] }, ...free };
    const todos = { attributes, permissions: { guest } };
    yield { do: 'pushSchema', schema: { collections: { ...collections, todos }, roles: castSchema.roles } };
    const before = { ...soundToken(drawing), role: 'guest', plan: 'free' };
    yield startSession(client, before);
    yield subscribe(drawing, client, everyTodo);
    yield insert(client, fittingTodo(drawing, client, 'milk', { tags: ['free'] }));
    yield insert(client, fittingTodo(drawing, client, 'rent', { tags: chance.pick([['pro'], ['free', 'pro']]) }));
    const label = chance.pick([verifyOf(client.name), toClient(client.name)]);
    if (isFlowing(drawing, client) && chance.percent(40)) yield* holdOnce(drawing, label);
    for (const plan of ['pro', 'free']) {
      yield { do: 'updateSessionToken', client: client.name, token: { ...before, plan } };
      if (chance.percent(50)) yield update(client, 'rent', { done: chance.percent(50) });
    }
    yield* releaseHeld(drawing, label);
  },
};
