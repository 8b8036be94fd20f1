/** What the process of the server and the one that attacks it say to each other. */

/** Of the server's process since the figures before, once its garbage is collected. */
export interface Figures {
  readonly heapBytes: number;
  /** The most that heap and buffers held, as far as was seen: a look every few milliseconds. */
  readonly peakBytes: number;
  /** The longest that the event loop stood still. */
  readonly stallMs: number;
  /** The most that waited to be sent, over all connections, as far as was seen. */
  readonly peakBufferedBytes: number;
  readonly connections: number;
  /** Fetches of the key set since the start. */
  readonly keyFetches: number;
  /** What the process waits for: sockets, timers. */
  readonly handles: number;
}

export type FromServer = { readonly say: 'ready'; readonly port: number } | ({ readonly say: 'figures' } & Figures);
export type ToServer = { readonly ask: 'figures' } | { readonly ask: 'end' };
