/**
 * Every kind of step, commands among them, in the order in which kinds are weighed. The union of steps, all lists of
 * kinds, and whatever is done to a step without looking at its kind, follow from this table and that of the commands.
 */
import {
  applyCommand,
  type CommandKind,
  type CommandStep,
  commandKinds,
  commands,
  generateCommand,
  isCommandKind,
  namesOfCommand,
  oddityOfCommand,
  sayCommand,
  shrinkCommand,
  suitsAny,
} from '../commands/index.ts';
import type { Performing } from '../driving/performing.ts';
import type { Drawing } from '../generation/context.ts';
import type { SwarmRole } from '../generation/profile.ts';
import { settle } from '../generation/state/settle.ts';
import { clientOf, type Forecast } from '../generation/state/state.ts';
import type { Capability } from '../language/capabilities.ts';
import { byKey, type Shape, type ValueOf } from '../language/shapes.ts';
import { type Names, noNames } from '../language/step-names.ts';
import type { Strike } from '../language/strikes.ts';
import { acceptConnections } from './accept-connections.ts';
import { advance } from './advance.ts';
import { busyAfter, busyToo } from './busy.ts';
import { copyLog } from './copy-log.ts';
import { copyStorage } from './copy-storage.ts';
import { cut } from './cut.ts';
import { deliver } from './deliver.ts';
import { failStorage } from './fail-storage.ts';
import { fallAsleep } from './fall-asleep.ts';
import { fillStorage } from './fill-storage.ts';
import { freeStorage } from './free-storage.ts';
import { hold } from './hold.ts';
import { impostor } from './impostor.ts';
import { inCallback } from './in-callback.ts';
import { inject } from './inject.ts';
import { issue } from './issue.ts';
import { jumpWallClock } from './jump-wall-clock.ts';
import { pushSchema } from './push-schema.ts';
import { refuseConnections } from './refuse-connections.ts';
import { refuseEntry } from './refuse-entry.ts';
import { release } from './release.ts';
import { restartClient } from './restart-client.ts';
import { restartServer } from './restart-server.ts';
import { restoreClient } from './restore-client.ts';
import { restoreServer } from './restore-server.ts';
import { rotateKeys } from './rotate-keys.ts';
import { serveKeySet } from './serve-key-set.ts';
import type { Mark, StepDefinition } from './step.ts';
import { stranger } from './stranger.ts';
import { throttleTimers } from './throttle-timers.ts';
import { together } from './together.ts';
import { wakeUp } from './wake-up.ts';

/** By the word that a script has for it. */
const definitions = {
  together,
  inCallback,
  hold,
  release,
  deliver,
  advance,
  cut,
  refuseConnections,
  acceptConnections,
  jumpWallClock,
  fallAsleep,
  wakeUp,
  throttleTimers,
  rotateKeys,
  serveKeySet,
  pushSchema,
  restartServer,
  copyLog,
  restoreServer,
  restartClient,
  copyStorage,
  restoreClient,
  failStorage,
  refuseEntry,
  fillStorage,
  freeStorage,
  inject,
  stranger,
  impostor,
};

type Definitions = typeof definitions;
/** The kinds of steps that are no commands. */
type PlainKind = keyof Definitions;
type PlainStepOf<Kind extends PlainKind> = { [Each in Kind]: ValueOf<Definitions[Each]['shape']> & { readonly do: Each } }[Kind];
type PlainStep = PlainStepOf<PlainKind>;

export type Step = PlainStep | CommandStep;
export type StepKind = Step['do'];

const steps: { readonly [Kind in PlainKind]: StepDefinition<PlainStepOf<Kind>, Step> } = definitions;

function isPlainKind(text: string): text is PlainKind {
  return Object.hasOwn(steps, text);
}

const plainKinds: readonly PlainKind[] = Object.keys(steps).filter(isPlainKind);
export const stepKinds: readonly StepKind[] = [...commandKinds, ...plainKinds];

export function isCommand(given: Step): given is CommandStep {
  return isCommandKind(given.do);
}

const shapes = stepKinds.map((kind): [string, Shape<Step>] => [kind, isCommandKind(kind) ? commands[kind].shape : steps[kind].shape]);
export const step: Shape<Step> = byKey('do', Object.fromEntries(shapes));

/** What a step is that is no command, by its kind. */
function of<Kind extends PlainKind>(given: PlainStepOf<Kind>): StepDefinition<PlainStepOf<Kind>, Step> {
  return steps[given.do];
}

export function sayStep(given: Step): string {
  return isCommand(given) ? sayCommand(given) : of(given).say(given);
}

/** How a step reads within a sentence; null where its own words do. */
export function sayArrangement(given: Step): string | null {
  return isCommand(given) ? null : of(given).arrangement(given);
}

/** Null where a page needs no mark for it. */
export function markOf(given: Step): Mark | null {
  return isCommand(given) ? null : of(given).mark(given);
}

/** What the step does to the generation state, and what follows from it by itself. */
export function applyStep(forecast: Forecast, given: Step): void {
  if (isCommand(given)) applyCommand(forecast, given);
  else of(given).apply(forecast, given);
  settle(forecast);
  for (const command of commandsOf(given)) noteBusy(forecast, command, isCommand(given));
}

function noteBusy(forecast: Forecast, command: CommandStep, isAlone: boolean): void {
  const client = clientOf(forecast, command.client);
  if (client === undefined) return;
  if (isAlone) client.busy = busyAfter(client.busy, command);
  else client.armed = busyToo(client.armed, command);
}

/** Plainer steps, each a list: what was issued together may be issued one after the other. */
export function* shrinkStep(given: Step): Generator<readonly Step[]> {
  if (isCommand(given)) for (const plainer of shrinkCommand(given)) yield [plainer];
  else yield* of(given).shrink(given);
}

export function oddityOfStep(given: Step): number {
  return isCommand(given) ? oddityOfCommand(given) : of(given).oddity(given);
}

export function sizeOfStep(given: Step): number {
  return isCommand(given) ? 1 : of(given).size(given);
}

/** The commands of a step: itself, those issued together, the one in a callback. */
export function commandsOf(given: Step): readonly CommandStep[] {
  return isCommand(given) ? [given] : of(given).commands.of(given);
}

export function mapCommands(given: Step, change: (command: CommandStep) => CommandStep): Step {
  return changeCommands(given, change) ?? given;
}

/** A command that becomes null goes; null: the step has none left, and goes too. */
export function changeCommands(given: Step, change: (command: CommandStep) => CommandStep | null): Step | null {
  return isCommand(given) ? change(given) : of(given).commands.change(given, change);
}

/** What the step begins or needs to have been begun; of commands inside it, what they begin alone. */
export function namesOfStep(given: Step): readonly Names[] {
  if (isCommand(given)) return [namesOfCommand(given)];
  const inside = of(given)
    .commands.of(given)
    .map((command) => ({ ...noNames(), begins: namesOfCommand(command).begins }));
  return [...inside, of(given).names(given)];
}

/** Every client that the step names. */
export function clientsOfStep(given: Step): readonly string[] {
  const own = isCommand(given) ? [] : of(given).clients(given);
  return [...own, ...commandsOf(given).map(({ client }) => client)];
}

export function renameClients(given: Step, rename: (client: string) => string): Step {
  const inner = mapCommands(given, (command) => ({ ...command, client: rename(command.client) }));
  return isCommand(inner) ? inner : of(inner).rename(inner, rename);
}

/** The processes that a step concerns; null: everybody. A command concerns its client. */
export function processesOfStep(given: Step): readonly string[] | null {
  const own = isCommand(given) ? [] : of(given).concerns(given);
  return own === null ? null : [...new Set([...own, ...commandsOf(given).map(({ client }) => client)])];
}

/** What a system must have for the step to mean anything, commands inside it left out. */
export function needsOfStep(given: Step): readonly Capability[] {
  return isCommand(given) ? commands[given.do].needs : of(given).needs(given);
}

/** Null for steps that are no fault. */
export function strikeOf(given: Step): Strike | null {
  return isCommand(given) ? null : of(given).strike(given);
}

/** How many commands it issued; null where the step means nothing now. */
export function performStep(performing: Performing, given: Step): Promise<number | null> {
  return isCommand(given) ? issue(performing, [given]) : of(given).perform(performing, given);
}

export function swarmOf(kind: StepKind): SwarmRole {
  return isCommandKind(kind) ? commands[kind].swarm : steps[kind].swarm;
}

export function suitsNow(kind: StepKind, drawing: Drawing): number {
  return isCommandKind(kind) ? suitsAny(kind, drawing) : steps[kind].suits(drawing);
}

export function generateStep(kind: StepKind, drawing: Drawing): Step {
  return isCommandKind(kind) ? generateCommand(kind, drawing) : steps[kind].generate(drawing);
}

export type { CommandKind, CommandStep };
