/** What the model knows of one connection: what each of its ends has heard and said. */
import type { ConnectionBoundName } from '../vocabulary/bounds.ts';
import type { Filter, Query } from '../vocabulary/queries.ts';
import type { Schema } from '../vocabulary/schemas.ts';
import type { HeardOfLog, Held } from './client-state.ts';
import type { ClientName } from './observations.ts';
import type { Asked } from './server-state.ts';
import type { Token } from './tokens.ts';
import type { ClientWord, CloseReason } from './wire/words.ts';
import type { SentWrite } from './writes/changes.ts';

/** A connection as the server sees it, and what each end heard on it. */
export interface ConnectionState {
  readonly client: ClientName;
  readonly openAtServer: boolean;
  readonly openAtClient: boolean;
  /** `schema` is the hash it said. */
  readonly hello:
    | (Asked & {
        readonly schema: string | null;
        readonly clientId: string;
        readonly answered: number;
        /** What it said that it had heard of the log (W2). */
        readonly heard: HeardOfLog | null;
      })
    | null;
  /** Of the client, when it attempted. */
  readonly epoch: number;
  /** The schema of the client's process that attempted: the one that follows may have another (K2). */
  readonly clientSchema: Schema | null;
  /** The token of its session then, by label. */
  readonly attemptedWith: string | null;
  /** The server asked for the schema; the client heard that, and answered; the server heard it (C4). */
  readonly schema: 'unasked' | 'asked' | 'heard' | 'said' | 'received';
  /** A frame that broke the protocol, or is too long, has arrived: what comes after it is not handled (B1, B5). null: none has. */
  readonly broken: 'protocol' | 'frameBytesMax' | null;
  /** Why the client gives it up in this breath: it heard what is no frame (B1), or its storage failed to say who it is, or to keep a fresh id (K3). */
  readonly mustGiveUp: 'nonsense' | 'unread storage' | 'fresh id not kept' | null;
  /** Why the server must close it in this breath (W2, C4, B5). `bound`: which it is to name. */
  readonly mustClose: {
    readonly rule: string;
    readonly reason: CloseReason;
    readonly retry: boolean;
    readonly bound?: ConnectionBoundName;
  } | null;
  readonly accepted: Token | null;
  /** Under which it was accepted; null where the system says none (W2). */
  readonly incarnation: string | null;
  /** Monotonic time at which the expiry timer fires; null without `exp`. */
  readonly expiryDueMs: number | null;
  readonly updates: readonly (Asked & { readonly request: number })[];
  readonly subscriptions: Readonly<Record<string, ServedSubscription>>;
  /** The answer that the server has begun to give, in parts; null: none (Q7). */
  readonly answering: string | null;
  /** Answers on their way to the client, oldest first. */
  readonly answersUnderWay: readonly { readonly subscription: string; readonly held: Held }[];
  /** Received by the server while earlier frames were still being handled. */
  readonly unsubscribed: readonly string[];
  /** Those of them that the server has certainly handled. */
  readonly left: readonly string[];
  /** What its client said on it, by sequence number. */
  readonly writesSent: Readonly<Record<number, SentWrite>>;
  readonly writesReceived: readonly number[];
  /** The server has told its client to go on under a fresh id: no write of it is taken any more (W1, W2). */
  readonly forked: boolean;
  readonly acknowledged: readonly number[];
  readonly sentSubscriptions: readonly string[];
  readonly saidHello: boolean;
  /** It was half-open once: what either end does is learnt by the other through silence alone. */
  readonly cutOff: boolean;
  readonly lastWriteSent: number;
  readonly clientSentMs: number;
  /** Its last ping; null before the first. */
  readonly pingedMs: number | null;
  readonly heardSincePing: boolean;
  /** The first ping since the client heard anything; null: none. A beat later the connection is given up. */
  readonly unansweredPingMs: number | null;
  readonly attemptedMs: number;
  /** Monotonic time of the client; the attempt until it opened. */
  readonly openedMs: number;
  /** The same by the server's clock, which goes on while that of a sleeping client stands. */
  readonly openedAtServerMs: number;
  /** Monotonic time at which the client heard that it was accepted; the attempt until then. */
  readonly acceptedMs: number;
  readonly clientHeardMs: number;
  /** When it read on counts as such (B5). */
  readonly serverHeardMs: number;
  /** The server reads no more of it for now (B5). */
  readonly isPaused: boolean;
  readonly serverClosing: CloseReason | null;
  /** Bytes of each frame that the server handed over and its client has not heard, oldest first; empty where this run does not bound them (B6). */
  readonly queue: readonly number[];
  /** The queue went over its bound then, and has not drained since; `isStale`: a write was committed meanwhile (B6). */
  readonly behind: { readonly sinceMs: number; readonly isStale: boolean } | null;
  /** What the server received of it and has not taken up, as far as it shows, oldest first; empty where this run does not bound the queue (B6). */
  readonly waiting: readonly ClientWord[];
  /** The first of them was taken up, and waits for a verdict or for storage. */
  readonly isInHand: boolean;
  /** The queue has drained in this breath: the first of what waits is to be taken up, or was; null: not in this breath (B6). */
  readonly turn: 'due' | 'used' | null;
}

export interface ServedSubscription {
  readonly query: Query;
  readonly answered: boolean;
  readonly group: string | null;
  /** Its normal form and read permission as of its last answer. */
  readonly form: string | null;
  readonly permit: Filter | null;
  /** The rule for which it must be answered again, before any other data (S6, C5, B6). */
  readonly stale: 'S6' | 'C5' | 'B6' | null;
  /** What its connection followed, or was to follow, when it was asked for, and what each weighs: it counts behind these (B4). */
  readonly ahead: readonly { readonly subscription: string; readonly weight: number }[];
  /** Its own words, or an update, are over a bound, so that this is owed instead of an answer (B4); null: nothing of that kind. */
  readonly failure: 'owed' | 'given' | null;
}
