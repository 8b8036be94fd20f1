/**
 * What a command is: one call of a client's public API, as one file. The file says how the command looks in a script, how
 * it is described, when and with what it is generated, how it shrinks, and how it is performed. Its meaning is the model's.
 */
import type { Command as AnyCall, TransactionOperation } from '../../model/index.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Call, Commanding } from '../driving/performing.ts';
import type { ClientProcess } from '../driving/processes.ts';
import type { Drawing } from '../generation/context.ts';
import type { SwarmRole } from '../generation/profile.ts';
import type { ClientForecast, Forecast } from '../generation/state/state.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Shape } from '../language/shapes.ts';
import { type Names, noNames } from '../language/step-names.ts';
import type { TokenSpec } from '../language/tokens.ts';

export interface AnyCommand {
  readonly do: string;
  readonly client: string;
}

/** `Plainer` are the commands that it may shrink to. */
export interface CommandDefinition<Command extends AnyCommand, Plainer extends AnyCommand = Command> {
  /** How it is read; `do` first, then `client`. */
  readonly shape: Shape<Command>;
  /** What a system must have for it to mean anything. */
  readonly needs: readonly Capability[];
  readonly say: (command: Command) => string;
  readonly swarm: SwarmRole & {
    /** Its weight where commands are issued together or inside a callback; 0: it never is. */
    readonly weightInGroup: number;
  };
  /** How well it suits a client now: 0 not at all, 10 as well as any. */
  readonly suits: (client: ClientForecast, forecast: Forecast) => number;
  readonly generate: (drawing: Drawing, client: ClientForecast) => Command;
  /** What it does to the generation state, which only guesses. */
  readonly apply: (forecast: Forecast, client: ClientForecast, command: Command) => void;
  readonly shrink: (command: Command) => Iterable<Plainer>;
  /** How far it is from the plainest of its kind. */
  readonly oddity: (command: Command) => number;
  /** What it begins or needs to have been begun. */
  readonly names: (command: Command) => Names;
  /** The parts that whole-script changes reach; null: it has none of that kind. */
  readonly parts: {
    readonly tokens: Change<Command, TokenSpec> | null;
    readonly query: Change<Command, Query> | null;
    readonly operations:
      | ((command: Command, change: (operation: TransactionOperation) => TransactionOperation) => Command | Plainer)
      | null;
  };
  /** Makes ready what the call needs; null: it means nothing now (a skip). */
  readonly prepare: (commanding: Commanding, process: ClientProcess, command: Command) => Promise<Call | null>;
  /** What is known of the call once it was made. */
  readonly call: CallTraits<Extract<AnyCall, { readonly do: Command['do'] }>>;
}

/** Of a call as the model takes it: what reports say of it, and what follows from it where nobody asks the model. */
export interface CallTraits<Called> {
  readonly say: (call: Called) => {
    /** Reads on after the name of the call. */
    readonly brief: string;
    /** The same with all that it was given, for a line of a trace; absent: there is no more to it. */
    readonly exact?: string;
    /** By name, for a page; absent: each field as it stands. */
    readonly details?: Readonly<Record<string, string>>;
  };
  /** Whether its client's storage has something to do for it. */
  readonly isStored: boolean;
  /** Whether what was under way when it was called came late for it. */
  readonly makesLate: boolean;
  /** Whether after it the first answer of a subscription fulfils once more (Q6, K1). */
  readonly beginsAnew: boolean;
}

export type Change<Command, Part> = (command: Command, change: (part: Part) => Part) => Command;

/** The shape comes first, since everything else is about what it gives. */
export function defineCommand<Command extends AnyCommand>(shape: Shape<Command>) {
  return <Plainer extends AnyCommand = Command>(
    definition: Omit<CommandDefinition<Command, Plainer>, 'shape'>,
  ): CommandDefinition<Command, Plainer> => ({ shape, ...definition });
}

/** For a command that has nothing to be made plainer. */
export function* nothingPlainer(): Generator<never> {}

/** For a call that says no more than its name. */
export const plainCall = { say: () => ({ brief: '' }), isStored: false, makesLate: false, beginsAnew: false } as const;

export const noParts = { tokens: null, query: null, operations: null } as const;

/** For a command that names its client and nothing else. */
export const bareCommand = { shrink: nothingPlainer, oddity: () => 0, names: noNames, parts: noParts } as const;

/** A call that needs nothing but the client. */
export function ready(call: Call): Promise<Call> {
  return Promise.resolve(call);
}
