/** Writes made without a connection go out under the claims of the next session (S10, W5). */
import { always, everyTodo, insert, pickAny, type Recipe, soundToken, startSession, subscribe, todo, update } from './recipe.ts';

export const outboxOfLastSession: Recipe = {
  name: 'outbox-of-last-session',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    if (client.session !== undefined) yield { do: 'endSession', client: client.name };
    yield insert(client, todo(drawing, 'plants'));
    if (drawing.chance.percent(50)) yield update(client, 'plants', { done: true });
    if (drawing.chance.percent(50)) yield subscribe(drawing, client, everyTodo);
    yield startSession(client, soundToken(drawing));
  },
};
