/** The server has never seen the client's schema and asks for it, while it may get another one itself (C4). */

import { isCompatible } from '../../../model/schema/difference.ts';
import type { Schema } from '../../../vocabulary/schemas.ts';
import type { Drawing } from '../../generation/context.ts';
import { changeThatBreaks, compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { type ClientForecast, hashedPartOf } from '../../generation/state/state.ts';
import { toClient, toServer, verifyOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

const withUnknownSchema: act.Subject = {
  suits: (drawing) => (strangersTo(drawing).length > 0 ? 15 : 0),
  pick: (drawing) => drawing.chance.pick(strangersTo(drawing)),
};

export const unknownHash = act.recipe(withUnknownSchema, function* ({ drawing, chance, client }) {
  const { name } = client;
  const link = chance.pick([toClient(name), toServer(name)]);
  yield* act.holdOnce(drawing, verifyOf(name));
  // Past the first judgement of the token alone: the second one waits, and what is pushed meanwhile counts.
  const again = chance.percent(40);
  const brief = chance.percent(25);
  yield act.startSession(client, brief ? act.shortToken(drawing, 2000) : act.soundToken(drawing));
  if (!again && chance.percent(70)) yield* act.holdOnce(drawing, link);
  if (again) yield { do: 'deliver', label: verifyOf(name), count: 1 };
  else yield* act.releaseHeld(drawing, verifyOf(name));
  if (drawing.profile.families.includes('pushes') && chance.percent(again ? 85 : 60)) {
    yield { do: 'pushSchema', schema: again ? overturned(drawing, client) : changed(drawing) };
  }
  if (brief) yield { do: 'advance', ms: 2000 };
  yield* act.releaseHeld(drawing, link);
  yield* act.releaseHeld(drawing, verifyOf(name));
});

function changed(drawing: Drawing): Schema {
  const { chance, cast } = drawing;
  const now = schemaNow(drawing);
  return chance.percent(50) ? compatibleChange(chance, cast, now) : incompatibleChange(drawing, now, true);
}

/** One that the client gets along with where it did not, and the other way round. */
function overturned(drawing: Drawing, client: ClientForecast): Schema {
  const { schema } = client;
  const now = schemaNow(drawing);
  if (schema !== null && !isCompatible(schema, now)) return { ...schema, roles: now.roles };
  return changeThatBreaks(drawing, client) ?? incompatibleChange(drawing, now, true);
}

function strangersTo({ forecast }: Drawing): readonly ClientForecast[] {
  if (forecast.schema === null || !forecast.up) return [];
  return forecast.clients.filter(({ schema }) => {
    const hashed = schema === null ? undefined : hashedPartOf(schema);
    return hashed !== undefined && !forecast.known.has(hashed) && !forecast.told.has(hashed);
  });
}
