/** A push that one client cannot live with closes it, and nobody else (C4, H4). */
import { isCompatible } from '../../../model/schema/difference.ts';
import type { Drawing } from '../../generation/context.ts';
import { changeThatBreaks, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { type ClientForecast, hashedPartOf } from '../../generation/state/state.ts';
import * as act from './recipe.ts';

const whomAPushMayBreak: act.Subject = {
  suits: (drawing) => (breakable(drawing).length === 0 ? 0 : isContrasting(drawing) ? 6 : 1),
  pick: (drawing) => {
    const candidates = drawing.chance.shuffled(breakable(drawing));
    return candidates.find((candidate) => changeThatBreaks(drawing, candidate) !== undefined) ?? drawing.chance.pick(candidates);
  },
};

export const pushBreaksOne = act.recipe(act.within(['pushes'], whomAPushMayBreak), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const before = schemaNow(drawing);
  for (const absent of drawing.forecast.clients) {
    if (absent.schema !== null && absent.session === undefined) yield act.startSession(absent, act.soundToken(drawing));
  }
  yield { do: 'pushSchema', schema: changeThatBreaks(drawing, client) ?? incompatibleChange(drawing, before, true) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  yield act.insert(other, act.fittingTodo(drawing, other, 'rent'));
  if (chance.percent(60)) yield { do: 'pushSchema', schema: before };
  yield { do: 'connect', client: client.name };
});

function breakable(drawing: Drawing): readonly ClientForecast[] {
  const now = schemaNow(drawing);
  return drawing.forecast.clients
    .filter(({ schema }) => schema !== null && isCompatible(schema, now))
    .filter((client) => act.isFlowing(drawing, client));
}

/** Some schemas of clients differ, so that a push may break one of them and not another. */
function isContrasting({ forecast }: Drawing): boolean {
  return new Set(forecast.clients.flatMap(({ schema }) => (schema === null ? [] : [hashedPartOf(schema)]))).size > 1;
}
