/** The server has never seen the client's schema and asks for it, while it may get another one itself (C4). */

import type { Drawing } from '../draws/drawing.ts';
import { compatibleChange, incompatibleChange, schemaNow } from '../draws/schema-changes.ts';
import { type ClientForecast, hashedPartOf } from '../forecast/state.ts';
import { toClient, toServer, verifyOf } from '../labels.ts';
import { holdOnce, type Recipe, releaseHeld, shortToken, soundToken, startSession, within } from './recipe.ts';

export const unknownHash: Recipe = {
  name: 'unknown-hash',
  suits: (drawing) => (strangersTo(drawing).length > 0 ? 15 : 0),
  *play(drawing) {
    const { chance } = drawing;
    const client = chance.pick(strangersTo(drawing));
    const { name } = client;
    const link = chance.pick([toClient(name), toServer(name)]);
    yield* holdOnce(drawing, verifyOf(name));
    const brief = chance.percent(25);
    yield startSession(client, brief ? shortToken(drawing, 2000) : soundToken(drawing));
    if (chance.percent(70)) yield* holdOnce(drawing, link);
    yield* releaseHeld(drawing, verifyOf(name));
    if (within(['pushes'], () => 1)(drawing) > 0 && chance.percent(60)) {
      const now = schemaNow(drawing);
      yield {
        do: 'pushSchema',
        schema: chance.percent(50) ? compatibleChange(chance, drawing.cast, now) : incompatibleChange(drawing, now, true),
      };
    }
    if (brief) yield { do: 'advance', ms: 2000 };
    yield* releaseHeld(drawing, link);
  },
};

function strangersTo({ forecast }: Drawing): readonly ClientForecast[] {
  if (forecast.schema === null || !forecast.up) return [];
  return forecast.clients.filter(({ schema }) => {
    const hashed = schema === null ? undefined : hashedPartOf(schema);
    return hashed !== undefined && !forecast.known.has(hashed) && !forecast.told.has(hashed);
  });
}
