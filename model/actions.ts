/**
 * The alphabet of the model: everything that can be told to it. Commands are what a user of the client calls; words
 * are what crosses the wire, in terms that fit every system; the rest is what the world does to both. All of it is
 * plain data, so that a run can be written down, read and replayed.
 */
import type { Query } from '../vocabulary/queries.ts';
import type { Schema } from '../vocabulary/schemas.ts';
import type { Command } from './commands.ts';
import type { Loss } from './conduct.ts';
import type { ClientName, Observation, Quiescence } from './observations.ts';
import type { KeptEntry, PushOutcome } from './server-state.ts';
import type { Spent } from './sharing/spent.ts';
import type { Token } from './tokens.ts';
import type { ClientWord, Closing, ServerWord, StrangersEnd, StrangerWord } from './wire/words.ts';

export type { Command } from './commands.ts';
export type { Loss } from './conduct.ts';
export type { ClientName, Observation, Quiescence, ServerInspection, SessionErrorType, Status } from './observations.ts';
export type { KeptEntry, PushOutcome } from './server-state.ts';
export type { RefreshOptions } from './session/start-session.ts';
export type { Token, TokenFlaw } from './tokens.ts';
export type { ClientWord, CloseReason, Closing, Nonsense, ServerWord, StrangerWord } from './wire/words.ts';
export type { TransactionOperation } from './writes/changes.ts';

export type Action =
  | { readonly kind: 'command'; readonly client: ClientName; readonly command: Command }
  /** The answer of a refresh handler reaches the client; null where it returned nothing or threw. */
  | { readonly kind: 'refreshAnswered'; readonly client: ClientName; readonly call: number; readonly token: Token | null }
  | { readonly kind: 'observed'; readonly client: ClientName; readonly observation: Observation }
  /** A callback of the user throws, or returns a promise that rejects; failures are numbered over the client's life. */
  | { readonly kind: 'callbackFailed'; readonly client: ClientName; readonly failure: number }
  | { readonly kind: 'callbackFailureLogged'; readonly client: ClientName; readonly failure: number; readonly withStack: boolean }
  /** Connections are numbered over the whole run, in the order of their attempts. */
  | { readonly kind: 'attempted'; readonly client: ClientName; readonly connection: number }
  /** The socket opened at both ends. */
  | { readonly kind: 'opened'; readonly client: ClientName; readonly connection: number }
  | { readonly kind: 'clientSent'; readonly client: ClientName; readonly connection: number; readonly word: ClientWord }
  | { readonly kind: 'serverReceived'; readonly client: ClientName; readonly connection: number; readonly word: ClientWord }
  /** `bytes` is the length of the frame, where this run bounds what waits to be sent (B6). */
  | {
      readonly kind: 'serverSent';
      readonly client: ClientName;
      readonly connection: number;
      readonly word: ServerWord;
      readonly bytes?: number;
    }
  | { readonly kind: 'clientHeard'; readonly client: ClientName; readonly connection: number; readonly word: ServerWord }
  /** The newest connection of a client carries nothing from now on, and neither end is told. */
  | { readonly kind: 'fellSilent'; readonly client: ClientName }
  /** An end called close or gave the connection up. `givenUp`: without a handshake (lost heartbeat). */
  | { readonly kind: 'clientClosed'; readonly client: ClientName; readonly connection: number; readonly givenUp: boolean }
  | {
      readonly kind: 'serverClosed';
      readonly client: ClientName;
      readonly connection: number;
      readonly closing: Closing;
      readonly givenUp: boolean;
    }
  /** An end heard that the connection is over. */
  | { readonly kind: 'clientHeardClose'; readonly client: ClientName; readonly connection: number; readonly closing: Closing }
  | { readonly kind: 'serverHeardClose'; readonly client: ClientName; readonly connection: number }
  /** The server reads no more of a connection; then it reads on (B5). */
  | { readonly kind: 'readingPaused'; readonly client: ClientName; readonly connection: number }
  | { readonly kind: 'readingResumed'; readonly client: ClientName; readonly connection: number }
  /** Linearisation points and costs, from the server's own port. */
  | {
      readonly kind: 'appendBegan';
      readonly client: ClientName;
      readonly clientId: string;
      readonly sequence: number;
      /** The write's own; absent where the system says none. */
      readonly id?: string | undefined;
      /** The writes that are decided as one with it, itself among them, in order; absent: it alone (W4). */
      readonly together?: readonly number[] | undefined;
    }
  /** The client's storage holds the write. `epoch` counts the `clear()`s before it was handed over. */
  | { readonly kind: 'stored'; readonly client: ClientName; readonly epoch: number; readonly sequence: number }
  /** The client's storage failed to keep the write: it does not hold it. */
  | { readonly kind: 'notStored'; readonly client: ClientName; readonly epoch: number; readonly sequence: number }
  /** The client's storage has cleared itself; `epoch` counts that clear. */
  | { readonly kind: 'cleared'; readonly client: ClientName; readonly epoch: number }
  /** The client hands a fresh id, with what is unanswered, to its storage; then storage has it so (W1). `epoch` counts that id. */
  | { readonly kind: 'forkBegan'; readonly client: ClientName; readonly epoch: number }
  | { readonly kind: 'forkKept'; readonly client: ClientName; readonly epoch: number }
  /** The client's storage failed to take the fresh id. */
  | { readonly kind: 'forkFailed'; readonly client: ClientName; readonly epoch: number }
  /** The client's storage failed to clear itself, and holds what it held; then the client asks it again. */
  | { readonly kind: 'clearFailed'; readonly client: ClientName; readonly epoch: number }
  | { readonly kind: 'clearBeganAgain'; readonly client: ClientName; readonly epoch: number }
  /** The client's storage could not be read, or take its first id; then it was read at last. */
  | { readonly kind: 'loadFailed'; readonly client: ClientName }
  | { readonly kind: 'loadedAtLast'; readonly client: ClientName }
  /** The client's storage failed to forget the write of that id. */
  | { readonly kind: 'notForgotten'; readonly client: ClientName; readonly id: string }
  /** The client's storage failed to keep the result of that query; then it keeps one of it again. */
  | { readonly kind: 'notRemembered'; readonly client: ClientName; readonly query: Query }
  | { readonly kind: 'rememberedAtLast'; readonly client: ClientName; readonly query: Query }
  /** The client's storage failed to keep what was heard of the log; then it keeps it again. */
  | { readonly kind: 'notHeard'; readonly client: ClientName }
  | { readonly kind: 'heardAtLast'; readonly client: ClientName }
  /** Somebody copies what the client's storage holds. */
  | { readonly kind: 'storageCopied'; readonly client: ClientName }
  | { readonly kind: 'committed'; readonly clientId: string; readonly sequence: number; readonly version: number }
  | { readonly kind: 'refused'; readonly clientId: string; readonly sequence: number; readonly version: number; readonly error: string }
  /** Somebody calls `overrideSchema`; `push` names the call. */
  | { readonly kind: 'schemaPushed'; readonly push: string; readonly schema: Schema }
  | { readonly kind: 'schemaAppendBegan' }
  /** A push's turn has come, and rows forbid it. */
  | { readonly kind: 'schemaRefused' }
  | { readonly kind: 'schemaCommitted'; readonly version: number }
  /** What `overrideSchema` came to; `issues` as `collection/id attribute problem`, sorted. */
  | { readonly kind: 'pushSettled'; readonly push: string; readonly outcome: PushOutcome }
  /** The server's storage is asked to take what has begun, as a batch of these entries (W2). */
  | { readonly kind: 'batchSealed'; readonly entries: readonly KeptEntry[] }
  /** The server's storage holds the batch. */
  | { readonly kind: 'appendDurable' }
  /** The server's storage failed the batch; `kept`: what of it is in the log all the same. */
  | { readonly kind: 'appendFailed'; readonly kept: readonly KeptEntry[] }
  /** The server's storage is asked to put a snapshot in the place of all entries up to that version (W2). */
  | { readonly kind: 'compactionBegan'; readonly version: number }
  /** The server's storage has done so. */
  | { readonly kind: 'compacted' }
  /** It says that it has not; it may have, or not. */
  | { readonly kind: 'compactionFailed' }
  /** The server's storage keeps nothing of the batch, since it can never take that entry of it, counted from 0. */
  | { readonly kind: 'batchRefused'; readonly index: number }
  /** The server's storage keeps nothing of the batch, since there is no space. */
  | { readonly kind: 'batchUnplaced' }
  | { readonly kind: 'recoveryBegan' }
  /** The server's storage holds the beginning of an incarnation, at that version of the log (W2). */
  | { readonly kind: 'incarnationKept'; readonly id: string; readonly version: number }
  /** Somebody copies what the server's storage holds, and names the copy. */
  | { readonly kind: 'logCopied'; readonly copy: string }
  /** While no server runs, its log is replaced by that copy, or by an empty one. */
  | { readonly kind: 'logReplaced'; readonly copy: string | null }
  /** The server's owner calls `close()`. */
  | { readonly kind: 'serverStopping' }
  /** The server's process is gone. `kept`: what of the batch under way is in the log. */
  | { readonly kind: 'serverStopped'; readonly how: 'graceful' | 'crash'; readonly kept: readonly KeptEntry[] }
  /** The server goes on, or begins, from this version. */
  | { readonly kind: 'recovered'; readonly version: number }
  /** The client's process sleeps from now on: nothing happens at it. */
  | { readonly kind: 'fellAsleep'; readonly client: ClientName }
  /** It goes on; `stoodMs`: for so long its monotonic clock stood. */
  | { readonly kind: 'wokeUp'; readonly client: ClientName; readonly stoodMs: number }
  /** From now on its timers run once a minute, or when they are due again. */
  | { readonly kind: 'throttled'; readonly client: ClientName; readonly isThrottled: boolean }
  /**
   * The client's process dies and begins anew. What its storage still does is told before, as `stored`, `cleared` or `forkKept`; the
   * rest is undone. `copyOf`: its storage was replaced by what was copied last of that client's. `schema`: the one that it has from now
   * on, null for none; absent: the one that it had.
   */
  | {
      readonly kind: 'clientCrashed';
      readonly client: ClientName;
      readonly copyOf?: ClientName | undefined;
      readonly schema?: Schema | null | undefined;
    }
  /** A client draws chance: a number from 0 up to, not including, 1 (S9). */
  | { readonly kind: 'drew'; readonly client: ClientName; readonly fraction: number }
  /** What the server made of a stranger; null: it left the connection open. `borrowedId`: a hello with an id that was read in a row, and a write under its next number. */
  | { readonly kind: 'strangerHeard'; readonly said: StrangerWord | 'borrowedId'; readonly closing: StrangersEnd | null }
  | { readonly kind: 'evaluated'; readonly group: string; readonly version: number }
  | { readonly kind: 'encoded'; readonly group: string; readonly version: number }
  /** For a group the server looked through all rows of a collection. */
  | { readonly kind: 'looked'; readonly group: string; readonly collection: string; readonly rows: number }
  /** What a commit took, and what the answer to a subscription of that client did (H5). */
  | ({ readonly kind: 'commitSpent'; readonly version: number } & Spent)
  | ({ readonly kind: 'answerSpent'; readonly client: ClientName; readonly subscription: string } & Spent)
  /** The server asks for the key set; fetches are numbered over the whole run. */
  | { readonly kind: 'keyFetchBegan'; readonly fetch: number }
  /** What it is answered: the names of the keys that can verify; null: it fails, or what comes is no key set. */
  | { readonly kind: 'keyFetchEnded'; readonly fetch: number; readonly keys: readonly string[] | null }
  /** The server says which keys it goes by from now on. */
  | { readonly kind: 'keysFetched'; readonly keys: readonly string[] }
  /** Monotonic time since the run began, in milliseconds; the same for all processes. */
  | { readonly kind: 'time'; readonly nowMs: number }
  | { readonly kind: 'wallJumped'; readonly process: ClientName | 'server'; readonly byMs: number }
  | { readonly kind: 'keysRotated'; readonly key: string }
  /** The end of a task: what was observed since the last one must be allowed. */
  | { readonly kind: 'taskEnded' }
  | { readonly kind: 'quiescent'; readonly quiescence: Quiescence }
  /** Every session has ended, the server is closed, and nothing can move any more. `awaited`: promises that the owner of the processes still waits for. */
  | { readonly kind: 'over'; readonly awaited: readonly string[] }
  /** A promise was rejected that nobody handles; `error` names the kind of error, `shown` says it. */
  | { readonly kind: 'rejectionLost'; readonly error: string; readonly shown: string }
  /** A process is gone that nobody ended; `shown` says what was seen of it. */
  | { readonly kind: 'processLost'; readonly how: Loss; readonly shown: string };
