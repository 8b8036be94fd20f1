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
  rules: [
    'S1',
    'S2',
    'S3',
    'S4',
    'S5',
    'S6',
    'S7',
    'S8',
    'S9',
    'S10',
    'S11',
    'Q1',
    'Q2',
    'Q3',
    'Q4',
    'Q5',
    'Q6',
    'H1',
    'H2',
    'H3',
    'H4',
    'W1',
    'W2',
    'W3',
    'W4',
    'W5',
    'P1',
    'P2',
    'C1',
    'C2',
    'C3',
    'C4',
    'C5',
    'K1',
    'K2',
    'B1',
    'B2',
  ],
  begin: () => ({}),
};
