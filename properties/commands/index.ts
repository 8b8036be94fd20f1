/** The commands, each with how well it suits a client now (0: not at all, 10: as well as any) and how it is drawn. */

import { idsOfCollection } from '../generation/cast.ts';
import {
  type Drawing,
  drawAnyQuery,
  drawCollection,
  type Held,
  heldRows,
  holdsRows,
  liveQueries,
  liveSubscriptions,
  nextSubscription,
} from '../generation/context.ts';
import { fitChanges, fitRow } from '../generation/fitting.ts';
import { drawTransaction } from '../generation/operations.ts';
import { drawChanges, drawMeeting, drawRow } from '../generation/rows.ts';
import { type ClientForecast, type Forecast, isConnected } from '../generation/state/state.ts';
import { drawRefresh, drawToken } from '../generation/tokens.ts';
import { storeOf } from '../language/labels.ts';
import type { CommandStep } from '../scripts/script.ts';

export type CommandKind = CommandStep['do'];
export interface CommandDraw {
  suits(client: ClientForecast, forecast: Forecast): number;
  draw(drawing: Drawing, client: ClientForecast): CommandStep;
}

export const commandDraws: Readonly<Record<CommandKind, CommandDraw>> = {
  startSession: {
    suits: (client) => (client.session === undefined ? 40 : isConnected(client) ? 6 : 12),
    draw: drawStartSession,
  },
  updateSessionToken: {
    suits: (client) => (client.session === undefined ? 1 : isConnected(client) ? 12 : 5),
    draw: ({ chance, profile }, client) => ({
      do: 'updateSessionToken',
      client: client.name,
      token: drawToken(chance, profile.tokens, client.session?.token.spec),
    }),
  },
  endSession: {
    suits: (client) => (client.session === undefined ? 0 : 10),
    draw: (_, client) => ({ do: 'endSession', client: client.name }),
  },
  connect: {
    suits: (client) => (client.session === undefined || isConnected(client) ? 1 : 25),
    draw: (_, client) => ({ do: 'connect', client: client.name }),
  },
  disconnect: {
    suits: (client) => (isConnected(client) ? 10 : client.stage === 'waiting' ? 6 : 1),
    draw: (_, client) => ({ do: 'disconnect', client: client.name }),
  },
  subscribe: {
    suits: (client) => [30, 15, 8, 4, 3][liveSubscriptions(client).length] ?? 1,
    draw: (drawing, client) => ({
      do: 'subscribe',
      client: client.name,
      subscription: nextSubscription(drawing),
      query: drawAnyQuery(drawing),
    }),
  },
  unsubscribe: {
    suits: (client) => (client.subscriptions.length === 0 ? 0 : 2 + 4 * liveSubscriptions(client).length),
    draw: ({ chance }, client) => {
      const live = liveSubscriptions(client);
      const subscription = chance.pick(live.length > 0 && chance.percent(88) ? live : client.subscriptions).name;
      return { do: 'unsubscribe', client: client.name, subscription };
    },
  },
  insert: {
    suits: (_, forecast) => (forecast.rows.size < 2 ? 20 : 10),
    draw: drawInsert,
  },
  update: {
    suits: (client, forecast) => (holdsRows(forecast, client) ? 14 : 1),
    draw: (drawing, client) => {
      const { chance, cast, forecast } = drawing;
      const { collection, id } = drawHeld(drawing, client);
      const changes = fitChanges(drawing, client, collection, drawChanges(chance, cast, collection, liveQueries(forecast)));
      return { do: 'update', client: client.name, collection, id, changes };
    },
  },
  delete: {
    suits: (client, forecast) => (holdsRows(forecast, client) ? 14 : 1),
    draw: (drawing, client) => {
      const { collection, id } = drawHeld(drawing, client);
      return { do: 'delete', client: client.name, collection, id };
    },
  },
  transact: {
    suits: (client, forecast) => (holdsRows(forecast, client) ? 14 : 8),
    draw: drawTransaction,
  },
  clear: {
    suits: (client, forecast) => (client.outbox.length > 0 || forecast.held.has(storeOf(client.name)) ? 25 : 8),
    draw: (_, client) => ({ do: 'clear', client: client.name }),
  },
};

function drawStartSession({ chance, profile }: Drawing, client: ClientForecast): CommandStep {
  const before = client.session?.token.spec;
  const same = before !== undefined && chance.percent(20);
  const token = drawToken(chance, profile.tokens, chance.percent(50) ? before : undefined);
  const refresh = chance.percent(40) ? drawRefresh(chance, profile.tokens, token) : null;
  return { do: 'startSession', client: client.name, token: same ? { kind: 'current' } : token, connect: chance.percent(90), refresh };
}

/** Some on ids that live already; some such that they meet a live filter. */
function drawInsert(drawing: Drawing, client: ClientForecast): CommandStep {
  const { chance, cast, forecast } = drawing;
  const collection = drawCollection(drawing);
  const ids = idsOfCollection(collection);
  const free = ids.filter((id) => !forecast.rows.has(`${collection}/${id}`));
  const row = drawRow(chance, cast, collection, chance.pick(free.length > 0 && chance.percent(70) ? free : ids));
  const met = chance.percent(50) ? drawMeeting(chance, collection, liveQueries(forecast)) : undefined;
  const drawn = met === undefined ? row : { ...row, [met[0]]: met[1] };
  return { do: 'insert', client: client.name, collection, row: fitRow(drawing, client, collection, drawn) };
}

/** Mostly a row that the client shows; now and then any, which is rejected locally. */
function drawHeld(drawing: Drawing, client: ClientForecast): Pick<Held, 'collection' | 'id'> {
  const held = heldRows(drawing.forecast, client);
  if (held.length > 0 && drawing.chance.percent(93)) return drawing.chance.pick(held);
  const collection = drawCollection(drawing);
  return { collection, id: drawing.chance.pick(idsOfCollection(collection)) };
}
