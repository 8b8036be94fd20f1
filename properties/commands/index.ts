/** Every command, in the order in which kinds are weighed. The union of commands and all lists of them follow from this table. */
import type { Command, TransactionOperation } from '../../model/index.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Call, Commanding } from '../driving/performing.ts';
import type { ClientProcess } from '../driving/processes.ts';
import type { Drawing } from '../generation/context.ts';
import { weightOf } from '../generation/profile.ts';
import { type ClientForecast, clientOf, type Forecast } from '../generation/state/state.ts';
import { byKey, type Shape, type ValueOf } from '../language/shapes.ts';
import type { Names } from '../language/step-names.ts';
import type { TokenSpec } from '../language/tokens.ts';
import { clear } from './clear.ts';
import type { CommandDefinition } from './command.ts';
import { connect } from './connect.ts';
import { deleteRow } from './delete.ts';
import { disconnect } from './disconnect.ts';
import { endSession } from './end-session.ts';
import { fetch } from './fetch.ts';
import { insert } from './insert.ts';
import { startSession } from './start-session.ts';
import { subscribe } from './subscribe.ts';
import { transact } from './transact.ts';
import { unsubscribe } from './unsubscribe.ts';
import { update } from './update.ts';
import { updateSessionToken } from './update-session-token.ts';

/** By the word that a script has for it. The model must know each of them, and each that the model knows must be here. */
const definitions = {
  startSession,
  updateSessionToken,
  endSession,
  connect,
  disconnect,
  subscribe,
  unsubscribe,
  fetch,
  insert,
  update,
  delete: deleteRow,
  transact,
  clear,
} satisfies Readonly<Record<Command['do'], unknown>>;

type Definitions = typeof definitions;
export type CommandKind = keyof Definitions;
/** The commands of one kind; distributes over several. */
export type CommandOf<Kind extends CommandKind> = { [Each in Kind]: ValueOf<Definitions[Each]['shape']> & { readonly do: Each } }[Kind];
export type CommandStep = CommandOf<CommandKind>;

export const commands: { readonly [Kind in CommandKind]: CommandDefinition<CommandOf<Kind>, CommandStep> } = definitions;

export function isCommandKind(text: string): text is CommandKind {
  return Object.hasOwn(commands, text);
}

export const commandKinds: readonly CommandKind[] = Object.keys(commands).filter(isCommandKind);

const shapes: Readonly<Record<CommandKind, Shape<CommandStep>>> = shapesOf();

function shapesOf(): Readonly<Record<string, Shape<CommandStep>>> {
  return Object.fromEntries(commandKinds.map((kind) => [kind, commands[kind].shape]));
}

export const command: Shape<CommandStep> = byKey('do', shapes);

export function sayCommand<Kind extends CommandKind>(given: CommandOf<Kind>): string {
  return commands[given.do].say(given);
}

export function applyCommand<Kind extends CommandKind>(forecast: Forecast, given: CommandOf<Kind>): void {
  const client = clientOf(forecast, given.client);
  if (client !== undefined) commands[given.do].apply(forecast, client, given);
}

export function shrinkCommand<Kind extends CommandKind>(given: CommandOf<Kind>): Iterable<CommandStep> {
  return commands[given.do].shrink(given);
}

export function oddityOfCommand<Kind extends CommandKind>(given: CommandOf<Kind>): number {
  return commands[given.do].oddity(given);
}

export function namesOfCommand<Kind extends CommandKind>(given: CommandOf<Kind>): Names {
  return commands[given.do].names(given);
}

export function changeTokens<Kind extends CommandKind>(given: CommandOf<Kind>, change: (token: TokenSpec) => TokenSpec): CommandOf<Kind> {
  return commands[given.do].parts.tokens?.(given, change) ?? given;
}

export function changeQuery<Kind extends CommandKind>(given: CommandOf<Kind>, change: (query: Query) => Query): CommandOf<Kind> {
  return commands[given.do].parts.query?.(given, change) ?? given;
}

/** What is written, alone and in transactions; a write may become another. */
export function changeOperations<Kind extends CommandKind>(
  given: CommandOf<Kind>,
  change: (operation: TransactionOperation) => TransactionOperation,
): CommandStep {
  return commands[given.do].parts.operations?.(given, change) ?? given;
}

/** Null: the command means nothing now. */
export function prepareCommand<Kind extends CommandKind>(
  commanding: Commanding,
  process: ClientProcess,
  given: CommandOf<Kind>,
): Promise<Call | null> {
  return commands[given.do].prepare(commanding, process, given);
}

/** How well a command of that kind suits the client that it suits best. */
export function suitsAny(kind: CommandKind, { forecast }: Drawing): number {
  return Math.max(...forecast.clients.map((client) => suitsNow(kind, client, forecast)));
}

/** Who sleeps calls nothing. */
function suitsNow(kind: CommandKind, client: ClientForecast, forecast: Forecast): number {
  const suited = commands[kind].suits(client, forecast);
  return client.asleep ? Math.min(suited, 1) : suited;
}

export function generateCommand(kind: CommandKind, drawing: Drawing): CommandStep {
  const { chance, forecast } = drawing;
  const weighed = forecast.clients.map((client): [number, ClientForecast] => [suitsNow(kind, client, forecast), client]);
  return commands[kind].generate(drawing, chance.weighted(weighed));
}

/** A command of one client, of a kind that suits it, for a group or a callback; what the profile left out stays out. */
export function generateInGroup(drawing: Drawing, name: string): CommandStep {
  const { chance, forecast, profile } = drawing;
  const client = clientOf(forecast, name) ?? chance.pick(forecast.clients);
  const suited = commandKinds.map((kind): [number, CommandKind] => {
    const { suits, swarm } = commands[kind];
    return [weightOf(profile, kind) === 0 ? 0 : swarm.weightInGroup * suits(client, forecast), kind];
  });
  return commands[chance.weighted(suited.filter(([weight]) => weight > 0))].generate(drawing, client);
}
