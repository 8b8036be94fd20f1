/** What happens around clients and server. */
import { sayDuration } from '../../properties/language/words-time.ts';
import { sayDifference, seenAt } from './quiescence.ts';
import { event, type SomeSayings } from './saying.ts';

export const world = {
  wallJumped: {
    ...event('wall-clock', 'fault', 'a wall clock jumps'),
    exact: ({ byMs }) => `${byMs < 0 ? '' : '+'}${byMs} ms`,
    title: ({ byMs }) => `its wall clock jumps ${sayDuration(Math.abs(byMs))} ${byMs < 0 ? 'back' : 'ahead'}`,
  },
  fellAsleep: {
    ...event('asleep', 'fault', 'a client sleeps: nothing happens at it'),
    exact: () => '',
    title: () => 'it falls asleep',
  },
  wokeUp: {
    ...event('awake', 'fault', 'a client that slept goes on'),
    exact: ({ stoodMs }) => (stoodMs === 0 ? '' : `its clock stood for ${stoodMs} ms`),
    title: ({ stoodMs }) => (stoodMs === 0 ? 'it wakes up' : `it wakes up; its monotonic clock stood for ${sayDuration(stoodMs)}`),
  },
  throttled: {
    ...event('timers', 'fault', 'the timers of a client run once a minute, or when they are due again'),
    exact: ({ isThrottled }) => (isThrottled ? 'once a minute' : 'when due'),
    title: ({ isThrottled }) => `its timers run ${isThrottled ? 'once a minute' : 'when they are due again'}`,
  },
  keysRotated: {
    ...event('rotated', 'fault', 'tokens are signed by a new key from now on'),
    exact: ({ key }) => key,
    title: ({ key }) => `tokens are signed by ${key} from now on`,
  },
  time: {
    ...event('time', 'time', 'time moves on'),
    exact: ({ nowMs }) => `${nowMs} ms`,
    title: ({ nowMs }) => `the time is ${sayDuration(nowMs)}`,
  },
  rejectionLost: {
    ...event('lost', 'fault', 'a promise was rejected that nobody handles'),
    exact: ({ shown }) => shown,
    title: ({ shown }) => `a rejection reaches nobody: ${shown}`,
  },
  processLost: {
    ...event('gone', 'fault', 'a turn never ended, or ended its process'),
    exact: ({ how, shown }) => `${how}: ${shown}`,
    title: ({ shown }) => `the process is lost: ${shown}`,
  },
  quiescent: {
    ...event('quiet', 'quiescent', 'nothing can move; what differs from the last time is told'),
    exact: ({ quiescence }) => sayDifference(null, seenAt(quiescence)),
    title: ({ quiescence: { blocked } }) => (blocked.length === 0 ? 'all is quiet' : `quiet, but for what is held: ${blocked.join(', ')}`),
  },
} satisfies SomeSayings;
