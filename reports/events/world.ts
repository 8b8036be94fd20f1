/** What happens around clients and server. */
import { sayDuration } from '../../properties/scripts/words-time.ts';
import { sayDifference, seenAt } from './quiescence.ts';
import type { Sayings } from './saying.ts';

export const world: Sayings<'wallJumped' | 'keysRotated' | 'time' | 'quiescent'> = {
  wallJumped: {
    word: 'wall-clock',
    meaning: 'a wall clock jumps',
    exact: ({ byMs }) => `${byMs < 0 ? '' : '+'}${byMs} ms`,
    drawn: 'fault',
    title: ({ byMs }) => `its wall clock jumps ${sayDuration(Math.abs(byMs))} ${byMs < 0 ? 'back' : 'ahead'}`,
    phrase: null,
  },
  keysRotated: {
    word: 'rotated',
    meaning: 'tokens are signed by a new key from now on',
    exact: ({ key }) => key,
    drawn: 'fault',
    title: ({ key }) => `tokens are signed by ${key} from now on`,
    phrase: null,
  },
  time: {
    word: 'time',
    meaning: 'time moves on',
    exact: ({ nowMs }) => `${nowMs} ms`,
    drawn: 'time',
    title: ({ nowMs }) => `the time is ${sayDuration(nowMs)}`,
    phrase: null,
  },
  quiescent: {
    word: 'quiet',
    meaning: 'nothing can move; what differs from the last time is told',
    exact: ({ quiescence }) => sayDifference(null, seenAt(quiescence)),
    drawn: 'quiescent',
    title: ({ quiescence: { blocked } }) => (blocked.length === 0 ? 'all is quiet' : `quiet, but for what is held: ${blocked.join(', ')}`),
    phrase: null,
  },
};
