/** How much of a client a server takes. Types alone: model and systems share the names, and each judges by logic of its own. */

/** Each is the most that passes. */
export interface Bounds {
  /** Operations of one write (B3). */
  readonly writeOperationsMax: number;
  /** Bytes of the rows that a write leaves, each once (B3). A row counts as for `rowBytesMax`. */
  readonly writeBytesMax: number;
  /** Attributes of a row, its id included (B3). */
  readonly rowAttributesMax: number;
  /** Bytes of a row: its attributes as JSON text, in UTF-8 (B3). */
  readonly rowBytesMax: number;
  /** Subscriptions that a connection follows at the same time (B4). */
  readonly subscriptionsMax: number;
  /** What the queries weigh that a connection follows at the same time: what a commit, and a look through all rows, may take for it (B4). */
  readonly followedWeightMax: number;
  /** Statements and groups of a query (B4). */
  readonly filterNodesMax: number;
  /** How deep they nest: 1 without groups (B4). */
  readonly filterDepthMax: number;
  /** Members of a list that a statement compares with (B4). */
  readonly listLengthMax: number;
  /** Code units of a pattern of `like` (B4). */
  readonly patternLengthMax: number;
  /** Connections of the server at the same time, those that are not accepted yet included (B5). */
  readonly connectionsMax: number;
  /** Of them, those that come from one address; infinite: as many as the server has (B5). */
  readonly connectionsPerAddressMax: number;
  /** Milliseconds until a connection has said hello (B5). */
  readonly helloTimeoutMs: number;
  /** Bytes that wait to be sent on a connection (B6). */
  readonly queueBytesMax: number;
  /** Milliseconds in which a queue over its bound is to drain (B6). */
  readonly queueDrainMs: number;
  /** Frames of a connection that wait for their turn, before no more of it is read (B5). */
  readonly framesWaitingMax: number;
  /** Bytes of them, in UTF-8 (B5). */
  readonly bytesWaitingMax: number;
  /** Bytes of the rows that one answer, or one update, tells (B4). A row counts as for `rowBytesMax`. */
  readonly answerBytesMax: number;
  /** Bytes of the rows in one frame of an answer (Q7). */
  readonly answerPartBytes: number;
  /** Rows beyond its limit that a result with a limit holds (H5). */
  readonly limitMargin: number;
  /** Entries that go into the log together (W2). */
  readonly batchEntriesMax: number;
}
export type BoundName = keyof Bounds;
/** Those for which a connection is closed that may be tried again (B5). */
export type ConnectionBoundName = 'connectionsMax' | 'connectionsPerAddressMax' | 'helloTimeoutMs';
