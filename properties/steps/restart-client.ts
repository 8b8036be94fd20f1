/** A client's process dies and begins again with its storage. `keepsTail`: what storage was doing turns out done (K2). */

import { type ClientForecast, clientOf, type Forecast, freshProcess } from '../generation/state/state.ts';
import { isWaiting } from '../generation/waiting.ts';
import { clientOfLabel, storeOf } from '../language/labels.ts';
import { client } from '../language/names.ts';
import { choice, flag, object } from '../language/shapes.ts';
import { defineStep, ofClient } from './step.ts';

export const restartClient = defineStep(object({ do: choice(['restartClient']), client, keepsTail: flag }))({
  ...ofClient,
  needs: () => ['clientStorage'],
  say: (step) => `${step.client} crashes and is restarted${step.keepsTail ? ', what it was storing is kept' : ''}`,
  swarm: { weight: 25, family: 'crashes', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => Math.max(...forecast.clients.map((of) => worthRestarting(forecast, of))),
  generate: ({ chance, forecast }) => {
    const weighed = forecast.clients.map((of): [number, ClientForecast] => [worthRestarting(forecast, of), of]);
    return { do: 'restartClient', client: chance.weighted(weighed).name, keepsTail: chance.percent(50) };
  },
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of !== undefined) restart(forecast, of, step.keepsTail);
  },
  *shrink(step) {
    if (step.keepsTail) yield [{ ...step, keepsTail: false }];
  },
  oddity: (step) => Number(step.keepsTail),
  concerns: (step) => [step.client, 'server'],
  strike: (step) => ({ fault: 'client crash', client: step.client }),
  perform: async ({ hosts }, step) => ((await hosts.restartClient(step.client, step.keepsTail)) ? 0 : null),
});

/** One that has done nothing yet has nothing to lose. */
function worthRestarting(forecast: Forecast, of: ClientForecast): number {
  if (isWaiting(forecast, storeOf(of.name)) || of.outbox.length > 0) return 30;
  return of.session === undefined && of.subscriptions.length === 0 ? 1 : 8;
}

/** Store and outbox stay, with what was being stored if it turns out done; session, subscriptions and callbacks go (K2). */
function restart(forecast: Forecast, of: ClientForecast, keepsTail: boolean): void {
  if (keepsTail) forecast.held.get(storeOf(of.name))?.queue[0]?.keep?.(forecast);
  for (const [label, hold] of forecast.held) if (clientOfLabel(label) === of.name) hold.queue.length = 0;
  Object.assign(of, freshProcess());
}
