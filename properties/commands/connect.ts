/** A client connects, or tries again at once (S2). */
import { attempt } from '../generation/state/client.ts';
import { isConnected } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { bareCommand, defineCommand, plainCall, ready } from './command.ts';

export const connect = defineCommand(object({ do: choice(['connect']), client }))({
  ...bareCommand,
  needs: ['sessions'],
  say: (command) => `${command.client} connects`,
  swarm: { weight: 20, weightInGroup: 2, family: null, isIndispensable: false, isSequential: true },
  suits: (of) => (of.session === undefined || isConnected(of) ? 1 : 25),
  generate: (_, of) => ({ do: 'connect', client: of.name }),
  apply: (forecast, of) => {
    if (of.session === undefined || isConnected(of)) return;
    of.session.wanted = true;
    attempt(forecast, of);
  },
  prepare: ({ call }, process) => ready(() => call(process, { do: 'connect' }, () => process.client.connect())),
  call: { ...plainCall, makesLate: true },
});
