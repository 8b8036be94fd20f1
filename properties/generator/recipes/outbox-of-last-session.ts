/** Writes made without a connection go out under the claims of the next session (S10, W5). */
import * as act from './recipe.ts';

export const outboxOfLastSession = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  if (client.session !== undefined) yield { do: 'endSession', client: client.name };
  yield act.insert(client, act.todo(drawing, 'plants'));
  if (chance.percent(50)) yield act.update(client, 'plants', { done: true });
  if (chance.percent(50)) yield act.subscribe(drawing, client, act.everyTodo);
  yield act.startSession(client, act.soundToken(drawing));
});
