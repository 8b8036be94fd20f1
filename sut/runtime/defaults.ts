/** The ports that client and server use where they are given none: the machine's own. */
import { consoleLogger } from './loggers.ts';
import { nodeTimers } from './node-timers.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

export const defaultRuntime = { wallClock: systemClock, timers: nodeTimers, random: systemRandom } as const;
export const defaultLogger = consoleLogger({ verbose: false });
