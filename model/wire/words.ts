/** What crosses the wire, in words that fit every system, and how a connection ends. */
import type { Row } from '../../vocabulary/values.ts';
import type { HeardOfLog } from '../client-state.ts';
import type { SessionErrorType } from '../observations.ts';

export type CloseReason =
  | SessionErrorType
  | 'SLOW_READER'
  | 'INTERNAL_ERROR'
  | 'LIMIT_EXCEEDED'
  | 'UNKNOWN'
  | 'MANUAL_DISCONNECT'
  | 'CONNECTION_OVERRIDE';

/** How a connection ended, as one end heard it. `reason` is null where the other end gave none. */
export interface Closing {
  readonly reason: CloseReason | null;
  readonly retry: boolean;
  /** Whether it says in words what was wrong. */
  readonly explained?: boolean;
  /** Those words. */
  readonly text?: string;
}

/** What no client should say, and no server (B1). */
export type Nonsense =
  | 'notJson'
  | 'notAFrame'
  | 'unknownType'
  | 'missingField'
  | 'badFilter'
  | 'unfitValue'
  | 'helloAgain'
  | 'subscribedTwice'
  | 'writeGap'
  | 'requestGap'
  | 'oversized';

/** What a stranger says to the server first: nonsense, a frame before hello, or a hello of another protocol (B1, B2). */
export type StrangerWord = 'notJson' | 'oversized' | 'beforeHello' | 'otherVersion';

/** How the server ended a stranger's connection. */
export type StrangersEnd = Closing & { readonly explained: boolean };

/** `clientId` is the raw id; `schema` the hash of the client's schema, null for none (C4). */
export interface Hello {
  readonly word: 'hello';
  readonly token: string;
  readonly clientId: string;
  readonly schema: string | null;
  /** Up to which number the client was answered; absent where the system says none. */
  readonly answered?: number | undefined;
  /** What it has heard of the server's log; absent where the system says none (W2). */
  readonly heard?: HeardOfLog | null | undefined;
}

/** Words of the wire. `request` counts the token updates sent on a connection, from 1. */
export type ClientWord =
  | Hello
  | { readonly word: 'schemaSaid' }
  | { readonly word: 'nonsense'; readonly nonsense: Nonsense }
  | { readonly word: 'updateToken'; readonly request: number; readonly token: string }
  | { readonly word: 'subscribe'; readonly subscription: string }
  | { readonly word: 'unsubscribe'; readonly subscription: string }
  /** `id` is the write's own; it, `resent` and `answered` are absent where the system says none. */
  | {
      readonly word: 'write';
      readonly sequence: number;
      readonly id?: string | undefined;
      readonly resent?: boolean | undefined;
      readonly answered?: number | undefined;
    }
  | { readonly word: 'ping' };

export type ServerWord =
  /** By which start of the server, and whether the client heard what is not in its log; both are absent where the system says none (W2). */
  | { readonly word: 'accepted'; readonly incarnation?: string | undefined; readonly diverged?: boolean | undefined }
  | { readonly word: 'schemaAsked' }
  | { readonly word: 'nonsense'; readonly nonsense: Nonsense }
  | { readonly word: 'tokenAccepted'; readonly request: number }
  | { readonly word: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** Rows of an answer that goes on: the next words of the connection hold more of it, the last is `answered` (Q7). */
  | { readonly word: 'answerPart'; readonly subscription: string; readonly rows: readonly Row[] }
  /** The full answer to one subscription, at a version: with the rows of the parts before it. */
  | {
      readonly word: 'answered';
      readonly subscription: string;
      readonly group: string;
      readonly version: number;
      readonly rows: readonly Row[];
    }
  /** This subscription is not followed, or no more (B4): then `group` names what it followed. `error` is the name of why. */
  | {
      readonly word: 'subscriptionFailed';
      readonly subscription: string;
      readonly error: string;
      readonly group?: string | undefined;
    }
  /** A change of the results of a group at a version; it concerns every subscription named. */
  | { readonly word: 'updated'; readonly subscriptions: readonly string[]; readonly version: number; readonly rows: readonly Row[] }
  | { readonly word: 'acknowledged'; readonly sequence: number; readonly version: number }
  /** `text` is what it says besides. */
  | {
      readonly word: 'rejected';
      readonly sequence: number;
      readonly error: string;
      readonly text?: string;
      /** Absent where the system says none. */
      readonly version?: number | undefined;
    }
  /** The number is used up by another write (W1). */
  | { readonly word: 'forked'; readonly sequence: number }
  /** Every subscription of this connection is current as of this version. */
  | { readonly word: 'progressed'; readonly version: number }
  | { readonly word: 'pong' };
