/** The wall clock of the machine: the one place of the library that reads it. */
import type { WallClock } from './ports.ts';

export const systemClock: WallClock = { now: () => Date.now() };
