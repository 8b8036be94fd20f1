/**
 * What a command is to the model: the shape of the call, the rule of its promise, and what it does to the state. One
 * handler each, in the folder of its rules; `commands.ts` lists them.
 */
import type { ClientName } from './observations.ts';
import type { State } from './state.ts';

export interface CommandHandler<Shape> {
  /** The rule that is broken where its promise settles in another way; null: it returns none. */
  readonly rule: Shape extends Promising ? string : null;
  /** What it does, once its promise is noted as open. */
  readonly take: (state: State, name: ClientName, command: Shape) => State;
  /**
   * For a call that goes on after it was taken: what became of it by the last action, asked after every action as long as
   * the promise is among those that its client follows (`followed`). Absent: the call is done once it is taken, or others
   * settle its promise.
   */
  readonly follow?: (before: State, state: State, name: ClientName, promise: string) => State;
}

/** A command that returns a promise. `promise` names the outcome to be observed (`p3`); unique in a run. */
export interface Promising {
  readonly promise: string;
}

/** A call without arguments. */
export type Bare = Readonly<Record<never, never>>;
