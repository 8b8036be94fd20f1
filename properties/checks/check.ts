/**
 * A check: one property that every run must have. It sees each action as it is told to the model, each quiescence and
 * the end; it answers with a finding or with nothing. A new property is a new file here, named in index.ts.
 */
import type { Action, State } from '../../model/index.ts';
import type { Finding } from '../finding.ts';

export type { Finding };

/** What the world tells once everything has settled and every session has ended. */
export interface Remains {
  readonly timers: readonly string[];
  readonly groups: readonly string[];
  readonly connections: readonly string[];
}

/** The running check of one run. All parts are optional; each answers null where all is well. */
export interface Watch {
  readonly onAction?: (action: Action, model: ModelView) => Finding | null;
  readonly onSettled?: (model: ModelView) => Finding | null;
  readonly onEnd?: (remains: Remains) => Finding | null;
}
/** The model as the lockstep check leaves it after the action. */
export interface ModelView {
  readonly state: () => State;
}
export interface Check {
  readonly name: string;
  /** The property in one plain sentence. */
  readonly sentence: string;
  /** The rules of SPEC.md that it enforces. */
  readonly rules: readonly string[];
  readonly begin: () => Watch;
}
