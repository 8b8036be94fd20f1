/** A client ends its session (S10). */
import { leave } from '../generation/state/client.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { bareCommand, defineCommand, plainCall, ready } from './command.ts';

export const endSession = defineCommand(object({ do: choice(['endSession']), client }))({
  ...bareCommand,
  needs: ['sessions'],
  say: (command) => `${command.client} ends its session`,
  swarm: { weight: 15, weightInGroup: 3, family: null, isIndispensable: false, isSequential: true },
  suits: (of) => (of.session === undefined ? 0 : 10),
  generate: (_, of) => ({ do: 'endSession', client: of.name }),
  apply: (forecast, of) => {
    leave(forecast, of, 'none');
    of.session = undefined;
  },
  prepare: ({ call, nextPromise }, process) =>
    ready(() => call(process, { do: 'endSession', promise: nextPromise() }, () => process.client.endSession())),
  call: { ...plainCall, makesLate: true, beginsAnew: true },
});
