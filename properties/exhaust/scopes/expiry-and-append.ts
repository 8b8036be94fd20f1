import { bothFollowFrom, retitle, scope, startSession, tokenOf } from '../scope.ts';

export const expiryAndAppend = scope({
  sentence: 'a token expires while appends of two clients are under way',
  rules: ['S5', 'S7', 'W1'],
  tooth: 'update-before-acknowledgement',
  setup: [
    ...bothFollowFrom(startSession('c1', tokenOf('ann', 20_000))),
    { do: 'hold', label: 'server append' },
    retitle('c1', 'of c1'),
    retitle('c2', 'of c2'),
    { do: 'advance', ms: 20_000 },
  ],
  threads: [[{ do: 'release', label: 'server append' }], [retitle('c1', 'second of c1')]],
});
