import { scope } from '../scope.ts';
import { endSessionAndRefresh } from './end-session-and-refresh.ts';

/** The smallest of all, so that each of its schedules can be run by itself too. */
export const endSession = scope({
  ...endSessionAndRefresh,
  sentence: 'a session ends while its token is being refreshed',
  rules: ['S10', 'S7'],
  tooth: 'refresh-timer-survives-session',
  threads: [[{ do: 'endSession', client: 'c1' }]],
});
