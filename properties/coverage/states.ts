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

const placesIn = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map((name, place) => [name, place]));
const rowOf = placesIn(statuses);
const columnOf = placesIn(events);

const none = -1;

/** The place of the cell among all of status × event; −1 where the action is nothing that happens to a client. */
export function placeOfAction(action: Action, before: State): number {
  const event = eventOf(action, before);
  if (event === null || !('client' in action || action.kind === 'wallJumped')) return none;
  return placeOf(before, action.kind === 'wallJumped' ? action.process : action.client, event);
}

/** The same for a task of the world: the timers of clients are events, labelled `c1 refresh timer`. */
export function placeOfTimer(client: string, timer: string, before: State): number {
  return placeOf(before, client, `${timer} timer`);
}

function placeOf(before: State, client: string, event: string): number {
  const row = rowOf[before.clients[client]?.status ?? ''];
  const column = columnOf[event];
  return row === undefined || column === undefined ? none : row * events.length + column;
}

function eventOf(action: Action, before: State): string | null {
  switch (action.kind) {
    case 'command':
      return `command ${action.command.do}`;
    case 'clientHeard':
      return before.clients[action.client]?.connection === action.connection ? `heard ${action.word.word}` : 'late word';
    case 'clientHeardClose':
      return eventOfClose(action, before);
    case 'refreshAnswered':
      return eventOfAnswer(action, before);
    case 'opened':
      return before.clients[action.client]?.connection === action.connection ? 'opened' : null;
    case 'stored':
    case 'notStored':
    case 'cleared':
    case 'clientCrashed':
    case 'wallJumped':
      return action.kind;
    default:
      return null;
  }
}

function eventOfClose({ client, connection, closing }: Extract<Action, { readonly kind: 'clientHeardClose' }>, before: State): string {
  const known = before.clients[client];
  if (known?.connection !== connection && known?.closing?.connection !== connection) return 'late close';
  const isOvertaken = known.closing?.connection === connection && closing.reason !== null && closing.reason !== 'MANUAL_DISCONNECT';
  if (isOvertaken) return 'close that overtakes';
  return closing.reason === null ? 'network loss' : `close ${closing.reason}`;
}

function eventOfAnswer({ client, call, token }: Extract<Action, { readonly kind: 'refreshAnswered' }>, before: State): string {
  const cycle = before.clients[client]?.session?.cycle;
  if (cycle?.at !== 'asking' || cycle.call !== call) return 'late handler answer';
  return token === null ? 'handler gave nothing' : 'handler gave a token';
}

/** `OPEN×heard pong` and so on, in the order of the places. */
export const stateNames: readonly string[] = statuses.flatMap((status) => events.map((event) => `${status}×${event}`));
