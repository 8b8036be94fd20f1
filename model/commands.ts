/**
 * The commands: what a user of a client can call. One line each; the handler stands with the rules of its family, and
 * everything else here follows from the table.
 */
import { clientOf, withClient } from './change.ts';
import type { CommandHandler } from './command-handler.ts';
import { entryOf } from './entry-of.ts';
import type { ClientName } from './observations.ts';
import { connect } from './session/connect.ts';
import { disconnect } from './session/disconnect.ts';
import { endSession } from './session/end-session.ts';
import { startSession } from './session/start-session.ts';
import { updateSessionToken } from './session/update-session-token.ts';
import type { State } from './state.ts';
import { clear } from './store/clear.ts';
import { fetch } from './subscriptions/fetch.ts';
import { subscribe } from './subscriptions/subscribe.ts';
import { unsubscribe } from './subscriptions/unsubscribe.ts';
import { deleteRow } from './writes/delete.ts';
import { insert } from './writes/insert.ts';
import { transact } from './writes/transact.ts';
import { update } from './writes/update.ts';

const table = {
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
};

type ShapeOf<Handler> = Handler extends CommandHandler<infer Shape> ? Shape : never;
type Shapes = { readonly [Name in keyof typeof table]: ShapeOf<(typeof table)[Name]> };

export type CommandName = keyof Shapes;
/** A call of the client's public API: one of those named, or any. */
export type CommandOf<Name extends CommandName> = { [One in Name]: { readonly do: One } & Shapes[One] }[Name];
export type Command = CommandOf<CommandName>;

const handlers: { readonly [Name in CommandName]: CommandHandler<CommandOf<Name>> } = table;

export function takeCommand(state: State, name: ClientName, command: Command): State {
  return take<CommandName>(withOpenPromise(state, name, command), name, command);
}

function take<Name extends CommandName>(state: State, name: ClientName, command: CommandOf<Name>): State {
  return handlers[command.do].take(state, name, command);
}

/** What became of the calls that go on, by the action that led from one state to the other. */
export function followCommands(before: State, state: State): State {
  return Object.values(state.clients).reduce((after, { name, followed }) => {
    const asked = followed.reduce((one, promise) => followOne(before, one, name, promise), after);
    const { promises } = clientOf(asked, name);
    const open = followed.filter((promise) => Object.hasOwn(promises, promise));
    return open.length === followed.length ? asked : withClient(asked, name, { followed: open });
  }, state);
}

function followOne(before: State, state: State, name: ClientName, promise: string): State {
  const of = entryOf(clientOf(state, name).promises, promise)?.of;
  const handler = of !== undefined && isCommandName(of) ? handlers[of] : undefined;
  return handler?.follow?.(before, state, name, promise) ?? state;
}

function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(handlers, text);
}

function withOpenPromise(state: State, name: ClientName, command: Command): State {
  const { rule } = handlers[command.do];
  if (rule === null || !('promise' in command)) return state;
  const open = { of: command.do, rule, write: null, outcome: 'open' } as const;
  return withClient(state, name, { promises: { ...clientOf(state, name).promises, [command.promise]: open } });
}
