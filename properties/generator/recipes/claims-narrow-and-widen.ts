/** The plan changes under equal roles, and with it what a live subscription may hold (S6, P2, Q5). */
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema } from '../../generation/schemas.ts';
import { toClient, verifyOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const claimsNarrowAndWiden: act.Recipe = {
  name: 'claims-narrow-and-widen',
  suits: act.within(['permissions'], act.always),
  *play(drawing) {
    const { chance } = drawing;
    const client = act.pickAny(drawing);
    const { collections } = schemaNow(drawing);
    const attributes = (collections.todos ?? castSchema.collections.todos)?.attributes ?? {};
    const free = { insert: { filter: [] }, update: { filter: [] }, delete: { filter: [] } };
    const guest = { read: { filter: [['tags', 'has', '$token.plan'] as const] }, ...free };
    const todos = { attributes, permissions: { guest } };
    yield { do: 'pushSchema', schema: { collections: { ...collections, todos }, roles: castSchema.roles } };
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
  },
};
