/** From now on a client's attempts to connect fail. */
import { clientOf } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { begins } from '../language/step-names.ts';
import { defineStep, meant, nothingPlainer, ofClient } from './step.ts';

export const refuseConnections = defineStep(object({ do: choice(['refuseConnections']), client }))({
  ...ofClient,
  needs: () => [],
  say: (step) => `connections of ${step.client} are refused`,
  mark: (step) => ({ process: step.client, title: 'its connections are refused from now on' }),
  swarm: { weight: 12, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some(({ refused }) => !refused) ? 10 : 0),
  generate: ({ chance, forecast }) => ({
    do: 'refuseConnections',
    client: chance.pick(forecast.clients.filter(({ refused }) => !refused)).name,
  }),
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of !== undefined) of.refused = true;
  },
  names: ({ client: of }) => begins(`refusal ${of}`),
  strike: (step) => ({ fault: 'refuse', client: step.client }),
  shrink: nothingPlainer,
  concerns: () => null,
  perform: ({ world }, step) => meant(world.refuseConnections(step.client)),
});
