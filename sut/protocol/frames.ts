/**
 * The frames of protocol version 2: one JSON object a WebSocket text message. A connection begins with the client's
 * `hello`; the server answers `accepted`, asks for the schema first, or closes. Close reasons travel in the WebSocket close frame (code 4000) as
 * JSON of `CloseFrame`. README.md in this folder is the reference for people.
 */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';

export const protocolVersion = 2;
export const closeCode = 4000;

export type ServerCloseType =
  | 'UNAUTHORIZED'
  | 'TOKEN_EXPIRED'
  | 'ROLES_MISMATCH'
  | 'SCHEMA_MISMATCH'
  | 'SLOW_READER'
  | 'INTERNAL_ERROR'
  | 'LIMIT_EXCEEDED'
  | 'UNKNOWN';
export type ClientCloseType = 'MANUAL_DISCONNECT' | 'CONNECTION_OVERRIDE';
/** At most 123 bytes as JSON, the limit of a WebSocket close frame. */
export interface CloseFrame {
  readonly type: ServerCloseType | ClientCloseType;
  readonly retry: boolean;
  readonly message?: string;
}

/** `generation` of an update or delete names the row that the writer saw; an insert's is `clientId:sequence`. */
export type Operation =
  | { readonly kind: 'insert'; readonly collection: string; readonly id: string; readonly attributes: Attributes }
  | { readonly kind: 'update'; readonly collection: string; readonly id: string; readonly generation: string; readonly changes: Attributes }
  | { readonly kind: 'delete'; readonly collection: string; readonly id: string; readonly generation: string };

/** What of a server's log a client has heard: the incarnation that said it last, and the highest version of all that was said (W2). */
export interface Heard {
  readonly incarnation: string;
  readonly version: number;
}

export type ClientFrame =
  /**
   * `secret` is the client's, and its id follows from it (`client-id.ts`). `answered`: up to which number of that id it was
   * answered. `schema` is the hash of the client's schema (C4); null or absent: it has none. `heard` null or absent: nothing yet.
   */
  | {
      readonly type: 'hello';
      readonly versions: readonly number[];
      readonly secret: string;
      readonly answered: number;
      readonly token: string;
      readonly schema?: string | null | undefined;
      readonly heard?: Heard | null | undefined;
    }
  /** Answers `schemaRequested`; nothing else may come before the acceptance. */
  | { readonly type: 'schema'; readonly schema: PlainSchema }
  /** `request` counts from 1 on each connection; answered in order. */
  | { readonly type: 'updateToken'; readonly request: number; readonly token: string }
  /** `subscription` is the client's name for it, unique on its connection. */
  | { readonly type: 'subscribe'; readonly subscription: string; readonly query: Query }
  | { readonly type: 'unsubscribe'; readonly subscription: string }
  /**
   * `sequence` counts from 1 for each client id, without gaps; a re-sent write keeps its number and its `id`, 128 random bits
   * in hexadecimal. `resent`: it may have been sent before. `answered`: up to which number the client was answered.
   */
  | {
      readonly type: 'write';
      readonly sequence: number;
      readonly id: string;
      readonly resent: boolean;
      readonly answered: number;
      readonly operations: readonly Operation[];
    }
  | { readonly type: 'ping' };

export type ServerFrame =
  /**
   * `incarnation` names this start of the server on its log. `diverged`: the log is another than the one that the client heard
   * of (W2); it goes on under a fresh id, and no write of this connection is taken.
   */
  | { readonly type: 'accepted'; readonly version: number; readonly incarnation: string; readonly diverged: boolean }
  /** The server does not know the hash of `hello` (C4). */
  | { readonly type: 'schemaRequested' }
  | { readonly type: 'tokenAccepted'; readonly request: number }
  | { readonly type: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** Rows of an answer that is too long for one frame: they count for nothing until its `answer` ends it, and with the connection they are gone (Q7). */
  | { readonly type: 'answerPart'; readonly subscription: string; readonly rows: readonly StoredRow[] }
  /**
   * With the rows of the parts before it: all of the query at `version`, in place of what it held. From here on the subscription
   * follows `group`, no other.
   */
  | {
      readonly type: 'answer';
      readonly subscription: string;
      readonly group: string;
      readonly version: number;
      readonly rows: readonly StoredRow[];
    }
  /** `group`: the one that it followed until now; absent where it followed none. */
  | {
      readonly type: 'subscriptionFailed';
      readonly subscription: string;
      readonly group?: string | undefined;
      readonly error: { readonly name: string; readonly message: string };
    }
  /** What changed in the group's result: the same bytes for every connection with a member, once a connection. */
  | {
      readonly type: 'update';
      readonly group: string;
      readonly version: number;
      readonly upserts: readonly StoredRow[];
      readonly removals: readonly string[];
    }
  /** `version`: that of the commit; sent before any data frame of that version or a later one. */
  | { readonly type: 'acknowledged'; readonly sequence: number; readonly version: number }
  /** `version`: that of the rejection in the log; of an outcome that is not known any more, one that is no lower. */
  | {
      readonly type: 'rejected';
      readonly sequence: number;
      readonly version: number;
      readonly error: { readonly name: string; readonly message: string };
    }
  /** The number is used up by another write: the client goes on under a fresh id, and no write of this connection is taken any more (W1). */
  | { readonly type: 'forked'; readonly sequence: number }
  /** Every subscription of this connection is current as of `version`; follows the acknowledgement of a fresh commit and its updates. */
  | { readonly type: 'progress'; readonly version: number }
  | { readonly type: 'pong' };
