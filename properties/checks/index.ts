/** All checks, in the order in which they run. A test holds this list and the folder together. */
import type { Check } from './check.ts';
import { emissions } from './emissions.ts';
import { liveness } from './liveness.ts';
import { lockstep } from './lockstep.ts';
import { remains } from './remains.ts';
import { statuses } from './statuses.ts';

export const checks: readonly Check[] = [lockstep, statuses, emissions, liveness, remains];
