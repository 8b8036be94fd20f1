/**
 * A fault strikes a client in a phase of its session in which faults seldom meet it: while it connects, updates its
 * token, closes, waits between two attempts, or is offline (coverage: session phase × fault × subscription phase).
 */
import type { Drawing } from '../../generation/context.ts';
import { weightOf } from '../../generation/profile.ts';
import { isCuttable } from '../../generation/state/route.ts';
import type { ClientForecast } from '../../generation/state/state.ts';
import { openingOf, refreshHandlerOf, storeOf, toClient, toServer, verifyOf } from '../../language/labels.ts';
import type { FreshToken } from '../../language/tokens.ts';
import type { HandlerAnswer, Step, StepKind, TokenSpec } from '../../scripts/script.ts';
import * as act from './recipe.ts';

type Steps = Generator<Step, void, undefined>;
interface Scene extends act.Scene {
  /** A sound one; one that lives for a moment where expiry is what strikes. */
  readonly token: () => FreshToken;
}

/** Far more often than another recipe, since it stands for some hundred cells. */
const often = 22;
const momentMs = 3_000;
const intervalMs = 1_000;

export const struckInPhase = act.recipe(act.oftener(often, act.flowing), function* ({ drawing, chance, client }) {
  const { forecast } = drawing;
  const strikes = chance.word({ fault: 65, expiry: 10, 'answer of the handler': 25 });
  const token = (): FreshToken => (strikes === 'expiry' ? act.shortToken(drawing, momentMs) : act.soundToken(drawing));
  const scene: Scene = { drawing, chance, client, token };
  if (strikes === 'expiry') yield act.startSession(client, token());
  const asksBefore = chance.percent(50);
  if (strikes === 'answer of the handler') yield* asking(scene, asksBefore);
  // A client without a subscription is seldom enough.
  const subscribes = chance.percent(client.subscriptions.length === 0 ? 30 : 100);
  if (subscribes && chance.percent(30)) yield act.subscribe(drawing, client, act.orQuery(drawing));
  yield* chance.weighted(ways)(scene);
  if (subscribes && chance.percent(40)) yield act.subscribe(drawing, client, act.everyTodo);
  const faults = faultsFor(drawing, client);
  if (strikes === 'expiry') yield { do: 'advance', ms: momentMs };
  if (strikes === 'answer of the handler' && !asksBefore) yield { do: 'advance', ms: intervalMs };
  if (strikes === 'fault' && faults.length > 0) yield chance.weighted(faults);
  if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  const labels = [refreshHandlerOf, openingOf, verifyOf, storeOf, toServer, toClient].map((spell) => spell(client.name));
  for (const label of labels) yield* act.releaseHeld(drawing, label);
  if (client.refused && forecast.up) yield { do: 'acceptConnections', client: client.name };
});

/** In the place of a fault: the refresh handler answers in the phase that follows, asked before it or in it. */
function* asking({ drawing, chance, client }: Scene, asksBefore: boolean): Steps {
  const token = act.soundToken(drawing);
  const answer: HandlerAnswer = chance.percent(50) ? { answer: 'token', token } : { answer: 'null' };
  yield act.startSession(client, token, { intervalMs, answers: [answer] });
  if (!asksBefore) return;
  yield* act.holdOnce(drawing, refreshHandlerOf(client.name));
  yield { do: 'advance', ms: intervalMs };
}

const ways: readonly (readonly [weight: number, way: (scene: Scene) => Steps])[] = [
  [1, ended],
  [4, connecting],
  [5, unanswered],
  [6, updating],
  [8, closing],
  [3, waiting],
  [2, disconnected],
];

function* ended({ client }: Scene): Steps {
  yield { do: 'endSession', client: client.name };
}

/** With the session that it had, whose results are fulfilled, or with another. */
function* connecting({ drawing, chance, client, token }: Scene): Steps {
  const isSame = chance.percent(50);
  if (isSame) yield { do: 'disconnect', client: client.name };
  yield* act.holdOnce(drawing, chance.percent(35) ? openingOf(client.name) : verifyOf(client.name));
  yield isSame ? { do: 'connect', client: client.name } : act.startSession(client, token());
}

/** Accepted, and that not heard, or its subscriptions not answered yet. */
function* unanswered(scene: Scene): Steps {
  const { drawing, chance, client, token } = scene;
  yield* act.holdOnce(drawing, verifyOf(client.name));
  yield act.startSession(client, token());
  yield { do: 'hold', label: toClient(client.name) };
  yield* act.releaseHeld(drawing, verifyOf(client.name));
  if (chance.percent(35)) return;
  yield { do: 'deliver', label: toClient(client.name), count: 1 };
  if (chance.percent(40) && act.isOpen(client)) yield* updating(scene);
}

function* updating({ drawing, chance, client }: Scene): Steps {
  yield* act.holdOnce(drawing, chance.pick([toServer(client.name), verifyOf(client.name)]));
  yield { do: 'updateSessionToken', client: client.name, token: act.nextToken(drawing, client) };
}

/** The server may not know of it, or may have answered already. */
function* closing({ drawing, chance, client }: Scene): Steps {
  yield* act.holdOnce(drawing, chance.percent(70) ? toServer(client.name) : toClient(client.name));
  if (chance.percent(50)) yield { do: 'disconnect', client: client.name };
  else yield { do: 'startSession', client: client.name, token: { kind: 'current' }, connect: false, refresh: null };
}

function* waiting({ chance, client, token }: Scene): Steps {
  if (!client.refused && chance.percent(60)) yield { do: 'refuseConnections', client: client.name };
  if (client.refused && chance.percent(50)) yield act.startSession(client, token());
  else yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
}

/** The same token again keeps what a session has, another one begins anew. */
function* disconnected({ chance, client, token }: Scene): Steps {
  const same: TokenSpec = { kind: 'current' };
  if (chance.percent(50)) yield { do: 'disconnect', client: client.name };
  else yield { do: 'startSession', client: client.name, token: chance.pick([same, token()]), connect: false, refresh: null };
}

/** Few runs have these at all, so that they weigh more where they are. */
const weights: Partial<Readonly<Record<StepKind, number>>> = {
  restartServer: 12,
  failStorage: 8,
  inject: 6,
  restartClient: 4,
  cut: 2,
  jumpWallClock: 2,
};

/** Only of the kinds that this run has. */
function faultsFor({ profile, forecast, chance }: Drawing, client: ClientForecast): readonly (readonly [weight: number, step: Step])[] {
  const { name } = client;
  const isCarrying = isCuttable(client);
  const isConnected = isCarrying || client.stage === 'opening' || client.stage === 'closing';
  const keepsTail = chance.percent(50);
  const byMs = chance.pick([-60_000, 60_000]);
  const everything: readonly (readonly [suits: boolean, step: Step])[] = [
    [isConnected, { do: 'cut', client: name, how: 'clean' }],
    [isConnected, { do: 'cut', client: name, how: 'abrupt' }],
    [isConnected, { do: 'cut', client: name, how: 'halfOpen' }],
    [!client.refused, { do: 'refuseConnections', client: name }],
    [!forecast.held.has(storeOf(name)), { do: 'hold', label: storeOf(name) }],
    [true, { do: 'jumpWallClock', process: name, byMs }],
    [true, { do: 'jumpWallClock', process: 'server', byMs }],
    [forecast.up, { do: 'restartServer', how: 'graceful', keepsTail }],
    [forecast.up, { do: 'restartServer', how: 'crash', keepsTail }],
    [forecast.failing === null, { do: 'failStorage', process: 'server', keepsTail }],
    [!client.storageFails, { do: 'failStorage', process: name, keepsTail: false }],
    [true, { do: 'restartClient', client: name, keepsTail }],
    [isCarrying, { do: 'inject', client: name, to: 'server', nonsense: 'notJson' }],
    [isCarrying, { do: 'inject', client: name, to: 'client', nonsense: 'notJson' }],
  ];
  return everything.filter(([suits, step]) => suits && weightOf(profile, step.do) > 0).map(([, step]) => [weights[step.do] ?? 1, step]);
}
