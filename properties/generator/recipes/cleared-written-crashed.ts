/** Cleared, written to and crashed: what was not cleared yet is there still, what was stored after it too (K1, K2). */
import { storeOf } from '../../language/labels.ts';
import {
  anySession,
  everyTodo,
  fittingTodo,
  holdOnce,
  insert,
  pickAny,
  type Recipe,
  releaseHeld,
  soundToken,
  startSession,
  subscribe,
  within,
} from './recipe.ts';

export const clearedWrittenCrashed: Recipe = {
  name: 'cleared-written-crashed',
  suits: within(['clear', 'crashes'], (drawing) => 2 * anySession(drawing)),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickAny(drawing);
    const label = storeOf(client.name);
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    if (chance.percent(60)) yield* holdOnce(drawing, label);
    yield { do: 'clear', client: client.name };
    yield insert(client, fittingTodo(drawing, client, 'plants'));
    yield { do: 'restartClient', client: client.name, keepsTail: chance.percent(50) };
    yield* releaseHeld(drawing, label);
    yield subscribe(drawing, client, everyTodo);
    yield startSession(client, soundToken(drawing));
  },
};
