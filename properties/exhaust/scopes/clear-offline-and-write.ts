import { add, scope, startSession, tokenOf } from '../scope.ts';

/** With a connection throughout it would be ten times as dear. */
export const clearOfflineAndWrite = scope({
  sentence: 'a client that is disconnected clears its store while its own write is being stored, writes again and connects',
  rules: ['K1', 'W5'],
  tooth: 'clear-hears-earlier-storage',
  clients: ['c1'],
  setup: [startSession('c1', tokenOf('ann')), { do: 'disconnect', client: 'c1' }],
  threads: [[add('c1', 'rent'), { do: 'clear', client: 'c1' }, add('c1', 'salt'), { do: 'connect', client: 'c1' }]],
});
