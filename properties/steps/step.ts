/**
 * What a step is that is no single command: a fault, time, the schedule, or several commands at once, as one file. The
 * file says how the step looks in a script, how it is described, when and with what it is generated, how it shrinks, whom
 * it concerns, and how it is performed.
 */
import type { CommandStep } from '../commands/index.ts';
import type { Performing } from '../driving/performing.ts';
import type { Drawing } from '../generation/context.ts';
import type { SwarmRole } from '../generation/profile.ts';
import type { Forecast } from '../generation/state/state.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Shape } from '../language/shapes.ts';
import { type Names, noNames } from '../language/step-names.ts';
import type { Strike } from '../language/strikes.ts';

export interface AnyStep {
  readonly do: string;
}

/** The title reads on after the process that the step strikes. */
export interface Mark {
  readonly process: string;
  readonly title: string;
}

/** `Plainer` are the steps that it may shrink to. */
export interface StepDefinition<Step extends AnyStep, Plainer extends AnyStep = Step> {
  readonly shape: Shape<Step>;
  /** What a system must have for it to mean anything; what commands inside it need, they say themselves. */
  readonly needs: (step: Step) => readonly Capability[];
  readonly say: (step: Step) => string;
  readonly swarm: SwarmRole;
  /** How well it suits the run now, on a scale where 10 is usual; 0: not at all. */
  readonly suits: (drawing: Drawing) => number;
  readonly generate: (drawing: Drawing) => Step;
  /** What it does to the generation state, which only guesses. */
  readonly apply: (forecast: Forecast, step: Step) => void;
  /** Each is a list, since what was issued together may be issued one after the other. */
  readonly shrink: (step: Step) => Iterable<readonly Plainer[]>;
  /** How far it is from the plainest of its kind. */
  readonly oddity: (step: Step) => number;
  /** As how many steps it counts. */
  readonly size: (step: Step) => number;
  /** The clients that it names, commands inside it left out. */
  readonly clients: (step: Step) => readonly string[];
  readonly rename: (step: Step, rename: (client: string) => string) => Step;
  /** The processes that it concerns, commands inside it left out; null: everybody. */
  readonly concerns: (step: Step) => readonly string[] | null;
  /** What it begins or needs to have been begun. */
  readonly names: (step: Step) => Names;
  /** How it reads within a sentence; null: as everywhere. */
  readonly arrangement: (step: Step) => string | null;
  /** The mark of a fault on the lane of the process that it strikes; null: it is none, or an action of the model tells it anyhow. */
  readonly mark: (step: Step) => Mark | null;
  /** The fault that it is, for coverage; null: it is none. */
  readonly strike: (step: Step) => Strike | null;
  readonly commands: {
    readonly of: (step: Step) => readonly CommandStep[];
    /** Null where none of its commands is left. */
    readonly change: (step: Step, change: (command: CommandStep) => CommandStep | null) => Step | null;
  };
  /** How many commands it issued; null: it means nothing now (a skip). */
  readonly perform: (performing: Performing, step: Step) => Promise<number | null>;
}

/** The shape comes first, since everything else is about what it gives. */
export function defineStep<Step extends AnyStep>(shape: Shape<Step>) {
  return <Plainer extends AnyStep = Step>(definition: Omit<StepDefinition<Step, Plainer>, 'shape'>): StepDefinition<Step, Plainer> => ({
    shape,
    ...definition,
  });
}

/** For most steps: plain of its kind, one step, no commands inside, no ties, no words but their own. What differs from step to step is asked of each. */
export const plainStep = {
  oddity: () => 0,
  size: () => 1,
  commands: { of: () => [], change: <Step>(step: Step): Step => step },
  names: noNames,
  arrangement: () => null,
  mark: () => null,
} as const;

/** For a step that names one client. */
export const ofClient = {
  ...plainStep,
  clients: ({ client }: { readonly client: string }): readonly string[] => [client],
  rename: <Step extends { readonly client: string }>(step: Step, rename: (client: string) => string): Step => ({
    ...step,
    client: rename(step.client),
  }),
};

/** For a step that names the server or a client. */
export const ofProcess = {
  ...plainStep,
  clients: ({ process }: { readonly process: string }): readonly string[] => [process],
  rename: <Step extends { readonly process: string }>(step: Step, rename: (client: string) => string): Step => ({
    ...step,
    process: rename(step.process),
  }),
};

/** For a step that names nobody. */
export const ofNobody = { ...plainStep, clients: (): readonly string[] => [], rename: <Step>(step: Step): Step => step };

/** For a step that has nothing to be made plainer. */
export function* nothingPlainer(): Generator<never> {}

/** A step that issues no command, and tells whether it meant anything. */
export function meant(isMeant: boolean): Promise<number | null> {
  return Promise.resolve(isMeant ? 0 : null);
}
