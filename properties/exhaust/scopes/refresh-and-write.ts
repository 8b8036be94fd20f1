import { bothFollowFrom, refreshing, retitle, scope } from '../scope.ts';

export const refreshAndWrite = scope({
  sentence: 'a token is refreshed by its handler while its client writes what another one follows',
  rules: ['S4', 'S7', 'S3'],
  tooth: 'refresh-resubscribes',
  setup: [...bothFollowFrom(refreshing('c1')), { do: 'advance', ms: 10_000 }],
  threads: [[retitle('c1', 'of c1')]],
});
