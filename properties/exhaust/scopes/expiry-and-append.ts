import { bothFollowFrom, milk, retitle, type Scope, startSession, tokenOf } from '../scope.ts';

/** A token expires while appends of two clients are under way. */
export const expiryAndAppend: Scope = {
  name: 'expiry-and-append',
  sentence: 'a token expires while appends of two clients are under way',
  rules: ['S5', 'S7', 'W1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [
    ...bothFollowFrom(startSession('c1', tokenOf('ann', 20_000))),
    { do: 'hold', label: 'server append' },
    retitle('c1', 'of c1'),
    retitle('c2', 'of c2'),
    { do: 'advance', ms: 20_000 },
  ],
  threads: [[{ do: 'release', label: 'server append' }], [retitle('c1', 'second of c1')]],
};
