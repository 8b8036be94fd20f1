/** What a rule's traces are: one that the rule allows, and one with the natural mistake, told apart by as little as possible. */
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Action } from '../actions.ts';

export interface Trace {
  readonly title: string;
  readonly actions: readonly Action[];
}
export interface RuleTraces {
  readonly rule: string;
  /** The server's at the start, where there is one; and the first client's. */
  readonly schema?: Schema;
  readonly clientSchema?: Schema;
  /** Runs through. */
  readonly accepts: Trace;
  /** Is rejected at its last action, with the number of the rule. */
  readonly rejects: Trace;
}
