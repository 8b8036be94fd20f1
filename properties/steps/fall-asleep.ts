/**
 * The process of a client sleeps, as on a laptop whose lid is closed: nothing of it happens any more. Its wall clock goes on;
 * whether its monotonic clock does depends on the system, so both kinds are tried.
 */
import { clientOf, isConnected } from '../generation/state/state.ts';
import { earlier } from '../language/lists.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { begins } from '../language/step-names.ts';
import { defineStep, meant, ofClient } from './step.ts';

/** The plainest first. */
const clocks = ['runs', 'stands'] as const;

export const fallAsleep = defineStep(object({ do: choice(['fallAsleep']), client, clock: choice(clocks) }))({
  ...ofClient,
  needs: () => ['heartbeats'],
  say: ({ client: name, clock }) => `${name} falls asleep${clock === 'stands' ? ', and its monotonic clock stands' : ''}`,
  swarm: { weight: 25, family: 'sleep', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some((of) => !of.asleep && isConnected(of)) ? 20 : 2),
  generate: ({ chance, forecast }) => ({
    do: 'fallAsleep',
    client: chance.weighted(forecast.clients.map((of) => [of.asleep ? 1 : isConnected(of) ? 20 : 4, of])).name,
    clock: chance.pick(clocks),
  }),
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of !== undefined) of.asleep = true;
  },
  *shrink(step) {
    for (const clock of earlier(clocks, step.clock)) yield [{ ...step, clock }];
  },
  oddity: (step) => clocks.indexOf(step.clock),
  names: ({ client: of }) => begins(`sleep ${of}`),
  strike: () => null,
  concerns: (step) => [step.client],
  perform: ({ reports, world }, step) => {
    if (!world.fallAsleep(step.client, step.clock)) return meant(false);
    reports.tell({ kind: 'fellAsleep', client: step.client });
    return meant(true);
  },
});
