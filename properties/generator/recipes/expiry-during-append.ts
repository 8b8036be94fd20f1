/** A token expires while an append that began under it has not ended (S5). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import { append } from '../../language/labels.ts';
import {
  always,
  everyTodo,
  holdOnce,
  insert,
  pickAny,
  type Recipe,
  releaseHeld,
  shortToken,
  startSession,
  subscribe,
  todo,
} from './recipe.ts';

export const expiryDuringAppend: Recipe = {
  name: 'expiry-during-append',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const lifetimeMs = drawShortLifetimeMs(drawing.chance);
    yield startSession(client, shortToken(drawing, lifetimeMs));
    if (drawing.chance.percent(50)) yield subscribe(drawing, client, everyTodo);
    yield* holdOnce(drawing, append);
    yield insert(client, todo(drawing, 'taxes'));
    yield { do: 'advance', ms: lifetimeMs + drawing.chance.pick([-1, 0, 0, 1, 100]) };
    yield* releaseHeld(drawing, append);
  },
};
