/** What a rule's traces are: one that the rule allows, and one with the natural mistake, told apart by as little as possible. */
import type { Action } from '../actions.ts';

export interface Trace {
  readonly title: string;
  readonly actions: readonly Action[];
}
export interface RuleTraces {
  readonly rule: string;
  /** Runs through. */
  readonly accepts: Trace;
  /** Is rejected at its last action, with the number of the rule. */
  readonly rejects: Trace;
}
