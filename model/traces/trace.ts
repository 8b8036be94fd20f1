/** What a rule's traces are: one that the rule allows, and one with the natural mistake, told apart by as little as possible. */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Action } from '../actions.ts';

export interface Trace {
  readonly title: string;
  readonly actions: readonly Action[];
}
/** One that runs through, and one that is rejected at its last action, with the number of the rule. */
export interface TracePair {
  readonly accepts: Trace;
  readonly rejects: Trace;
}
export interface RuleTraces extends TracePair {
  readonly rule: string;
  /** The server's at the start, where there is one; and the first client's. */
  readonly schema?: Schema;
  readonly clientSchema?: Schema;
  /** Tokens are signed by keys of a key set. */
  readonly keySet?: true;
  /** The server's, where they are not those of the law. */
  readonly bounds?: Partial<Bounds>;
  /** Further pairs, by clauses of the rule. */
  readonly also?: readonly TracePair[];
}
