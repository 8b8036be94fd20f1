/**
 * The heart: every action is told to the model, and what the model rejects is a failure. It runs first, because the
 * other checks read the state that it keeps.
 */
import { type Action, initialState, type ModelConfiguration, type State, step } from '../../model/index.ts';
import type { Check, Finding } from './check.ts';

export interface Lockstep {
  readonly state: () => State;
  readonly tell: (action: Action) => Finding | null;
}

export function beginLockstep(configuration: ModelConfiguration): Lockstep {
  let state = initialState(configuration);
  return {
    state: () => state,
    tell: (action) => {
      const taken = step(state, action);
      if (!taken.ok) return taken.rejected;
      state = taken.state;
      return null;
    },
  };
}

/** Its watch is empty: the run tells the model itself, since all other checks need the state. */
export const lockstep: Check = {
  name: 'lockstep',
  sentence: 'After every step and every task, what each process showed is among what the model allows; at quiescence it is exactly that.',
  rules: Object.entries({ S: 11, Q: 7, H: 5, W: 6, P: 2, C: 5, K: 3, B: 6, E: 3 }).flatMap(([family, rules]) => numbered(family, rules)),
  begin: () => ({}),
};

/** `S1`, `S2` … up to the last of the family. */
function numbered(family: string, last: number): readonly string[] {
  return Array.from({ length: last }, (_, index) => `${family}${index + 1}`);
}
