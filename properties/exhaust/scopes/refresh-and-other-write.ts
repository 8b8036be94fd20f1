import { add, refreshing, scope, startSession, subscribe, tokenOf } from '../scope.ts';

export const refreshAndOtherWrite = scope({
  sentence: 'a token is refreshed by its handler while another client writes',
  rules: ['S4', 'S7', 'S3'],
  tooth: 'refreshed-connection-goes-quiet',
  setup: [refreshing('c1'), startSession('c2', tokenOf('bob')), subscribe('c1', 's1'), { do: 'advance', ms: 10_000 }],
  threads: [[add('c2', 'rent')]],
});
