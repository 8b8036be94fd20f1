import { add, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A token is refreshed by its handler while another client writes. */
export const refreshAndOtherWrite: Scope = {
  name: 'refresh-and-other-write',
  sentence: 'a token is refreshed by its handler while another client writes',
  rules: ['S4', 'S7', 'S3'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [
    startSession('c1', tokenOf('ann'), { intervalMs: 10_000, answers: [{ answer: 'token', token: tokenOf('ann', 60_000) }] }),
    startSession('c2', tokenOf('bob')),
    subscribe('c1', 's1'),
    { do: 'advance', ms: 10_000 },
  ],
  threads: [[add('c2', 'rent')]],
};
