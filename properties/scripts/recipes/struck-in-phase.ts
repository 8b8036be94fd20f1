/**
 * A fault strikes a client in a phase of its session in which faults seldom meet it: while it connects, updates its
 * token, closes, waits between two attempts, or is offline (coverage: session phase × fault × subscription phase).
 */
import type { Drawing } from '../draws/drawing.ts';
import type { ClientForecast } from '../forecast/state.ts';
import { openingOf, storeOf, toClient, toServer, verifyOf } from '../labels.ts';
import type { Step, StepKind } from '../script.ts';
import {
  anyFlowing,
  everyTodo,
  holdOnce,
  isOpen,
  nextToken,
  orQuery,
  pickFlowing,
  type Recipe,
  releaseHeld,
  soundToken,
  startSession,
  subscribe,
} from './recipe.ts';

type Steps = Generator<Step, void, undefined>;
type Way = (drawing: Drawing, client: ClientForecast) => Steps;

export const struckInPhase: Recipe = {
  name: 'struck-in-phase',
  suits: anyFlowing,
  *play(drawing) {
    const { chance, forecast } = drawing;
    const client = pickFlowing(drawing);
    if (chance.percent(30)) yield subscribe(drawing, client, orQuery(drawing));
    yield* chance.weighted(ways)(drawing, client);
    if (chance.percent(40)) yield subscribe(drawing, client, everyTodo);
    const faults = faultsFor(drawing, client);
    if (faults.length > 0) yield chance.pick(faults);
    for (const label of [openingOf, verifyOf, storeOf, toServer, toClient].map((spell) => spell(client.name)))
      yield* releaseHeld(drawing, label);
    if (client.refused && forecast.up) yield { do: 'acceptConnections', client: client.name };
  },
};

const ways: readonly (readonly [weight: number, way: Way])[] = [
  [1, ended],
  [3, connecting],
  [2, unanswered],
  [4, updating],
  [4, closing],
  [3, waiting],
  [2, disconnected],
];

function* ended(_drawing: Drawing, client: ClientForecast): Steps {
  yield { do: 'endSession', client: client.name };
}

/** With the session that it had, whose results are fulfilled, or with another. */
function* connecting(drawing: Drawing, client: ClientForecast): Steps {
  const { chance } = drawing;
  const isSame = chance.percent(50);
  if (isSame) yield { do: 'disconnect', client: client.name };
  yield* holdOnce(drawing, chance.pick([openingOf(client.name), verifyOf(client.name)]));
  yield isSame ? { do: 'connect', client: client.name } : startSession(client, soundToken(drawing));
}

/** Accepted, and its subscriptions not answered yet. */
function* unanswered(drawing: Drawing, client: ClientForecast): Steps {
  yield* holdOnce(drawing, verifyOf(client.name));
  yield startSession(client, soundToken(drawing));
  yield { do: 'hold', label: toClient(client.name) };
  yield* releaseHeld(drawing, verifyOf(client.name));
  yield { do: 'deliver', label: toClient(client.name), count: 1 };
  if (drawing.chance.percent(40) && isOpen(client)) yield* updating(drawing, client);
}

function* updating(drawing: Drawing, client: ClientForecast): Steps {
  yield* holdOnce(drawing, drawing.chance.pick([toServer(client.name), verifyOf(client.name)]));
  yield { do: 'updateSessionToken', client: client.name, token: nextToken(drawing, client) };
}

function* closing(drawing: Drawing, client: ClientForecast): Steps {
  yield* holdOnce(drawing, drawing.chance.pick([toServer(client.name), toClient(client.name)]));
  yield { do: 'disconnect', client: client.name };
}

function* waiting(drawing: Drawing, client: ClientForecast): Steps {
  const { chance } = drawing;
  if (!client.refused && chance.percent(60)) yield { do: 'refuseConnections', client: client.name };
  if (client.refused && chance.percent(50)) yield startSession(client, soundToken(drawing));
  else yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
}

function* disconnected(drawing: Drawing, client: ClientForecast): Steps {
  if (drawing.chance.percent(50)) yield { do: 'disconnect', client: client.name };
  else yield { do: 'startSession', client: client.name, token: soundToken(drawing), connect: false, refresh: null };
}

/** Only of the kinds that this run has at all; as often of each. */
function faultsFor({ profile, forecast, chance }: Drawing, client: ClientForecast): readonly Step[] {
  const { name } = client;
  const isConnected = client.stage === 'opening' || client.stage === 'greeting' || client.stage === 'open' || client.stage === 'closing';
  const isCarrying = (client.stage === 'greeting' || client.stage === 'open') && !client.halfOpen;
  const keepsTail = chance.percent(50);
  const some = (kind: StepKind, ...steps: readonly Step[]): readonly Step[] => (profile.weights[kind] > 0 ? steps : []);
  return [
    ...(isConnected
      ? some('cut', ...(['clean', 'abrupt', 'halfOpen'] as const).map((how): Step => ({ do: 'cut', client: name, how })))
      : []),
    ...(client.refused ? [] : some('refuseConnections', { do: 'refuseConnections', client: name })),
    ...some('hold', { do: 'hold', label: storeOf(name) }),
    ...(forecast.up
      ? some('restartServer', { do: 'restartServer', how: 'graceful', keepsTail }, { do: 'restartServer', how: 'crash', keepsTail })
      : []),
    ...(forecast.failing === null ? some('failStorage', { do: 'failStorage', process: 'server', keepsTail }) : []),
    ...(client.storageFails ? [] : some('failStorage', { do: 'failStorage', process: name, keepsTail: false })),
    ...some(
      'jumpWallClock',
      ...[name, 'server'].map((process): Step => ({ do: 'jumpWallClock', process, byMs: chance.pick([-60_000, 60_000]) })),
    ),
    ...some('restartClient', { do: 'restartClient', client: name, keepsTail }),
    ...(isCarrying
      ? some(
          'inject',
          { do: 'inject', client: name, to: 'server', nonsense: 'notJson' },
          { do: 'inject', client: name, to: 'client', nonsense: 'notJson' },
        )
      : []),
  ];
}
