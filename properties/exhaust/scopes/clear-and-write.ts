import { milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A client clears its store while its own write is under way. */
export const clearAndWrite: Scope = {
  name: 'clear-and-write',
  sentence: 'a client clears its store while its own write is under way',
  rules: ['K1', 'W5'],
  rows: milk,
  clients: ['c1'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1')],
  threads: [[retitle('c1', 'of c1'), { do: 'clear', client: 'c1' }]],
};
