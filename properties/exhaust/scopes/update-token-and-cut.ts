import { bothFollow, milk, retitle, type Scope, tokenOf } from '../scope.ts';

/** A token is updated and a row is written while the connection may be lost. */
export const updateTokenAndCut: Scope = {
  name: 'update-token-and-cut',
  sentence: 'a token is updated and a row is written while the connection may be lost',
  rules: ['S3', 'S4', 'S5'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[{ do: 'updateSessionToken', client: 'c1', token: tokenOf('ann', 60_000) }], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
};
