/** What a client's storage holds is copied; a client may be restarted on the copy later (K2, W1). */
import { clientOf, type Forecast } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, ofClient } from './step.ts';

export const copyStorage = defineStep(object({ do: choice(['copyStorage']), client }))({
  ...ofClient,
  needs: () => ['storageCopies'],
  say: (step) => `the storage of ${step.client} is copied`,
  swarm: { weight: 30, family: 'copies', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some((of) => of.session !== undefined) ? 12 : 2),
  generate: ({ chance, forecast }) => ({ do: 'copyStorage', client: chance.pick(forecast.clients).name }),
  apply: (forecast, step) => copy(forecast, step.client),
  *shrink() {},
  concerns: (step) => [step.client],
  strike: () => null,
  perform: async ({ hosts }, step) => (hosts.copyStorage(step.client) ? 0 : null),
});

function copy(forecast: Forecast, name: string): void {
  const of = clientOf(forecast, name);
  if (of !== undefined) forecast.copies.set(name, [...of.outbox]);
}
