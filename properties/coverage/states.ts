/**
 * Session status of a client × what happened to it: each pair is a cell. Late words and closes are of connections that
 * the session has left behind; a close of the server that overtakes a disconnect is one event, since its reason changes nothing.
 */
import type { Action, State } from '../../model/index.ts';
import { closeReasons, commandKinds, serverWords, statuses } from './alphabets.ts';

/** What may happen to a client, in the order of the columns. */
const timers = ['refresh', 'reconnect', 'heartbeat', 'closing'] as const;
const others = [
  'late word',
  'late close',
  'close that overtakes',
  'network loss',
  'late handler answer',
  'handler gave a token',
  'handler gave nothing',
  'opened',
  'stored',
  'notStored',
  'cleared',
  'clientCrashed',
  'wallJumped',
] as const;

export const events: readonly string[] = [
  ...commandKinds.map((kind) => `command ${kind}`),
  ...serverWords.map((word) => `heard ${word}`),
  ...closeReasons.map((reason) => `close ${reason}`),
  ...timers.map((timer) => `${timer} timer`),
  ...others,
];

function columnsOf(prefix: string, names: readonly string[], suffix = ''): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, events.indexOf(`${prefix}${name}${suffix}`)]));
}
const columnOfCommand = columnsOf('command ', commandKinds);
const columnOfWord = columnsOf('heard ', serverWords);
const columnOfReason = columnsOf('close ', closeReasons);
const columnOfTimer = columnsOf('', timers, ' timer');
const columnOf = columnsOf('', others);
const rowOf: Readonly<Record<string, number>> = Object.fromEntries(statuses.map((status, index) => [status, index]));

const none = -1;

/** The place of the cell among all of status × event; −1 where the action is nothing that happens to a client. */
export function placeOfAction(action: Action, before: State): number {
  const column = columnOfAction(action, before);
  if (column === none || !('client' in action || action.kind === 'wallJumped')) return none;
  return placeOf(before, action.kind === 'wallJumped' ? action.process : action.client, column);
}

/** The same for a task of the world: the timers of clients are events, labelled `c1 refresh timer`. */
export function placeOfTimer(client: string, timer: string, before: State): number {
  return placeOf(before, client, columnOfTimer[timer] ?? none);
}

function placeOf(before: State, client: string, column: number): number {
  const status = before.clients[client]?.status;
  return status === undefined || column === none ? none : (rowOf[status] ?? 0) * events.length + column;
}

function columnOfAction(action: Action, before: State): number {
  switch (action.kind) {
    case 'command':
      return columnOfCommand[action.command.do] ?? none;
    case 'clientHeard':
      return (
        (before.clients[action.client]?.connection === action.connection ? columnOfWord[action.word.word] : columnOf['late word']) ?? none
      );
    case 'clientHeardClose':
      return columnOfClose(action, before);
    case 'refreshAnswered':
      return columnOfAnswer(action, before);
    case 'opened':
      return (before.clients[action.client]?.connection === action.connection ? columnOf.opened : none) ?? none;
    case 'stored':
    case 'notStored':
    case 'cleared':
    case 'clientCrashed':
    case 'wallJumped':
      return columnOf[action.kind] ?? none;
    default:
      return none;
  }
}

function columnOfClose({ client, connection, closing }: Extract<Action, { readonly kind: 'clientHeardClose' }>, before: State): number {
  const known = before.clients[client];
  if (known?.connection !== connection && known?.closing?.connection !== connection) return columnOf['late close'] ?? none;
  const isOvertaken = known.closing?.connection === connection && closing.reason !== null && closing.reason !== 'MANUAL_DISCONNECT';
  if (isOvertaken) return columnOf['close that overtakes'] ?? none;
  return (closing.reason === null ? columnOf['network loss'] : columnOfReason[closing.reason]) ?? none;
}

function columnOfAnswer({ client, call, token }: Extract<Action, { readonly kind: 'refreshAnswered' }>, before: State): number {
  const cycle = before.clients[client]?.session?.cycle;
  if (cycle?.at !== 'asking' || cycle.call !== call) return columnOf['late handler answer'] ?? none;
  return columnOf[token === null ? 'handler gave nothing' : 'handler gave a token'] ?? none;
}

/** `OPEN×heard pong` and so on, in the order of the places. */
export const stateNames: readonly string[] = statuses.flatMap((status) => events.map((event) => `${status}×${event}`));
