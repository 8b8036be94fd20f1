/** A client empties its store (K1). */
import { attempt, leave } from '../generation/state/client.ts';
import { complete, fire } from '../generation/state/route.ts';
import { isConnected } from '../generation/state/state.ts';
import { storeOf } from '../language/labels.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { bareCommand, defineCommand, plainCall, ready } from './command.ts';

export const clear = defineCommand(object({ do: choice(['clear']), client }))({
  ...bareCommand,
  needs: ['clear'],
  say: (command) => `${command.client} clears its store`,
  swarm: { weight: 30, weightInGroup: 1, family: 'clear', isIndispensable: false, isSequential: true },
  suits: (of, forecast) => (of.outbox.length > 0 || forecast.held.has(storeOf(of.name)) ? 25 : 8),
  generate: (_, of) => ({ do: 'clear', client: of.name }),
  /** What was on its way to the store is discarded; a live connection is left for one of the fresh client id (K1). */
  apply: (forecast, of) => {
    of.epoch += 1;
    of.outbox.length = 0;
    complete(forecast, storeOf(of.name), { happen: () => {} });
    fire(forecast, of, 'results');
    if (!isConnected(of)) return;
    leave(forecast, of, 'closed');
    attempt(forecast, of);
  },
  prepare: ({ call, nextPromise }, process) =>
    ready(() => call(process, { do: 'clear', promise: nextPromise() }, () => process.client.clear())),
  call: { ...plainCall, isStored: true, makesLate: true, beginsAnew: true },
});
