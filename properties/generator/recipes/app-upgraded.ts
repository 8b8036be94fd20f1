/** An application is upgraded while rows of its former schema are in the cache, and writes of it in the outbox (K2, C4). */
import { drawUpgraded } from '../../generation/schema-changes.ts';
import * as act from './recipe.ts';

export const appUpgraded = act.recipe(
  act.within(['crashes', 'pushes'], act.oftener(12, act.flowing)),
  function* ({ drawing, chance, client }) {
    const { name, schema: former } = client;
    if (chance.percent(80)) yield act.subscribe(drawing, client, act.everyTodo);
    yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
    if (chance.percent(50)) yield { do: 'disconnect', client: name };
    if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'rent'));
    const upgraded = drawUpgraded(drawing, client);
    if (upgraded !== null && chance.percent(50)) yield { do: 'pushSchema', schema: upgraded };
    yield { do: 'restartClient', client: name, keepsTail: chance.percent(50), schema: upgraded };
    yield act.subscribe(drawing, client, act.everyTodo);
    if (chance.percent(40)) yield act.insert(client, act.fittingTodo(drawing, client, 'plants'));
    yield act.startSession(client, act.soundToken(drawing));
    if (chance.percent(30)) yield { do: 'restartClient', client: name, keepsTail: true, schema: former };
    if (chance.percent(30)) yield act.subscribe(drawing, client, act.everyTodo);
  },
);
