/** A client's attempts to connect reach the server again. */
import { clientOf } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { ends } from '../language/step-names.ts';
import { defineStep, meant, nothingPlainer, ofClient } from './step.ts';

export const acceptConnections = defineStep(object({ do: choice(['acceptConnections']), client }))({
  ...ofClient,
  needs: () => [],
  say: (step) => `connections of ${step.client} are accepted again`,
  mark: (step) => ({ process: step.client, title: 'its connections are accepted again' }),
  swarm: { weight: 20, family: null, isIndispensable: true, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some(({ refused }) => refused) ? 40 : 0),
  generate: ({ chance, forecast }) => ({
    do: 'acceptConnections',
    client: chance.pick(forecast.clients.filter(({ refused }) => refused)).name,
  }),
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of !== undefined) of.refused = false;
  },
  names: ({ client: of }) => ends(`refusal ${of}`),
  shrink: nothingPlainer,
  concerns: () => null,
  strike: () => null,
  perform: ({ world }, step) => meant(world.acceptConnections(step.client)),
});
