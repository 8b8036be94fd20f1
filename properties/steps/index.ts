/** Every kind of step: how much it suits the run now (a factor on the profile's weight; 0: not at all), and how it is drawn. */

import { type CommandKind, commandDraws } from '../commands/index.ts';
import type { Drawing, StepDraw } from '../generation/context.ts';
import { faultDraws, isCuttable } from '../generation/faults.ts';
import { drawPushed } from '../generation/schema-changes.ts';
import { cloneForecast } from '../generation/state/clone.ts';
import type { CallbackKind, ClientForecast } from '../generation/state/state.ts';
import { drawAdvance, drawDeliver, drawHold, drawRelease, labelsWaiting } from '../generation/waiting.ts';
import { foresee } from '../generator/apply.ts';
import { callbacks } from '../scripts/parse-steps.ts';
import type { CommandStep, Step, StepKind } from '../scripts/script.ts';

function commandDraw(kind: CommandKind): StepDraw {
  return {
    suits: ({ forecast }) => Math.max(...forecast.clients.map((client) => commandDraws[kind].suits(client, forecast))),
    draw: (drawing) => drawCommand(drawing, kind),
  };
}

function drawCommand(drawing: Drawing, kind: CommandKind): CommandStep {
  const { chance, forecast } = drawing;
  const command = commandDraws[kind];
  const weighed = forecast.clients.map((client): [number, ClientForecast] => [command.suits(client, forecast), client]);
  return command.draw(drawing, chance.weighted(weighed));
}

/** `suits` is on a scale where 10 is usual. */
export const stepDraws: Readonly<Record<StepKind, StepDraw>> = {
  startSession: commandDraw('startSession'),
  updateSessionToken: commandDraw('updateSessionToken'),
  endSession: commandDraw('endSession'),
  connect: commandDraw('connect'),
  disconnect: commandDraw('disconnect'),
  subscribe: commandDraw('subscribe'),
  unsubscribe: commandDraw('unsubscribe'),
  insert: commandDraw('insert'),
  update: commandDraw('update'),
  delete: commandDraw('delete'),
  transact: commandDraw('transact'),
  clear: commandDraw('clear'),
  together: { suits: () => 10, draw: drawTogether },
  inCallback: { suits: ({ forecast }) => (forecast.clients.some(({ callbacks }) => callbacks.length > 1) ? 0 : 10), draw: drawInCallback },
  // Four labels of every client are always worth holding, so with fewer held there is one left.
  hold: { suits: ({ forecast }) => (forecast.held.size > 3 ? 0 : 12 - 3 * forecast.held.size), draw: drawHold },
  release: { suits: ({ forecast }) => 10 * forecast.held.size, draw: drawRelease },
  deliver: { suits: ({ forecast }) => 30 * labelsWaiting(forecast).length, draw: drawDeliver },
  advance: { suits: () => 10, draw: drawAdvance },
  cut: {
    suits: ({ forecast }) => (forecast.clients.some(isCuttable) ? 10 : 0),
    draw: ({ chance, forecast }) => ({
      do: 'cut',
      client: chance.pick(forecast.clients.filter(isCuttable)).name,
      how: chance.pick(['clean', 'abrupt', 'abrupt', 'halfOpen']),
    }),
  },
  refuseConnections: {
    suits: ({ forecast }) => (forecast.clients.some(({ refused }) => !refused) ? 10 : 0),
    draw: ({ chance, forecast }) => ({
      do: 'refuseConnections',
      client: chance.pick(forecast.clients.filter(({ refused }) => !refused)).name,
    }),
  },
  acceptConnections: {
    suits: ({ forecast }) => (forecast.clients.some(({ refused }) => refused) ? 40 : 0),
    draw: ({ chance, forecast }) => ({
      do: 'acceptConnections',
      client: chance.pick(forecast.clients.filter(({ refused }) => refused)).name,
    }),
  },
  jumpWallClock: {
    suits: () => 10,
    draw: ({ chance, forecast }) => ({
      do: 'jumpWallClock',
      process: chance.pick(['server', 'server', ...forecast.clients.map(({ name }) => name)]),
      byMs: chance.pick([1000, -1000, 2000, -5000, 30_000, -30_000, 120_000, -120_000]),
    }),
  },
  rotateKeys: { suits: ({ forecast }) => (forecast.keySet ? 10 : 0), draw: () => ({ do: 'rotateKeys' }) },
  pushSchema: {
    suits: ({ forecast }) => (forecast.up ? 10 : 0),
    draw: (drawing) => ({ do: 'pushSchema', schema: drawPushed(drawing) }),
  },
  ...faultDraws,
};

const grouped: readonly (readonly [number, CommandKind])[] = [
  [4, 'startSession'],
  [5, 'updateSessionToken'],
  [3, 'endSession'],
  [2, 'connect'],
  [3, 'disconnect'],
  [5, 'subscribe'],
  [4, 'unsubscribe'],
  [6, 'insert'],
  [8, 'update'],
  [5, 'delete'],
  [6, 'transact'],
  [1, 'clear'],
];

/** The command kinds of this run that suit this client, by weight; what the profile left out stays out. */
function commandsFor(drawing: Drawing, client: ClientForecast): readonly (readonly [number, CommandKind])[] {
  const suited = grouped.map(([weight, kind]): [number, CommandKind] => [
    drawing.profile.weights[kind] === 0 ? 0 : weight * commandDraws[kind].suits(client, drawing.forecast),
    kind,
  ]);
  return suited.filter(([weight]) => weight > 0);
}

/** Two to four commands, half of the time all of one client, each drawn as if those before had been carried out. */
function drawTogether(drawing: Drawing): Step {
  const { chance, forecast } = drawing;
  const only = chance.percent(60) ? chance.pick(forecast.clients) : undefined;
  const count = chance.weighted([
    [6, 2],
    [3, 3],
    [1, 4],
  ]);
  const ahead: Drawing = { ...drawing, forecast: cloneForecast(forecast) };
  const commands: CommandStep[] = [];
  for (let index = 0; index < count; index += 1) {
    const client = only ?? chance.pick(forecast.clients);
    const command = drawCommandOf(ahead, client.name);
    commands.push(command);
    foresee(ahead.forecast, command);
  }
  return { do: 'together', commands };
}

function drawCommandOf(drawing: Drawing, name: string): CommandStep {
  const client = drawing.forecast.clients.find((candidate) => candidate.name === name) ?? drawing.chance.pick(drawing.forecast.clients);
  return commandDraws[drawing.chance.weighted(commandsFor(drawing, client))].draw(drawing, client);
}

function drawInCallback(drawing: Drawing): Step {
  const client = drawing.chance.pick(drawing.forecast.clients);
  const live = client.subscriptions.some((subscription) => subscription.live);
  const judged = drawing.forecast.schema !== null;
  const fitting = callbacks.filter((callback) => judged || callback !== 'syncFailed');
  const likely: readonly CallbackKind[] = live ? [...fitting, 'results', 'results'] : fitting;
  const callback = drawing.chance.pick(likely);
  return { do: 'inCallback', client: client.name, callback, command: drawCommandOf(drawing, client.name) };
}
