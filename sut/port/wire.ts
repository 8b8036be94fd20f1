/**
 * What the wire says, told in a vocabulary that fits every system, so that neither the model nor the worlds know a
 * protocol.
 */
import type { Row } from '../../vocabulary/values.ts';

/** One frame, said in words (see `ClientWord` and `ServerWord` of the model: the same shapes, but for nonsense, which no system has a word for; the types are not shared). */
export type WireWord =
  /** `schema` is the hash it says, null for none; `heard` what it heard of the log, null for nothing (W2). */
  | {
      readonly word: 'hello';
      readonly token: string;
      readonly clientId: string;
      readonly schema: string | null;
      readonly answered?: number;
      readonly heard?: { readonly incarnation: string; readonly version: number } | null;
    }
  | { readonly word: 'schemaSaid' }
  | { readonly word: 'updateToken'; readonly request: number; readonly token: string }
  | { readonly word: 'subscribe'; readonly subscription: string }
  | { readonly word: 'unsubscribe'; readonly subscription: string }
  /** `id` is the write's own, `resent`: it may have been said before, `answered`: up to which number its client was answered. */
  | { readonly word: 'write'; readonly sequence: number; readonly id?: string; readonly resent?: boolean; readonly answered?: number }
  | { readonly word: 'ping' }
  /** `incarnation` names the start of the server on its log; both are absent where the system knows no such thing (W2). */
  | { readonly word: 'accepted'; readonly incarnation?: string; readonly diverged?: boolean }
  | { readonly word: 'schemaAsked' }
  | { readonly word: 'tokenAccepted'; readonly request: number }
  | { readonly word: 'tokenRefused'; readonly request: number; readonly reason: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' }
  /** `group` is the sharing group that the subscription joined, as `inspect()` names it. */
  | {
      readonly word: 'answered';
      readonly subscription: string;
      readonly group: string;
      readonly version: number;
      readonly rows: readonly Row[];
    }
  /** Rows of an answer that goes on: the next frames hold more of it, the last of them is `answered`. */
  | { readonly word: 'answerPart'; readonly subscription: string; readonly rows: readonly Row[] }
  /** This subscription is not followed, or no more: `group` is the one that it followed. `error` is the name of why. */
  | { readonly word: 'subscriptionFailed'; readonly subscription: string; readonly error: string; readonly group?: string }
  /** `rows` are those that came or changed. */
  | { readonly word: 'updated'; readonly subscriptions: readonly string[]; readonly version: number; readonly rows: readonly Row[] }
  | { readonly word: 'acknowledged'; readonly sequence: number; readonly version: number }
  /** `text` is what it says besides. */
  | { readonly word: 'rejected'; readonly sequence: number; readonly error: string; readonly text?: string; readonly version?: number }
  /** The number is used up by another write. */
  | { readonly word: 'forked'; readonly sequence: number }
  | { readonly word: 'progressed'; readonly version: number }
  | { readonly word: 'pong' };

/**
 * Tells the frames of one connection in words. It may keep what it needs to remember of that connection (which
 * subscription follows which group). `token` inside a word is the token as sent; the world replaces it by its label.
 */
export interface Describer {
  fromClient(data: string): WireWord;
  fromServer(data: string): WireWord;
}

/** The close frame's text, told as a reason; null where the text is no reason of this system. */
export interface DescribedClose {
  readonly reason: string;
  readonly retry: boolean;
  /** What it says to people; null where it says nothing. */
  readonly message: string | null;
}

export type NonsenseKind =
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
export type StrangerKind = 'notJson' | 'oversized' | 'beforeHello' | 'otherVersion';
