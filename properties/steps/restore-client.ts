/**
 * A client's process dies and begins again on a copy of a storage: an older state of its own, as from a backup, or the
 * state of another client, as of a device that was cloned (K2, W1).
 */
import { clientOf, type Forecast, freshProcess } from '../generation/state/state.ts';
import { clientOfLabel } from '../language/labels.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, ofClient } from './step.ts';

export const restoreClient = defineStep(object({ do: choice(['restoreClient']), client, copyOf: client }))({
  ...ofClient,
  clients: (step) => [step.client, step.copyOf],
  rename: (step, rename) => ({ ...step, client: rename(step.client), copyOf: rename(step.copyOf) }),
  needs: () => ['clientStorage', 'storageCopies'],
  say: ({ client: name, copyOf }) =>
    `${name} crashes and is restarted on ${copyOf === name ? 'the copy of its storage' : `the copy of the storage of ${copyOf}`}`,
  swarm: { weight: 30, family: 'copies', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.copies.size === 0 ? 0 : 30),
  generate: ({ chance, forecast }) => {
    const copyOf = chance.pick([...forecast.copies.keys()]);
    return { do: 'restoreClient', client: chance.percent(65) ? copyOf : chance.pick(forecast.clients).name, copyOf };
  },
  apply: (forecast, step) => restore(forecast, step.client, step.copyOf),
  *shrink(step) {
    if (step.copyOf !== step.client) yield [{ ...step, client: step.copyOf }];
  },
  oddity: (step) => Number(step.copyOf !== step.client),
  concerns: (step) => [step.client, 'server'],
  strike: (step) => ({ fault: 'client crash', client: step.client }),
  perform: async ({ hosts }, step) => ((await hosts.restartClient(step.client, false, { copyOf: step.copyOf })) ? 0 : null),
});

function restore(forecast: Forecast, name: string, copyOf: string): void {
  const of = clientOf(forecast, name);
  const copied = forecast.copies.get(copyOf);
  if (of === undefined || copied === undefined) return;
  for (const [label, hold] of forecast.held) if (clientOfLabel(label) === name) hold.queue.length = 0;
  of.outbox.splice(0, of.outbox.length, ...copied);
  Object.assign(of, freshProcess());
}
