import { add, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A client clears its store and asks again for what it had followed, while another one writes it. */
export const clearAndOtherWrite: Scope = {
  name: 'clear-and-other-write',
  sentence: 'a client clears its store and asks again for what it had followed, while another one writes it',
  rules: ['K1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [
    startSession('c1', tokenOf('ann')),
    subscribe('c1', 's1'),
    { do: 'unsubscribe', client: 'c1', subscription: 's1' },
    startSession('c2', tokenOf('bob')),
  ],
  threads: [[{ do: 'clear', client: 'c1' }, subscribe('c1', 's2')], [add('c2', 'rent')]],
};
