/** A push that one client cannot live with closes it, and nobody else (C4, H4). */
import { isCompatible } from '../../../model/difference.ts';
import type { Drawing } from '../draws/drawing.ts';
import { changeThatBreaks, schemaNow } from '../draws/schema-changes.ts';
import type { ClientForecast } from '../forecast/state.ts';
import { fittingTodo, insert, isFlowing, pickFlowingOr, type Recipe, within } from './recipe.ts';

export const pushBreaksOne: Recipe = {
  name: 'push-breaks-one',
  suits: within(['pushes'], (drawing) => (breakable(drawing).length > 0 ? 4 : 0)),
  *play(drawing) {
    const { chance } = drawing;
    const client = chance.pick(breakable(drawing));
    const other = pickFlowingOr(drawing, client);
    const before = schemaNow(drawing);
    yield { do: 'pushSchema', schema: changeThatBreaks(drawing, client) };
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    yield insert(other, fittingTodo(drawing, other, 'rent'));
    if (chance.percent(60)) yield { do: 'pushSchema', schema: before };
    yield { do: 'connect', client: client.name };
  },
};

function breakable(drawing: Drawing): readonly ClientForecast[] {
  const now = schemaNow(drawing);
  return drawing.forecast.clients
    .filter(({ schema }) => schema !== null && isCompatible(schema, now))
    .filter((client) => isFlowing(drawing, client));
}
