import { bothFollowFrom, milk, retitle, type Scope, startSession, tokenOf } from '../scope.ts';

/** A token is refreshed by its handler while its client writes what another one follows. */
export const refreshAndWrite: Scope = {
  name: 'refresh-and-write',
  sentence: 'a token is refreshed by its handler while its client writes what another one follows',
  rules: ['S4', 'S7', 'S3'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [
    ...bothFollowFrom(
      startSession('c1', tokenOf('ann'), { intervalMs: 10_000, answers: [{ answer: 'token', token: tokenOf('ann', 60_000) }] }),
    ),
    { do: 'advance', ms: 10_000 },
  ],
  threads: [[retitle('c1', 'of c1')]],
};
