/** The timers of a client run once a minute, as those of a hidden browser tab do, or when they are due again. */
import type { Performing } from '../driving/performing.ts';
import { clientOf, isConnected } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, flag, object } from '../language/shapes.ts';
import { begins } from '../language/step-names.ts';
import { defineStep, meant, nothingPlainer, ofClient } from './step.ts';

export const throttleTimers = defineStep(object({ do: choice(['throttleTimers']), client, isThrottled: flag }))({
  ...ofClient,
  needs: () => ['heartbeats'],
  say: ({ client: name, isThrottled }) => `the timers of ${name} run ${isThrottled ? 'once a minute' : 'when they are due again'}`,
  swarm: { weight: 25, family: 'sleep', isIndispensable: false, isSequential: false },
  suits: () => 10,
  generate: ({ chance, forecast }) => {
    const of = chance.weighted(forecast.clients.map((each) => [isConnected(each) ? 10 : 2, each]));
    return { do: 'throttleTimers', client: of.name, isThrottled: !of.throttled };
  },
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of !== undefined) of.throttled = step.isThrottled;
  },
  shrink: nothingPlainer,
  names: ({ client: of }) => begins(`throttling ${of}`),
  strike: () => null,
  concerns: (step) => [step.client],
  perform: (performing, step) => meant(throttle(performing, step.client, step.isThrottled)),
});

/** False where that changes nothing. */
export function throttle({ reports, world }: Pick<Performing, 'reports' | 'world'>, name: string, isThrottled: boolean): boolean {
  if (!world.throttleTimers(name, isThrottled)) return false;
  reports.tell({ kind: 'throttled', client: name, isThrottled });
  return true;
}
