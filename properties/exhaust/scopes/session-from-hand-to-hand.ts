import { follows, scope, startSession, tokenOf } from '../scope.ts';

/** One session after another on one client, each command before the last has come to its end: five steps are bearable where nobody writes. */
export const sessionFromHandToHand = scope({
  sentence: 'a client that follows leaves, returns, ends its session and begins another for somebody else',
  rules: ['S1', 'S2', 'S10'],
  tooth: 'late-close-hits-new-session',
  clients: ['c1'],
  setup: follows('c1', 'ann'),
  threads: [
    [
      { do: 'disconnect', client: 'c1' },
      { do: 'connect', client: 'c1' },
      { do: 'endSession', client: 'c1' },
      startSession('c1', tokenOf('bob')),
    ],
  ],
});
