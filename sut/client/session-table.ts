/**
 * The life of a session as a table of status and trigger (S1, S2, S9): which status follows, and what is done to the
 * connection on the way. Nothing else may change a status. What the table leaves open (tokens, handlers, errors) is in
 * session.ts.
 */

export type Status = 'UNINITIALIZED' | 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';

export type Trigger =
  /** A session begins that replaces whatever was there. */
  | 'startConnected'
  | 'startClosed'
  | 'end'
  /** An attempt is wanted: by the user, by the back-off, by a fresh token. */
  | 'connect'
  /** An attempt is wanted, and waits until the refresh handler has been asked (S7). */
  | 'postpone'
  | 'disconnect'
  /** The client is another one than its connection was made for (K1, W1, W2). */
  | 'renew'
  /** The server accepted the token. */
  | 'accepted'
  /** The connection is over, and worth another attempt. */
  | 'lost'
  /** The connection is over, and the server wants no other attempt like it. */
  | 'refused'
  | 'closeTimedOut';

export type Effect =
  | 'dial'
  /** Everything that is due after acceptance goes out. */
  | 'greet'
  /** Close for the sake of a new connection; nothing of it counts any more. */
  | 'override'
  /** Close by the user's wish, and wait for the close event. */
  | 'bow'
  /** Close by the user's wish; nothing of it counts any more. */
  | 'leave'
  /** Nothing of the connection counts any more. */
  | 'forget'
  | 'giveUp'
  | 'scheduleReconnect'
  | 'cancelReconnect';

export interface Transition {
  readonly to: Status;
  readonly effects: readonly Effect[];
}

const to = (status: Status, ...effects: readonly Effect[]): Transition => ({ to: status, effects });
const never = undefined;

export const sessionTable: Readonly<Record<Status, Readonly<Record<Trigger, Transition | undefined>>>> = {
  UNINITIALIZED: {
    startConnected: to('CONNECTING', 'dial'),
    startClosed: to('CLOSED'),
    end: never,
    connect: never,
    postpone: never,
    disconnect: never,
    renew: never,
    accepted: never,
    lost: never,
    refused: never,
    closeTimedOut: never,
  },
  CLOSED: {
    startConnected: to('CONNECTING', 'cancelReconnect', 'dial'),
    startClosed: to('CLOSED', 'cancelReconnect'),
    end: to('UNINITIALIZED', 'cancelReconnect'),
    connect: to('CONNECTING', 'cancelReconnect', 'dial'),
    postpone: to('CLOSED', 'cancelReconnect'),
    disconnect: to('CLOSED', 'cancelReconnect'),
    renew: never,
    accepted: never,
    lost: never,
    refused: never,
    closeTimedOut: never,
  },
  CONNECTING: {
    startConnected: to('CONNECTING', 'override', 'dial'),
    startClosed: to('CLOSED', 'override'),
    end: to('UNINITIALIZED', 'leave'),
    connect: never,
    postpone: to('CLOSED', 'override'),
    disconnect: to('CLOSING', 'bow'),
    renew: to('CONNECTING', 'override', 'dial'),
    accepted: to('OPEN', 'greet'),
    lost: to('CLOSED', 'forget', 'scheduleReconnect'),
    refused: to('CLOSED', 'forget'),
    closeTimedOut: never,
  },
  OPEN: {
    startConnected: to('CONNECTING', 'override', 'dial'),
    startClosed: to('CLOSED', 'override'),
    end: to('UNINITIALIZED', 'leave'),
    connect: never,
    postpone: to('CLOSED', 'override'),
    disconnect: to('CLOSING', 'bow'),
    renew: to('CONNECTING', 'override', 'dial'),
    accepted: never,
    lost: to('CLOSED', 'forget', 'scheduleReconnect'),
    refused: to('CLOSED', 'forget'),
    closeTimedOut: never,
  },
  CLOSING: {
    startConnected: to('CONNECTING', 'forget', 'dial'),
    startClosed: to('CLOSED', 'forget'),
    end: to('UNINITIALIZED', 'forget'),
    connect: to('CONNECTING', 'forget', 'dial'),
    postpone: never,
    disconnect: never,
    renew: never,
    accepted: never,
    lost: to('CLOSED', 'forget'),
    refused: to('CLOSED', 'forget'),
    closeTimedOut: to('CLOSED', 'giveUp'),
  },
};
