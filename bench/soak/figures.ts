/** What the process of the server and the one that attacks it say to each other. */

import type { AskedBounds } from '../../sut/protocol/bounds.ts';
import type { PlainSchema } from '../../sut/schema/types.ts';
import type { Spent } from '../../sut/server/observer.ts';
import type { TokenRules } from '../../sut/server/token-rules.ts';

/** How the server under attack is set up, beyond what all have. */
export interface Setup {
  readonly keySet: unknown;
  readonly schema?: PlainSchema | undefined;
  readonly tokens?: TokenRules | undefined;
  readonly bounds?: AskedBounds | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** Of a server's process since the figures before, once its garbage is collected. */
export interface ProcessFigures {
  readonly heapBytes: number;
  /** The most that heap and buffers held, as far as was seen: a look every few milliseconds. */
  readonly peakBytes: number;
  /** The longest that the event loop stood still. */
  readonly stallMs: number;
  /** Of that, what the process was at work: one that waits for a busy machine stands still as well. */
  readonly stallCpuMs: number;
}

/** What our own server can tell besides. */
export interface Figures extends ProcessFigures {
  /** The most that waited to be sent, over all connections, as far as was seen. */
  readonly peakBufferedBytes: number;
  readonly connections: number;
  /** Fetches of the key set since the start. */
  readonly keyFetches: number;
  /** What the reference took just then, of CPU; 0 for a look in between (`reference.ts`). */
  readonly referenceMs: number;
  /** What the process waits for: sockets, timers. */
  readonly handles: number;
  /** What the server logged as its own failures. */
  readonly errors: readonly string[];
  /** The most that one commit or one answer took, each measure by itself. */
  readonly dearest: Spent;
  /** What the answers to subscriptions of these names compared. */
  readonly compared: Readonly<Record<string, number>>;
}

/** A subscription whose name begins so has its comparisons told apart. */
export const measuredPrefix = 'measured ';

export type FromServer<Told extends ProcessFigures> =
  | { readonly say: 'ready'; readonly port: number }
  | { readonly say: 'figures'; readonly figures: Told };
/** `begins`: what is measured begins again with this answer. */
export type ToServer = { readonly ask: 'figures'; readonly begins: boolean } | { readonly ask: 'end' };
