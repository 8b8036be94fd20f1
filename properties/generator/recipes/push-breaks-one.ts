/** A push that one client cannot live with closes it, and nobody else (C4, H4). */
import { isCompatible } from '../../../model/schema/difference.ts';
import type { Drawing } from '../../generation/context.ts';
import { changeThatBreaks, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { type ClientForecast, hashedPartOf } from '../../generation/state/state.ts';
import { fittingTodo, insert, isFlowing, pickFlowingOr, type Recipe, soundToken, startSession, within } from './recipe.ts';

export const pushBreaksOne: Recipe = {
  name: 'push-breaks-one',
  suits: within(['pushes'], (drawing) => (breakable(drawing).length === 0 ? 0 : isContrasting(drawing) ? 6 : 1)),
  *play(drawing) {
    const { chance } = drawing;
    const candidates = chance.shuffled(breakable(drawing));
    const client = candidates.find((candidate) => changeThatBreaks(drawing, candidate) !== undefined) ?? chance.pick(candidates);
    const other = pickFlowingOr(drawing, client);
    const before = schemaNow(drawing);
    for (const absent of drawing.forecast.clients) {
      if (absent.schema !== null && absent.session === undefined) yield startSession(absent, soundToken(drawing));
    }
    yield { do: 'pushSchema', schema: changeThatBreaks(drawing, client) ?? incompatibleChange(drawing, before, true) };
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

/** Some schemas of clients differ, so that a push may break one of them and not another. */
function isContrasting({ forecast }: Drawing): boolean {
  return new Set(forecast.clients.flatMap(({ schema }) => (schema === null ? [] : [hashedPartOf(schema)]))).size > 1;
}
