/**
 * The kinds of events of a trace: one stable word each for the column, and what the legend says of it. A word has no
 * space in it, so that `grep` and `awk` find it.
 */
import type { Action } from '../../model/actions.ts';

/** The end of a task says nothing that its beginning did not; it is in no trace. */
type ActionKind = Exclude<Action['kind'], 'taskEnded'>;
type EventKind = ActionKind | 'step' | 'skip' | 'task' | 'cut short' | 'twin' | 'failed';

export interface EventWord {
  readonly word: string;
  /** In the legend, after the word. */
  readonly meaning: string;
}

/** In the order of the legend. Both ends of the wire use the same words: the process tells whose they are. */
const known: Readonly<Record<EventKind, EventWord>> = {
  step: { word: 'step', meaning: 'the script takes its next step' },
  skip: { word: 'skip', meaning: 'the step means nothing here and is passed over' },
  task: { word: 'task', meaning: 'the world lets something happen: a delivery (c1→server), a timer, a completion' },
  time: { word: 'time', meaning: 'time moves on' },
  'cut short': { word: 'cut-short', meaning: 'time stops early, after very many tasks' },
  twin: { word: 'twin', meaning: 'the second run of a relation begins' },
  command: { word: 'calls', meaning: 'the user of the client calls it' },
  observed: { word: 'shows', meaning: 'a callback is called, or a promise settles' },
  refreshAnswered: { word: 'refreshed', meaning: 'the refresh handler answers' },
  attempted: { word: 'dials', meaning: 'the client begins a connection' },
  opened: { word: 'opened', meaning: 'the connection is open at both ends' },
  clientSent: { word: 'sends', meaning: 'a frame goes out' },
  serverSent: { word: 'sends', meaning: 'a frame goes out' },
  clientHeard: { word: 'hears', meaning: 'a frame comes in' },
  serverReceived: { word: 'hears', meaning: 'a frame comes in' },
  clientClosed: { word: 'closes', meaning: 'this end closes the connection' },
  serverClosed: { word: 'closes', meaning: 'this end closes the connection' },
  clientHeardClose: { word: 'closed', meaning: 'this end learns that the connection is over' },
  serverHeardClose: { word: 'closed', meaning: 'this end learns that the connection is over' },
  fellSilent: { word: 'silent', meaning: 'the connection carries nothing any more, and neither end is told' },
  stored: { word: 'stored', meaning: "the client's storage holds a write" },
  notStored: { word: 'not-stored', meaning: "the client's storage failed to keep a write" },
  cleared: { word: 'cleared', meaning: "the client's storage has cleared itself" },
  clientCrashed: { word: 'crashed', meaning: 'the process dies and begins anew' },
  appendBegan: { word: 'appends', meaning: 'the server appends a write to its log' },
  appendDurable: { word: 'durable', meaning: "the server's storage holds what was being appended" },
  appendFailed: { word: 'not-durable', meaning: "the server's storage failed the append" },
  committed: { word: 'commits', meaning: 'a write takes effect, as that version' },
  refused: { word: 'rejects', meaning: 'a write is rejected, as that version' },
  evaluated: { word: 'evaluates', meaning: 'a sharing group is evaluated for a commit' },
  encoded: { word: 'encodes', meaning: 'the update of a sharing group is encoded' },
  keysFetched: { word: 'keys', meaning: 'the server fetches the published keys' },
  schemaPushed: { word: 'push', meaning: 'overrideSchema is called' },
  schemaAppendBegan: { word: 'appends', meaning: 'the server appends a write to its log' },
  schemaCommitted: { word: 'commits', meaning: 'a write takes effect, as that version' },
  pushSettled: { word: 'pushed', meaning: 'overrideSchema settles' },
  recoveryBegan: { word: 'recovers', meaning: 'the server reads its log anew' },
  recovered: { word: 'recovered', meaning: 'the server goes on from that version' },
  serverStopping: { word: 'stopping', meaning: 'the server is being closed' },
  serverStopped: { word: 'stopped', meaning: 'the process of the server is gone' },
  strangerHeard: { word: 'stranger', meaning: 'what the server makes of somebody unknown' },
  wallJumped: { word: 'wall-clock', meaning: 'a wall clock jumps' },
  keysRotated: { word: 'rotated', meaning: 'tokens are signed by a new key from now on' },
  quiescent: { word: 'quiet', meaning: 'nothing can move; what differs from the last time is told' },
  failed: { word: 'FAILED', meaning: 'the first divergence; the event that showed it is marked ›' },
};

const words: ReadonlyMap<string, EventWord> = new Map(Object.entries(known));

/** An event that is not known speaks for itself. */
export function wordOf(event: string): EventWord {
  return words.get(event) ?? { word: event.replaceAll(' ', '-'), meaning: 'told by the system itself' };
}

/** The words that occur, each once, in the order of the table above; what is not known comes last. */
export function wordsThatOccur(events: readonly string[]): readonly EventWord[] {
  const occurring = new Map(events.map((event) => [wordOf(event).word, wordOf(event)]));
  const order = [...new Set([...words.values()].map(({ word }) => word))];
  const place = ({ word }: EventWord): number => (order.includes(word) ? order.indexOf(word) : order.length);
  return [...occurring.values()].sort((left, right) => place(left) - place(right));
}
