/** A client closes its connection, and stays away until somebody connects it (S9). */
import { leave, stopAsking } from '../generation/state/client.ts';
import { isConnected } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { bareCommand, defineCommand, plainCall, ready } from './command.ts';

export const disconnect = defineCommand(object({ do: choice(['disconnect']), client }))({
  ...bareCommand,
  needs: ['sessions'],
  say: (command) => `${command.client} disconnects`,
  swarm: { weight: 20, weightInGroup: 3, family: null, isIndispensable: false, isSequential: true },
  suits: (of) => (isConnected(of) ? 10 : of.stage === 'waiting' ? 6 : 1),
  generate: (_, of) => ({ do: 'disconnect', client: of.name }),
  apply: (forecast, of) => {
    if (of.session === undefined) return;
    stopAsking(of.session);
    leave(forecast, of, 'closing');
  },
  prepare: ({ call }, process) => ready(() => call(process, { do: 'disconnect' }, () => process.client.disconnect())),
  call: { ...plainCall, makesLate: true },
});
